package import Model
package import StageKit
import Text

/// A document that was read out of a file.
package struct ExtractedDocument: Hashable, Sendable {
    /// Its name within the file; empty for a file that is one document.
    package var part: String
    package var source: ExtractedSource

    package init(part: String, source: ExtractedSource) {
        self.part = part
        self.source = source
    }
}

/// Reads documents out of files that are not texts by themselves.
package struct FormatReader {
    /// By which names the columns of tables and records go that documents are made of.
    package struct Columns: Hashable, Sendable {
        /// By role (`text`, `id`, `title`, `date`, `publisher`), the column that the pipeline names for it.
        package var names: [String: String]

        /// The roles that a pipeline may name columns for.
        package static let roles = ["text", "id", "title", "date", "publisher", "author", "language"]

        package init(_ names: [String: String] = [:]) { self.names = names }

        /// The column of a role.
        func column(_ role: String) -> String { names[role]?.lowercased() ?? role }

        /// The role of a column; its own name for one that has none.
        func role(_ column: String) -> String {
            Self.roles.first { self.column($0) == column } ?? column
        }
    }

    /// Of what a file holds: a document, or the name of a part that is left out with the reason.
    package enum Found: Sendable {
        case document(ExtractedDocument)
        case leftOut(part: String, StageFailure)
    }

    /// Raised when documents of a format are read in another way than before: it is part of the key of what was read.
    package static let version = 4

    /// A file may have this many bytes, and unpack to as many.
    package static let limit = 1 << 30

    private let format: SourceFormat
    private let columns: Columns

    package init(_ format: SourceFormat, columns: Columns = Columns()) {
        self.format = format
        self.columns = columns
    }

    /// Hands over what `bytes` hold, in order. Throws why the file as a whole can't be read.
    package func read(_ bytes: [UInt8], _ body: (Found) throws -> Void) throws {
        let unpacked = try unpacked(bytes)
        var names = PartNames()
        func hand(_ part: String, _ source: ExtractedSource) throws {
            if let again = names.take(part) {
                try body(.leftOut(part: "\(part) (\(again))", .sameName))
            } else {
                try body(.document(ExtractedDocument(part: part, source: source)))
            }
        }
        func leave(_ part: String, _ failure: StageFailure) throws { try body(.leftOut(part: part, failure)) }
        func whole(_ source: ExtractedSource) throws { try hand("", source) }
        switch format.kind {
        case .plain:
            let body: ExtractedSource.Body =
                switch format.text {
                case .html: .html
                case .markdown: .markdown
                case .text, .record, .extracted: .text
                }
            try whole(ExtractedSource(body, unpacked))
        case .jsonLines: try RecordLines(columns).read(unpacked, document: hand, leave: leave)
        case .jsonList: try RecordList(columns).read(unpacked, document: hand, leave: leave)
        case .commaSeparated: try RecordTable(columns, isTabbed: false).read(unpacked, document: hand, leave: leave)
        case .tabSeparated: try RecordTable(columns, isTabbed: true).read(unpacked, document: hand, leave: leave)
        case .message: try whole(try MailMessage(unpacked[...]).source())
        case .mailbox: try Mailbox.read(unpacked, document: hand, leave: leave)
        case .webArchive: try WebArchive.read(unpacked, document: hand, leave: leave)
        case .wordDocument: try whole(try WordDocument.read(unpacked))
        case .openDocument: try whole(try OpenDocument.read(unpacked))
        case .electronicBook: try whole(try ElectronicBook.read(unpacked))
        case .richText: try whole(try RichText.read(unpacked))
        case .tei: try whole(try TEIDocument.read(unpacked))
        case .portableDocument:
            throw StageFailure("PDF is read by a program", code: "missing-program")
        }
    }
}

extension FormatReader {
    /// The bytes of the file, unpacked where it is packed. Throws why there are none.
    package func unpacked(_ bytes: [UInt8]) throws(StageFailure) -> [UInt8] {
        guard bytes.count <= Self.limit else { throw .tooLarge }
        let unpacked =
            switch format.compression {
            case .none: bytes
            case .gzip: try Unpacking.gzip(bytes)
            case .zstandard: try Unpacking.zstandard(bytes)
            }
        guard !unpacked.isEmpty else { throw StageFailure("the file is empty", code: "empty-file") }
        return unpacked
    }
}

/// The names of a file's documents so far.
private struct PartNames {
    private var seen: [String: Int] = [:]

    /// Takes a name. Nil if no other document has it; else how many have it now.
    mutating func take(_ part: String) -> Int? {
        seen[part, default: 0] += 1
        return seen[part] == 1 ? nil : seen[part]
    }
}

extension StageFailure {
    static var tooLarge: StageFailure {
        StageFailure(
            "the file has, or unpacks to, more than \(FormatReader.limit >> 30) GiB",
            hint: "split it into smaller files",
            code: "too-large")
    }

    /// A file is not what its name says.
    static func damaged(_ what: String, _ reason: String) -> StageFailure {
        StageFailure("it is not a sound \(what) file: \(reason)", code: "damaged-file")
    }

    static var sameName: StageFailure {
        StageFailure("an earlier document of the file has the same id", hint: "give each its own", code: "duplicate-id")
    }

    static var noText: StageFailure { StageFailure("the file holds no text", code: "no-text") }
}
