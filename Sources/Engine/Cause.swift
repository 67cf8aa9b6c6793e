package import StageKit

/// Why a step ran over a document: what differs between its key and the one of the last run.
package enum Cause: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The last run did not have the document.
    case new
    /// The bytes of the file are others.
    case edited
    /// The last run left the document out before it came to the step.
    case readmitted
    /// The step is new in the pipeline.
    case stepAdded
    /// The step's code or data files are others.
    case code
    /// An option has another value.
    case option(String)
    /// A layer that the step reads is another.
    case layer(LayerName)
    /// Something else that the step asks of the document is different: its row, its folder, its name.
    case fact(String)
    /// A decision that the document asked for moved.
    case decision
    /// What a program reads that sees the whole corpus: a document is another, came or is gone.
    case documents
    /// Nothing differs, but the store has no sound result any more.
    case lost

    /// What differs between two lists of key parts, in the order of the new one.
    static func difference(from old: KeyFields, to new: KeyFields) -> [Cause] {
        let before = Dictionary(old.fields.map { ($0.tag, $0.bytes) }, uniquingKeysWith: { a, _ in a })
        let after = Set(new.fields.map(\.tag))
        let changed = new.fields.filter { before[$0.tag] != $0.bytes }.map(\.tag)
        let gone = old.fields.map(\.tag).filter { !after.contains($0) }
        return (changed + gone).map(Cause.init(tag:))
    }

    /// The part of a key for which ``documents`` stands.
    static let documentsTag = "documents"

    private init(tag: String) {
        if tag == "code" {
            self = .code
        } else if tag == "decisions" {
            self = .decision
        } else if tag == Self.documentsTag {
            self = .documents
        } else if tag == "layer \(SourceBytes.name)" {
            self = .edited
        } else if tag.hasPrefix("option ") {
            self = .option(String(tag.dropFirst("option ".count)))
        } else if tag.hasPrefix("layer ") {
            self = .layer(LayerName(String(tag.dropFirst("layer ".count))))
        } else {
            self = .fact(tag)
        }
    }

    /// In words: `edited`, `option 'window' changed`.
    package var description: String {
        switch self {
        case .new: "new"
        case .edited: "edited"
        case .readmitted: "left out by the last run"
        case .stepAdded: "the step is new in the pipeline"
        case .code: "the stage's code or data changed"
        case .option(let name): "option '\(name)' changed"
        case .layer(let name): "its layer '\(name)' changed"
        case .fact("id"): "renamed"
        case .fact("folder"): "moved to another folder"
        case .fact("row"): "its row in the metadata file changed"
        case .fact("format"): "its file format changed"
        case .fact(let name): "\(name) changed"
        case .decision: "a decision it depends on changed"
        case .documents: "what it reads of the documents changed"
        case .lost: "its result was missing from the cache"
        }
    }

    private var rank: (Int, String) {
        switch self {
        case .new: (0, "")
        case .edited: (1, "")
        case .readmitted: (2, "")
        case .stepAdded: (3, "")
        case .code: (4, "")
        case .option(let name): (5, name)
        case .fact(let name): (6, name)
        case .layer(let name): (7, name.rawValue)
        case .decision: (8, "")
        case .documents: (9, "")
        case .lost: (10, "")
        }
    }

    /// The nearest to the user's doing first.
    package static func < (a: Cause, b: Cause) -> Bool { a.rank < b.rank }
}
