/// A passage of a document in its context: what a figure, a claim or a mention rests on.
struct Passage: Sendable {
    /// Which kind of row it is.
    enum Kind: Sendable {
        case claim, mention, sentence, document
    }

    /// The id by which it was asked for.
    let id: String
    let kind: Kind
    let document: String
    let title: String?
    let publisher: String?
    let date: String?
    /// The line of the original file on which it begins.
    let line: Int?
    /// Its bytes in the original file.
    let source: Range<Int>?
    /// What stands before it in its sentence, and the sentence before.
    let before: String
    let words: String
    /// What stands behind it in its sentence, and the next sentence.
    let after: String
    /// Whether the text goes on before and behind the context.
    let isCut: (before: Bool, after: Bool)
    /// What else is known, in the order in which it is told: `says`, `hedged`, `indirect`.
    let facts: [String]
}
