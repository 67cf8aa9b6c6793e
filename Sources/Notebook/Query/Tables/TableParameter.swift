/// An argument that a ``TableFunction`` takes. Its name says what it may be: a name means the same in every table.
struct TableParameter: Hashable, Sendable, ExpressibleByStringLiteral {
    /// What an argument may be.
    enum Kind: Hashable, Sendable {
        case text
        /// What is looked for in texts.
        case pattern
        /// How letters are compared: `folded`, `term` or `exact`.
        case letters
        /// What counts as one word: `term` or `lemma`.
        case unit
        /// A column of metadata, or several.
        case grouping
        /// A value that documents have in the grouping before it.
        case part
        /// A part, or a list of words with their counts.
        case reference
        /// The path of a document.
        case document
        case integer(ClosedRange<Int>)
    }

    let name: String
    let kind: Kind

    init(stringLiteral name: String) {
        self.name = name
        kind = Self.kinds[name] ?? .text
    }

    private static let kinds: [String: Kind] = [
        "pattern": .pattern, "letters": .letters, "unit": .unit, "grouping": .grouping, "part": .part,
        "to_part": .part, "reference": .reference, "of_document": .document, "to_document": .document,
        "length": .integer(1...6), "least": .integer(1...Int(Int32.max)), "distance": .integer(1...50),
        "stretch": .integer(1...1_000_000),
    ]

    /// What it is, in words.
    var wording: String {
        switch kind {
        case .text, .pattern, .letters, .unit, .grouping, .part, .reference, .document: "a text"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        }
    }
}
