import Text

/// A block of Markdown, as the specification of CommonMark calls them.
struct MarkdownBlock {
    /// What it is.
    enum Kind: Equatable {
        case document
        case quote
        /// The delimiter of its items.
        case list(UInt8)
        /// How far its content is indented.
        case item(indent: Int)
        /// The definition of a note below the text.
        case note
        case paragraph
        case heading(level: Int)
        /// Up to `indent` blanks before each line are no part of it; `fence` signs of one kind close it.
        case fencedCode(fence: [UInt8], indent: Int)
        case indentedCode
        /// By which of the seven conditions it ends.
        case html(Int)
        case table(columns: Int)
    }

    var kind: Kind
    /// The block that it stands in; -1 for the document.
    var parent: Int
    var children: [Int] = []
    /// Its lines, with line ends between them: of paragraphs, headings, code, HTML and rows.
    var content = TracedText()
    /// The rows of a table, each its cells.
    var rows: [[TracedText]] = []
    /// The number of an item, with the sign behind it.
    var marker = ByteSpan(0, 0)
    /// Whether a line was added to it.
    var hasLines = false
    /// The end of the last line that was added.
    var lineEnd = ByteSpan(0, 0)

    /// Whether lines are added to it as they are.
    var takesLines: Bool {
        switch kind {
        case .fencedCode, .indentedCode, .html: true
        default: false
        }
    }
}
