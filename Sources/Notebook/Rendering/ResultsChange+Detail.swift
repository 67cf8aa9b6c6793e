import Results

extension ResultsChange {
    /// What differs of it: `mentions 3 → 5`; empty for what is new or gone.
    var detail: String {
        fields.map { "\($0.name) \(Self.shown($0.old)) → \(Self.shown($0.new))" }.joined(separator: ", ")
    }

    private static func shown(_ value: ResultsValue) -> String {
        switch value {
        case .null: "none"
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): "'\(ExcerptFunction.excerpt(of: text, length: 60))'"
        }
    }
}
