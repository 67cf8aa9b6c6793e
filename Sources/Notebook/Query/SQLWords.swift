/// The words of a statement, and the names that it gives to its own queries.
struct SQLWords {
    /// Every word, quoted or not, in small letters.
    let all: Set<String>
    /// Those before `as (`: `with NAME as (…)`. There may be some that are none; they only make the guard stricter.
    let queries: Set<String>

    init(_ sql: String) {
        let tokens = SQLTokens(sql).all.map { $0.text.lowercased() }
        all = Set(tokens)
        var names: Set<String> = []
        for k in tokens.indices where tokens[k] == "as" {
            var next = k + 1
            while next < tokens.count, tokens[next] == "not" || tokens[next] == "materialized" { next += 1 }
            guard next < tokens.count, tokens[next] == "(", k > 0 else { continue }
            var before = k - 1
            if tokens[before] == ")" {
                while before > 0, tokens[before] != "(" { before -= 1 }
                before -= 1
            }
            if before >= 0 { names.insert(tokens[before]) }
        }
        queries = names
    }

    /// Whether a byte is part of a word: a letter, a digit, a low line, or anything beyond ASCII.
    static func isWord(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x5F || byte >= 0x80
    }
}
