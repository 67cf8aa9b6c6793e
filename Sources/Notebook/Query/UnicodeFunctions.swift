import GRDB
import Words

/// `lower`, `upper` and `like` for all letters: SQLite's own know the capitals of ASCII alone.
enum UnicodeFunctions {
    /// The functions, to be added to a connection. A second argument of `lower` and `upper` is a language.
    static let functions =
        [1, 2].flatMap { count in
            [
                DatabaseFunction("lower", argumentCount: count, pure: true) { values in
                    String.fromDatabaseValue(values[0]).map { LetterCase.lower($0, language: language(values)) }
                },
                DatabaseFunction("upper", argumentCount: count, pure: true) { values in
                    String.fromDatabaseValue(values[0]).map { LetterCase.upper($0, language: language(values)) }
                },
            ]
        } + [2, 3].map(like)

    private static func language(_ values: [DatabaseValue]) -> String? {
        values.count > 1 ? String.fromDatabaseValue(values[1]) : nil
    }

    private static func like(_ count: Int) -> DatabaseFunction {
        DatabaseFunction("like", argumentCount: count, pure: true) { values in
            guard let pattern = String.fromDatabaseValue(values[0]), let text = String.fromDatabaseValue(values[1])
            else { return nil }
            guard pattern.utf8.count <= 1000 else { throw DatabaseError(message: "the pattern of 'like' is too long") }
            guard count == 3 else { return LikePattern(pattern, escape: nil).matches(text) }
            guard let escape = String.fromDatabaseValue(values[2])?.unicodeScalars, escape.count == 1 else {
                throw DatabaseError(message: "'escape' takes a single character")
            }
            return LikePattern(pattern, escape: escape.first).matches(text)
        }
    }

    /// A scalar without the difference of capitals and small letters, for comparing.
    static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
        // the table takes longer to make than most reports take to read ASCII
        if scalar.isASCII { return ("A"..."Z").contains(scalar) ? scalar.value | 0x20 : scalar.value }
        return scalar.value < table.count ? table[Int(scalar.value)] : scalar.value
    }

    /// For the scalars of the first plane up to the end of the scripts that have capitals, and of the second.
    private static let table: [UInt32] = (0..<0x1_E950).map { value in
        guard let scalar = Unicode.Scalar(UInt32(value)) else { return UInt32(value) }
        if scalar == "ς" { return 0x3C3 }
        return LetterCase.lower(scalar).first?.value ?? UInt32(value)
    }
}

/// A pattern of `like`: `%` stands for any text, `_` for one character.
struct LikePattern {
    private enum Part: Equatable {
        case any, one
        case scalar(UInt32)
    }

    private let parts: [Part]

    init(_ pattern: String, escape: Unicode.Scalar?) {
        var parts: [Part] = []
        var isEscaped = false
        for scalar in pattern.unicodeScalars {
            if !isEscaped, scalar == escape {
                isEscaped = true
                continue
            }
            switch scalar {
            case "%" where !isEscaped: if parts.last != .any { parts.append(.any) }
            case "_" where !isEscaped: parts.append(.one)
            default: parts.append(.scalar(UnicodeFunctions.folded(scalar)))
            }
            isEscaped = false
        }
        self.parts = parts
    }

    /// Whether all of `text` is as the pattern says. What `%` stands for grows only as far as the part behind it needs, so
    /// that the work is at most the length of the text times that of the pattern.
    func matches(_ text: String) -> Bool {
        let scalars = text.unicodeScalars.map(UnicodeFunctions.folded)
        var at = 0
        var part = 0
        var retry: (part: Int, at: Int)?
        while at < scalars.count {
            if part < parts.count, parts[part] == .any {
                retry = (part + 1, at)
                part += 1
            } else if part < parts.count, parts[part] == .one || parts[part] == .scalar(scalars[at]) {
                part += 1
                at += 1
            } else if let last = retry {
                retry = (last.part, last.at + 1)
                part = last.part
                at = last.at + 1
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .any }
    }
}
