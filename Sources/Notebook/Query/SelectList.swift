/// What the columns of a statement are, as far as the statement says so itself.
enum SelectList {
    /// Of each of `count` columns; nil where they can't be told apart, as with `select *`.
    static func kinds(of sql: String, count: Int) -> [QueryColumn.Kind]? {
        let tokens = SQLTokens(sql).all
        var depth = 0
        var start: Int?
        var items: [ArraySlice<SQLTokens.Token>] = []
        for (k, token) in tokens.enumerated() {
            if token.isSign("(") { depth += 1 }
            if token.isSign(")") { depth -= 1 }
            guard depth == 0 else { continue }
            guard let first = start else {
                if token.isWord("select") { start = k + 1 }
                continue
            }
            if token.isSign(",") || isEnd(token) {
                items.append(tokens[first..<k])
                start = k + 1
                if isEnd(token) { break }
            } else if k + 1 == tokens.count {
                items.append(tokens[first...k])
            }
        }
        guard items.count == count, !items.contains(where: { $0.last?.isSign("*") ?? true }) else { return nil }
        return items.enumerated().map { k, item in
            kind(
                of: k == 0 && (item.first.map { $0.isWord("distinct") || $0.isWord("all") } ?? false)
                    ? item.dropFirst() : item)
        }
    }

    private static func isEnd(_ token: SQLTokens.Token) -> Bool {
        token.isSign(";")
            || token.kind == .word
                && [
                    "from", "where", "group", "having", "order", "limit", "union", "intersect", "except", "window",
                ].contains(token.text.lowercased())
    }

    private static func kind(of item: ArraySlice<SQLTokens.Token>) -> QueryColumn.Kind {
        let value = withoutName(item)
        guard let first = value.first else { return .unknown }
        if value.count == 1 {
            switch first.kind {
            case .text: return .text
            case .number: return .number
            case .word, .quotedName, .variable, .sign: return .unknown
            }
        }
        guard first.kind == .word, value.dropFirst().first?.isSign("(") ?? false, isOneCall(value) else {
            return .unknown
        }
        let name = first.text.lowercased()
        return name == "evidence"
            ? .evidence : texts.contains(name) ? .text : numbers.contains(name) ? .number : .unknown
    }

    /// The expression without the name that it gets.
    private static func withoutName(_ item: ArraySlice<SQLTokens.Token>) -> ArraySlice<SQLTokens.Token> {
        let isNamed = item.dropLast().last?.isWord("as") ?? false
        if isNamed { return item.dropLast(2) }
        // a name may follow without a word between
        if item.count > 1, let last = item.last, last.kind == .word || last.kind == .quotedName,
            let before = item.dropLast().last,
            before.isSign(")") || before.kind == .text || before.kind == .number
        {
            return item.dropLast()
        }
        return item
    }

    /// Whether the brackets behind the first word close at the end and not before.
    private static func isOneCall(_ tokens: ArraySlice<SQLTokens.Token>) -> Bool {
        var depth = 0
        for (k, token) in tokens.enumerated() where token.kind == .sign {
            if token.text == "(" { depth += 1 }
            if token.text == ")" { depth -= 1 }
            if depth == 0, token.text == ")" { return k + 1 == tokens.count }
        }
        return false
    }

    /// Functions that give a text or nothing.
    private static let texts: Set<String> = [
        "excerpt", "counted", "file_name", "lower", "upper", "printf", "group_concat", "substr", "trim", "replace",
        "date", "typeof",
    ]
    /// Functions that give a number or nothing.
    private static let numbers: Set<String> = ["count", "length", "round", "total", "avg", "median"]
}
