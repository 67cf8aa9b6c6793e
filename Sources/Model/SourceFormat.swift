package import StageKit

/// The format of a file of the corpus, as the end of its name tells it.
package struct SourceFormat: Hashable, Sendable {
    /// How documents are read out of the file.
    package enum Kind: String, Sendable, CaseIterable {
        /// The file is a text by itself.
        case plain
        /// A record a line.
        case jsonLines
        /// A list of records.
        case jsonList
        case commaSeparated
        case tabSeparated
        case message
        case mailbox
        case webArchive
        case wordDocument
        case openDocument
        case electronicBook
        case richText
        case tei
        case portableDocument
    }

    /// How the file is packed.
    package enum Compression: String, Sendable {
        case none, gzip, zstandard
    }

    package var kind: Kind
    package var compression: Compression
    /// How a file of the kind ``Kind/plain`` is read.
    package var text: DocumentFormat

    private static let kinds: [(ends: [String], kind: Kind)] = [
        (["jsonl", "ndjson"], .jsonLines), (["json"], .jsonList), (["csv"], .commaSeparated),
        (["tsv", "tab"], .tabSeparated),
        (["eml"], .message), (["mbox"], .mailbox), (["warc"], .webArchive), (["docx"], .wordDocument),
        (["odt"], .openDocument), (["epub"], .electronicBook), (["rtf"], .richText), (["xml", "tei"], .tei),
        (["pdf"], .portableDocument),
    ]

    /// The ends of the names of files that are read, without the full stop: texts, the formats of which documents are read
    /// out, and packed files of both.
    package static let endings =
        ["txt", "md", "markdown", "html", "htm", "xhtml"] + kinds.flatMap(\.ends)
        + packings.map { String($0.end.dropFirst()) }

    private static let packings: [(end: String, compression: Compression)] = [(".gz", .gzip), (".zst", .zstandard)]

    /// The format of the file at `path`; plain text when its name tells nothing.
    package init(path: String) {
        var path = path.lowercased()
        compression = .none
        for (end, packed) in Self.packings where path.hasSuffix(end) {
            path = String(path.dropLast(end.count))
            compression = packed
            break
        }
        let end = Pipeline.fileExtension(of: path)
        kind = Self.kinds.first { $0.ends.contains(end) }?.kind ?? .plain
        text = DocumentFormat(fileExtension: end)
    }

    /// Whether the file itself is what stages read.
    package var isPlain: Bool { kind == .plain && compression == .none }

    /// How stages read its documents.
    package var documentFormat: DocumentFormat { isPlain ? text : .extracted }

    /// Whether a file has several documents. The id of such a document is the path of its file, `#`, and its own name.
    package var hasParts: Bool {
        switch kind {
        case .jsonLines, .jsonList, .commaSeparated, .tabSeparated, .mailbox, .webArchive: true
        case .plain, .message, .wordDocument, .openDocument, .electronicBook, .richText, .tei, .portableDocument: false
        }
    }

    /// What the column `line` of the results counts: lines of the text, paragraphs or pages.
    package enum Unit: String, Sendable {
        case line, paragraph, page
    }

    /// What a passage of such a file is found by.
    package var unit: Unit {
        switch kind {
        case .wordDocument, .openDocument, .electronicBook, .richText, .tei: .paragraph
        case .portableDocument: .page
        case .plain, .jsonLines, .jsonList, .commaSeparated, .tabSeparated, .message, .mailbox, .webArchive: .line
        }
    }

    /// The path of the file of a document, and the document's name in it; empty for a file that is one document.
    package static func parts(of id: String) -> (path: String, part: String) {
        var from = id.startIndex
        // a file's own name may have the sign
        while let sign = id[from...].firstIndex(of: "#") {
            if SourceFormat(path: String(id[..<sign])).hasParts {
                return (String(id[..<sign]), String(id[id.index(after: sign)...]))
            }
            from = id.index(after: sign)
        }
        return (id, "")
    }

    /// The format of a document's file.
    package init(document id: String) { self.init(path: Self.parts(of: id).path) }
}
