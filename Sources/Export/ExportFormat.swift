/// A format in which results leave for other programs.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// Every table as comma-separated values (RFC 4180).
    case csv
    /// Every table as JSON Lines: an object a row.
    case jsonl
    /// A text and its standoff annotations a document, as the annotation tool brat reads them.
    case brat
    /// W3C Web Annotations, as JSON-LD.
    case webAnnotations = "web-annotations"
    /// The documents as a bibliography in BibTeX.
    case bibtex
    /// The documents as a bibliography in CSL-JSON, which citation managers read.
    case cslJSON = "csl-json"

    /// What the format is, in a few words.
    package var summary: String {
        switch self {
        case .csv: "every table as CSV"
        case .jsonl: "every table as JSON Lines"
        case .brat: "texts with names and claims for brat"
        case .webAnnotations: "names and claims as W3C Web Annotations"
        case .bibtex: "the documents as BibTeX entries"
        case .cslJSON: "the documents as CSL-JSON"
        }
    }
}

/// A file of an export: its path below the export's folder, and its bytes.
package struct ExportFile: Sendable {
    package let path: String
    package let bytes: [UInt8]

    package init(_ path: String, _ bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
