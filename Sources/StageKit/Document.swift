/// How a document's bytes are to be read.
public enum DocumentFormat: String, Sendable, CaseIterable {
    /// Plain text in any encoding.
    case text
    /// Markdown, with or without front matter.
    case markdown
    /// A web page.
    case html
    /// The text of a record, already UTF-8.
    case record
    /// What was read out of a file of another format (``ExtractedSource``).
    case extracted

    /// The format that a file's extension tells (without the dot, in any case); plain text when it tells nothing.
    public init(fileExtension: String) {
        switch fileExtension.lowercased() {
        case "md", "markdown": self = .markdown
        case "html", "htm", "xhtml": self = .html
        default: self = .text
        }
    }
}

/// What the corpus knows about a document beside its bytes. A step sees only the facts that its contract names, and
/// only those are in its key.
public struct DocumentFacts: Equatable, Sendable {
    /// The path relative to the project, or the record's id, in NFC.
    public var id: String
    /// The folder below the corpus in which the file stands; empty for a file that stands at its top.
    public var folder: String
    /// How the bytes are to be read.
    public var format: DocumentFormat
    /// The row of the metadata file, in the order of its columns, without empty cells.
    public var row: [MetadataField]

    /// Facts about the document `id`.
    public init(id: String, folder: String = "", format: DocumentFormat = .text, row: [MetadataField] = []) {
        self.id = id
        self.folder = folder
        self.format = format
        self.row = row
    }
}

/// One named fact of a document's metadata.
public struct MetadataField: Hashable, Sendable {
    /// The name, in lower case: `title`, `date`, `publisher`, `author`, `language`, or a column of the user's own.
    public var key: String
    /// What it says.
    public var value: String

    /// The fact that `key` is `value`.
    public init(_ key: String, _ value: String) {
        self.key = key
        self.value = value
    }
}

/// A fact that a step may ask for beside layers.
public enum DocumentFact: String, Hashable, Sendable, CaseIterable {
    /// The document's id; a step that reads it runs again when a file is renamed.
    case id
    /// The folder of the document.
    case folder
    /// How its bytes are to be read.
    case format
    /// Its row of the metadata file.
    case row

    /// By number: a case with a text as its raw value is hashed by that text unless told otherwise.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .id: hasher.combine(0)
        case .folder: hasher.combine(1)
        case .format: hasher.combine(2)
        case .row: hasher.combine(3)
        }
    }
}
