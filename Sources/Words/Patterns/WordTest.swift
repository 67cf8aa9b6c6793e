import Text

/// What a folded word has to be to fit one item of a pattern.
enum WordTest {
    case any
    /// One of these.
    case words([[UInt8]])
    case glob(WordGlob)
    case regularExpression(RegularExpression)

    /// The bytes with which a word that fits may begin; nil for any.
    var firstBytes: [UInt8]? {
        switch self {
        case .any, .regularExpression: nil
        case .words(let words): words.compactMap(\.first)
        case .glob(let glob): glob.firstByte.map { [$0] }
        }
    }

    /// Whether `word` fits.
    func fits(_ word: [UInt8]) throws(PatternProblem) -> Bool {
        switch self {
        case .any: return !word.isEmpty
        case .words(let words):
            for wanted in words where wanted.count == word.count && wanted == word { return true }
            return false
        case .glob(let glob): return glob.fits(word)
        case .regularExpression(let expression): return try expression.fits(word)
        }
    }
}

/// A folded word with wildcards.
struct WordGlob {
    private enum Part: Equatable {
        case byte(UInt8)
        case anything, anyOne
    }

    private let parts: [Part]

    /// `fold` folds the letters between wildcards.
    init(_ parts: [WordPattern.GlobPart], fold: (String) -> [UInt8]) {
        self.parts = parts.flatMap { part -> [Part] in
            switch part {
            case .text(let text): fold(text).map(Part.byte)
            case .anything: [.anything]
            case .anyOne: [.anyOne]
            }
        }
    }

    /// The byte with which every word that fits begins; nil for none.
    var firstByte: UInt8? { if case .byte(let byte)? = parts.first { byte } else { nil } }

    /// Whether all of `word` is as the pattern says; `?` stands for one code point. What `*` stands for grows only as far
    /// as the part behind it needs.
    func fits(_ word: [UInt8]) -> Bool {
        var at = 0
        var part = 0
        var retry: (part: Int, at: Int)?
        while at < word.count {
            if part < parts.count, parts[part] == .anything {
                part += 1
                retry = (part, at)
            } else if part < parts.count, parts[part] == .anyOne {
                part += 1
                at += UTF8Decoding.width(lead: word[at])
            } else if part < parts.count, parts[part] == .byte(word[at]) {
                part += 1
                at += 1
            } else if let last = retry {
                let next = last.at + UTF8Decoding.width(lead: word[last.at])
                retry = (last.part, next)
                part = last.part
                at = next
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .anything }
    }
}
