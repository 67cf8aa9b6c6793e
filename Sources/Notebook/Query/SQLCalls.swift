import StageKit

/// A call in a statement, of a function or of a table that is a function: `ngrams(3)`.
struct SQLCall {
    /// In small letters.
    let name: String
    /// The byte at which it begins.
    let offset: Int
    /// The tokens of each argument.
    let arguments: [ArraySlice<SQLTokens.Token>]

    /// Every call in a statement, the outer ones before those within them.
    static func all(in tokens: [SQLTokens.Token]) -> [SQLCall] {
        var calls: [SQLCall] = []
        for k in tokens.indices.dropLast() where tokens[k].kind == .word && tokens[k + 1].isSign("(") {
            guard let arguments = arguments(of: tokens, from: k + 2) else { continue }
            calls.append(SQLCall(name: tokens[k].text.lowercased(), offset: tokens[k].offset, arguments: arguments))
        }
        return calls
    }

    /// What stands between commas up to the bracket that closes; nil where none does.
    private static func arguments(
        of tokens: [SQLTokens.Token], from start: Int
    ) -> [ArraySlice<SQLTokens.Token>]? {
        var arguments: [ArraySlice<SQLTokens.Token>] = []
        var (depth, first) = (0, start)
        for k in start..<tokens.count where tokens[k].kind == .sign {
            switch tokens[k].text {
            case "(": depth += 1
            case ")" where depth == 0:
                if k > start { arguments.append(tokens[first..<k]) }
                return arguments
            case ")": depth -= 1
            case "," where depth == 0:
                arguments.append(tokens[first..<k])
                first = k + 1
            default: break
            }
        }
        return nil
    }
}

/// A value that stands in a statement as it is, or for which a parameter stands.
enum SQLConstant {
    /// The value of an expression; nil where it is known only when rows are read. `open` are variables whose values the rows
    /// of a section give.
    static func value(
        of tokens: ArraySlice<SQLTokens.Token>, _ parameters: Parameters, open: Set<String>
    ) -> OptionValue? {
        guard let first = tokens.first else { return nil }
        if tokens.count == 2, first.isSign("-"), let number = tokens.last, number.kind == .number {
            return Self.number("-" + number.text)
        }
        guard tokens.count == 1 else { return nil }
        switch first.kind {
        case .text: return .string(first.text)
        case .number: return number(first.text)
        case .variable: return open.contains(first.text) ? nil : parameters.bound(first.text)
        case .word: return first.isWord("null") ? .null : nil
        case .quotedName, .sign: return nil
        }
    }

    private static func number(_ text: String) -> OptionValue? {
        Int(text).map { .integer($0) } ?? Double(text).map { .real($0) }
    }
}
