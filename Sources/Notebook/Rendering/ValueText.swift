/// Values of a query as Markdown.
struct ValueText {
    /// What a value looks like in a table or a line.
    static func text(_ value: QueryValue) -> String {
        switch value {
        case .null: "–"
        case .integer(let value): NumberText.grouped(value)
        case .real(let value): NumberText.real(value)
        case .text(let text): MarkdownText.escaped(text)
        case .blob(let count): "\(count) bytes"
        case .evidence(let set): NumberText.grouped(set.count)
        }
    }

    /// The value without any escaping, for names.
    static func plain(_ value: QueryValue, none: String = "") -> String {
        switch value {
        case .text(let text): text
        case .null: none
        default: text(value)
        }
    }
}
