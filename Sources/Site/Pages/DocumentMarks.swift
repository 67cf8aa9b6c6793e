/// What is marked in the text of a document.
struct DocumentMarks {
    /// A stretch of the text, in code points.
    struct Stretch {
        let start: Int
        let end: Int
        let content: Content
    }

    enum Content {
        /// A sentence with its number.
        case sentence(Int)
        /// A claim with its id, what is said of it, and whether the author makes it.
        case claim(String, note: String, isAuthors: Bool)
        /// A mention with its id, and the address of the page of whom or what it names.
        case mention(String, address: String?, note: String)
    }

    /// A part of the page as it was laid out.
    struct Block {
        let kind: String
        let start: Int
        let end: Int
        /// What was taken out, with the reason; nil for a part of the text.
        let removed: (text: String, reason: String)?
    }

    var stretches: [Stretch] = []
    var blocks: [Block] = []
}
