import Model
import Results
import Text

/// A stretch of a document's text that something is said of: a row of `mentions` or `claims`.
struct Passage {
    /// The id that the results give it.
    let id: String
    /// Code points of the document's text, from 0, half open.
    let start: Int
    let end: Int
    /// Bytes of the original file, half open; nil where no stage gave the way back, and where the document was read out of
    /// a file of another format.
    let source: Range<Int>?
    let row: ResultsRow

    /// The passage of a row; nil for one without an id or a place.
    init?(_ row: ResultsRow, id column: String) {
        guard let id = row[column].text, let start = row["start"].integer, let end = row["end"].integer, start < end
        else {
            return nil
        }
        self.id = id
        self.start = start
        self.end = end
        let isText = SourceFormat(document: row["document"].text ?? "").isPlain
        if isText, let first = row["source_start"].integer, let last = row["source_end"].integer, first <= last {
            source = first..<last
        } else {
            source = nil
        }
        self.row = row
    }
}

/// A document with what was found in it.
struct AnnotatedDocument {
    let id: String
    /// The text, as code points: positions of passages count them.
    let text: [Unicode.Scalar]
    let mentions: [Passage]
    let claims: [Passage]

    /// Hands over each document in order.
    static func forEach(in results: ResultsDatabase, _ body: (AnnotatedDocument) throws -> Void) throws {
        let mentions = try passages("mentions", id: "mention", in: results)
        let claims = try passages("claims", id: "claim", in: results)
        try results.forEachRow(of: "documents") { row in
            guard let id = row["document"].text else { return }
            try body(
                AnnotatedDocument(
                    id: id, text: Array((row["text"].text ?? "").unicodeScalars), mentions: mentions[id] ?? [],
                    claims: claims[id] ?? []))
        }
    }

    /// The names of the entities, by their ids.
    static func entityNames(in results: ResultsDatabase) throws -> [String: String] {
        var names: [String: String] = [:]
        try results.forEachRow(of: "entities") { row in
            if let entity = row["entity"].text { names[entity] = row["name"].text }
        }
        return names
    }

    private static func passages(
        _ table: String, id: String, in results: ResultsDatabase
    ) throws -> [String: [Passage]] {
        var found: [String: [Passage]] = [:]
        try results.forEachRow(of: table) { row in
            guard let document = row["document"].text, let passage = Passage(row, id: id) else { return }
            found[document, default: []].append(passage)
        }
        return found
    }

    /// The text of code points `range`, cut to the document.
    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text[range.clamped(to: 0..<text.count)])
        return String(view)
    }
}
