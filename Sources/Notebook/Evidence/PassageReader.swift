import GRDB
import Results

/// Reads passages with their context out of a results database.
struct PassageReader {
    private let queue: DatabaseQueue

    init(_ database: ResultsDatabase) throws {
        var configuration = Configuration()
        configuration.readonly = true
        // One transaction as long as the reader lives: to open one for each of thousands of passages costs more than
        // to read them. Most passages of a report stand in the pages that were read before.
        configuration.allowsUnsafeTransactions = true
        queue = try DatabaseQueue(path: database.path, configuration: configuration)
        try queue.unsafeRead { try $0.execute(sql: "PRAGMA cache_size = -65536; BEGIN") }
    }

    /// The passage of an id: of a claim, a mention, a sentence (`document#number`) or a document; nil where there is
    /// none.
    func passage(_ id: String) throws -> Passage? {
        try queue.unsafeRead { db in
            if id.hasPrefix("c-"), let row = try find(claims, id, db) { return try passage(id, .claim, row, db) }
            if id.hasPrefix("m-"), let row = try find(mentions, id, db) { return try passage(id, .mention, row, db) }
            if let row = try find(documents, id, db) { return try document(id, row, db) }
            guard let mark = id.lastIndex(of: "#"), let number = Int(id[id.index(after: mark)...]),
                let row = try Row.fetchOne(
                    db.cachedStatement(sql: sentences), arguments: [String(id[..<mark]), number])
            else { return nil }
            return try passage(id, .sentence, row, db)
        }
    }

    private var facts: String { "documents.title, publisher, date from" }
    private var place: String { #"document, sentence, start, "end", line, source_start, source_end"# }
    private var claims: String {
        """
        select \(place), source, cue, form, stance, negated,
            (select name from entities where entity = source_entity) as name, \(facts) claims
            join documents using (document) where claim = ?
        """
    }
    private var mentions: String {
        """
        select \(place), type, (select name from entities where entities.entity = mentions.entity) as name,
            \(facts) mentions join documents using (document) where mention = ?
        """
    }
    private var sentences: String {
        "select \(place), \(facts) sentence_rows join documents using (document) where document = ? and sentence = ?"
    }
    private var documents: String { "select document, bytes, words, \(facts) documents where document = ?" }

    private func find(_ sql: String, _ id: String, _ db: Database) throws -> Row? {
        try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
    }

    private func document(_ id: String, _ row: Row, _ db: Database) throws -> Passage {
        let size: Int = row["bytes"] ?? 0
        return Passage(
            id: id, kind: .document, document: id, start: 0, title: row["title"], publisher: row["publisher"],
            date: row["date"],
            line: nil, source: 0..<max(0, size), before: "", words: "", after: "", isCut: (false, false),
            facts: (row["words"] as Int?).map { ["\(NumberText.grouped($0)) words"] } ?? [])
    }

    private func passage(_ id: String, _ kind: Passage.Kind, _ row: Row, _ db: Database) throws -> Passage {
        let document: String = row["document"]
        let span = Span(start: row["start"] ?? 0, end: row["end"] ?? 0)
        let context = try context(of: span, sentence: row["sentence"] ?? 0, in: document, db)
        let text = try String.fetchOne(
            db.cachedStatement(sql: "select substr(text, ? + 1, ?) from document_texts where document = ?"),
            arguments: [context.start, context.end - context.start, document])
        let scalars = (text ?? "").unicodeScalars
        func cut(_ start: Int, _ end: Int) -> String {
            let start = max(0, start - context.start)
            let length = max(0, end - context.start - start)
            return String(scalars.dropFirst(start).prefix(length))
        }
        let source = (row["source_start"] as Int?).flatMap { start in
            (row["source_end"] as Int?).map { start..<max(start, $0) }
        }
        return Passage(
            id: id, kind: kind, document: document, start: span.start, title: row["title"], publisher: row["publisher"],
            date: row["date"], line: row["line"], source: source, before: cut(context.start, span.start),
            words: cut(span.start, span.end), after: cut(span.end, context.end),
            isCut: (context.start > 0, context.hasMore), facts: facts(of: row, kind))
    }

    /// A range of code points.
    private struct Span {
        var start: Int
        var end: Int
        var hasMore = false
    }

    /// From the sentence before the first that `span` touches to the sentence behind the last.
    private func context(of span: Span, sentence: Int, in document: String, _ db: Database) throws -> Span {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: #"select start, "end" from sentence_rows where document = ? and sentence >= ? - 1 limit 40"#),
            arguments: [document, sentence])
        let next = rows.firstIndex { ($0[0] as Int) >= span.end }
        let last = next ?? rows.count - 1
        return Span(
            start: min(span.start, rows.first?[0] ?? span.start),
            end: max(span.end, rows.indices.contains(last) ? rows[last][1] : span.end),
            hasMore: next.map { $0 + 1 < rows.count } ?? false)
    }

    /// What is told about a passage beside where it stands.
    private func facts(of row: Row, _ kind: Passage.Kind) -> [String] {
        func text(_ column: String) -> String? { row[column] }
        switch kind {
        case .claim:
            let source = text("source").map { source in
                text("name").map { source.contains($0) ? source : "\(source) (\($0))" } ?? source
            }
            return [
                source ?? (text("cue") == nil ? "the author’s own words" : "no source named"),
                text("cue").map { "cue: \($0.trimmed)" }, text("form"), text("stance"),
                row["negated"] == 1 ? "negated" : nil,
            ].compactMap { $0 }
        case .mention: return [text("name"), text("type")].compactMap { $0 }
        case .sentence, .document: return []
        }
    }
}
