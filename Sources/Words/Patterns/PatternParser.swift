/// Reads the notation of ``WordPattern``.
struct PatternParser {
    private let signs: [Character]
    private var at = 0
    private var depth = 0

    init(_ text: String) { signs = Array(text) }

    mutating func parse() throws(PatternProblem) -> [[WordPattern.Item]] {
        let alternatives = try alternatives()
        guard at == signs.count else {
            throw PatternProblem(
                "the pattern has a ')' without '('", hint: "Write '\\)' for the sign itself.", id: "pattern-syntax")
        }
        return alternatives
    }

    private mutating func alternatives() throws(PatternProblem) -> [[WordPattern.Item]] {
        var found: [[WordPattern.Item]] = [[]]
        while at < signs.count, signs[at] != ")" {
            switch signs[at] {
            case "|":
                at += 1
                found.append([])
            case let sign where sign.isWhitespace: at += 1
            default: found[found.count - 1].append(try item())
            }
        }
        guard !found.contains(where: \.isEmpty) else {
            throw PatternProblem(
                "an alternative of the pattern is empty", hint: "A word stands on both sides of '|'.",
                id: "pattern-syntax")
        }
        return found
    }

    private mutating func item() throws(PatternProblem) -> WordPattern.Item {
        switch signs[at] {
        case "(":
            guard depth < 8 else { throw PatternProblem("the pattern has too many brackets", id: "pattern-syntax") }
            depth += 1
            at += 1
            let inner = try alternatives()
            guard at < signs.count else { throw unclosed("(", ")") }
            at += 1
            depth -= 1
            return .group(inner)
        case "[":
            let word = try text(until: "]", opened: "[")
            guard !word.isEmpty, !word.contains(where: { $0.isWhitespace || $0 == "*" || $0 == "?" || $0 == "|" })
            else {
                throw PatternProblem(
                    "between '[' and ']' stands one word in its basic form, such as '[say]'", id: "pattern-syntax")
            }
            return .lemma(word)
        case "/":
            let expression = try text(until: "/", opened: "/")
            guard !expression.isEmpty else {
                throw PatternProblem("the regular expression is empty", id: "pattern-syntax")
            }
            return .regularExpression(expression)
        case "@":
            throw PatternProblem(
                "'@' begins a pattern that is a name and no more", hint: "Write '\\@' for the sign itself.",
                id: "pattern-syntax")
        default: return try word()
        }
    }

    /// A word, with or without wildcards, up to a sign that ends it.
    private mutating func word() throws(PatternProblem) -> WordPattern.Item {
        var parts: [WordPattern.GlobPart] = []
        var text = ""
        func flushed() -> [WordPattern.GlobPart] { text.isEmpty ? parts : parts + [.text(text)] }
        loop: while at < signs.count {
            let sign = signs[at]
            switch sign {
            case "\\":
                guard at + 1 < signs.count else {
                    throw PatternProblem("nothing stands behind the last backslash", id: "pattern-syntax")
                }
                text.append(signs[at + 1])
                at += 2
                continue
            case "*", "?":
                parts = flushed()
                text = ""
                if sign == "?" { parts.append(.anyOne) } else if parts.last != .anything { parts.append(.anything) }
            case "|", ")": break loop
            case "(", "[", "]":
                throw PatternProblem(
                    "'\(sign)' can't stand within a word", hint: "Write '\\\(sign)' for the sign itself.",
                    id: "pattern-syntax")
            case let sign where sign.isWhitespace: break loop
            default: text.append(sign)
            }
            at += 1
        }
        parts = flushed()
        if parts == [.anything] { return .any }
        if parts.count == 1, case .text(let word) = parts[0] { return .word(word) }
        return .glob(parts)
    }

    /// What stands up to `end`; a backslash stays, but before `end` itself.
    private mutating func text(until end: Character, opened: Character) throws(PatternProblem) -> String {
        at += 1
        var text = ""
        while at < signs.count, signs[at] != end {
            if signs[at] == "\\", at + 1 < signs.count {
                if signs[at + 1] != end { text.append("\\") }
                at += 1
            }
            text.append(signs[at])
            at += 1
        }
        guard at < signs.count else { throw unclosed(opened, end) }
        at += 1
        return text
    }

    private func unclosed(_ open: Character, _ close: Character) -> PatternProblem {
        PatternProblem(
            "the pattern has a '\(open)' that no '\(close)' closes", hint: "Write '\\\(open)' for the sign itself.",
            id: "pattern-syntax")
    }
}
