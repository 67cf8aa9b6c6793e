/// A passage of a document in its context: the evidence of a figure, a claim or a mention.
struct Passage: Sendable {
    /// Which kind of row it is.
    enum Kind: Sendable {
        case claim, mention, sentence, document
    }

    /// The id by which it was asked for.
    let id: String
    let kind: Kind
    let document: String
    /// The number of the document in the results; ``elsewhere`` for one of a variant's results.
    var number: Int
    /// Stands for the number of a document that only a variant has.
    static let elsewhere = -1
    /// Where it begins in the document's text, in code points.
    let start: Int
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
    /// What else is known, in the order in which it is shown: `says`, `hedged`, `indirect`.
    let facts: [String]
}

extension Passage: Comparable {
    /// In order of the documents and of their text.
    static func < (a: Passage, b: Passage) -> Bool {
        guard a.document == b.document else { return a.document.utf8.lexicographicallyPrecedes(b.document.utf8) }
        return (a.start, a.id) < (b.start, b.id)
    }

    static func == (a: Passage, b: Passage) -> Bool { a.id == b.id }
}
