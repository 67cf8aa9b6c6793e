import StageKit
import Text

/// A record as a document: its text, its name, and what else it says.
struct RecordFacts {
    private(set) var text: String?
    private(set) var id: String?
    private(set) var facts: [MetadataField] = []
    private(set) var notes: [String] = []
    private let columns: FormatReader.Columns

    init(_ columns: FormatReader.Columns) { self.columns = columns }

    /// Takes what stands in a column.
    mutating func add(_ column: String, _ value: String) {
        guard !value.isEmpty else { return }
        switch columns.role(column.lowercased()) {
        case "text": text = value
        case "id": id = value
        case "date":
            switch WrittenDay(value) {
            case .read(let day): facts.append(MetadataField("date", day))
            case .ambiguous:
                notes.append("the date '\(value)' can be read in more than one way, and is left out")
            case .none: notes.append("the date '\(value)' is no day, and is left out")
            }
        // what stages note of a document themselves
        case "notice": facts.append(MetadataField("notice of the record", value))
        case let role where !role.isEmpty: facts.append(MetadataField(role, value))
        default: break
        }
    }

    /// The document; nil where the record has no text.
    var source: ExtractedSource? {
        text.map { ExtractedSource(.text, Array($0.utf8), facts: facts + [utf8], notes: notes) }
    }

    private var utf8: MetadataField { MetadataField("encoding", "utf-8") }

    /// The text of an id: no line ends, no blanks around it.
    static func name(_ id: String) -> String {
        let parts = id.split { $0.isWhitespace || $0.isNewline }
        return parts.joined(separator: " ")
    }
}
