import GRDB
import Results
import Words

/// Reads passages with their context out of a results database.
struct PassageReader {
    private let connection: ReportConnection

    /// Where passages are looked for that these results do not have.
    private let variants: VariantSource?

    init(_ connection: ReportConnection, variants: VariantSource? = nil) {
        self.connection = connection
        self.variants = variants
    }

    /// The same over connections of their own to `database`, which read beside each other; none where passages may be
    /// looked for in the results of variants.
    func beside(_ count: Int, _ database: ResultsDatabase) throws -> [PassageReader] {
        guard variants?.isEmpty ?? true else { return [] }
        return try (0..<count).map { _ in PassageReader(try ReportConnection(database)) }
    }

    /// The passage of an id: of a claim, a mention, a sentence (`document#number`) or a document; nil where there is
    /// none.
    func passage(_ id: String) throws -> Passage? {
        if let own = try ownPassage(id) { return own }
        guard var other = try variants?.passage(id) else { return nil }
        other.number = Passage.elsewhere
        return other
    }

    private func ownPassage(_ id: String) throws -> Passage? {
        try connection.read { db in
            if id.hasPrefix("c-"), let row = try find(Self.claims, id, db) { return try passage(id, .claim, row, db) }
            if id.hasPrefix("m-"), let row = try find(Self.mentions, id, db) {
                return try passage(id, .mention, row, db)
            }
            if let row = try find(Self.documents, id, db) { return document(id, row) }
            if let place = OccurrenceID(id) { return try occurrence(place, db) }
            guard let mark = id.lastIndex(of: "#"), let number = Int(id[id.index(after: mark)...]),
                let row = try Row.fetchOne(
                    db.cachedStatement(sql: Self.sentences), arguments: [String(id[..<mark]), number])
            else { return nil }
            return try passage(id, .sentence, row, db)
        }
    }

    /// A passage by its place in the text. Where it stands in the file is told for its sentence.
    private func occurrence(_ place: OccurrenceID, _ db: Database) throws -> Passage? {
        guard
            let row = try Row.fetchOne(
                db.cachedStatement(sql: Self.occurrences),
                arguments: [place.start, place.end, place.document, place.start])
        else { return nil }
        let passage = try passage(place.text, .sentence, row, db)
        return passage.words.isEmpty ? nil : passage
    }

    /// The epoch of the results: another one when entities have got other names.
    func epoch() throws -> String {
        try connection.read { try String.fetchOne($0, sql: "select key from _epoch") } ?? ""
    }

    /// The documents whose rows moved since `moment`; nil where that is not known.
    func movedDocuments(since moment: [UInt8], _ marks: TableMarks) throws -> TableMarks.MovedDocuments? {
        try connection.read { try marks.movedDocuments(since: moment, in: $0) }
    }

    // Each is put together once: there are tens of thousands of passages.
    private static let place = #"start, "end", line, source_start, source_end"#
    private static let claims = {
        func value(_ name: String) -> String { ResultsInterface.value(of: name, of: "_claim_rows", in: "c") }
        return """
            select sentence, \(place), \(value("source")) as source, \(value("cue")) as cue, form, stance, negated, d,
                document, title, publisher, date,
                (select name from entities where entity = \(value("source_entity"))) as name
                from _claim_rows c join _document_rows using (d) join _paths using (d) where claim = ?
            """
    }()
    private static let mentions = {
        let entity = ResultsInterface.value(of: "entity", of: "_mention_rows", in: "m")
        return """
            select sentence, \(place), type, d, document, title, publisher, date,
                (select name from entities where entity = \(entity)) as name
                from _mention_rows m join _document_rows using (d) join _paths using (d) where mention = ?
            """
    }()
    private static let sentences = """
        select n as sentence, \(place), d, document, title, publisher, date
            from _paths join _document_rows using (d) join _sentence_rows using (d) where document = ? and n = ?
        """
    private static let occurrences = """
        select n as sentence, ? as start, ? as "end", line, source_start, source_end, d, document, title, publisher, date
            from _paths join _document_rows using (d) join _sentence_rows using (d) where document = ?
            and _sentence_rows.start <= ? order by n desc limit 1
        """
    private static let documents = """
        select d, document, bytes, words, title, publisher, date from _paths join _document_rows using (d) where document = ?
        """

    private static let words = {
        let words = ResultsInterface.words(from: ":start", length: ":length", in: "p")
        return "select \(words) from _paths p where d = :d"
    }()

    private func find(_ sql: String, _ id: String, _ db: Database) throws -> Row? {
        try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
    }

    private func document(_ id: String, _ row: Row) -> Passage {
        let size: Int = row["bytes"] ?? 0
        return Passage(
            id: id, kind: .document, document: id, number: row["d"], start: 0, title: row["title"],
            publisher: row["publisher"], date: row["date"], line: nil, source: 0..<max(0, size), before: "", words: "",
            after: "", isCut: (false, false),
            facts: (row["words"] as Int?).map { ["\(NumberText.grouped($0)) words"] } ?? [])
    }

    private func passage(_ id: String, _ kind: Passage.Kind, _ row: Row, _ db: Database) throws -> Passage {
        let number: Int = row["d"]
        let span = Span(start: row["start"] ?? 0, end: row["end"] ?? 0)
        let context = try context(of: span, sentence: row["sentence"] ?? 0, in: number, db)
        let text = try String.fetchOne(
            db.cachedStatement(sql: Self.words),
            arguments: ["start": context.start, "length": context.end - context.start, "d": number])
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
            id: id, kind: kind, document: row["document"], number: number, start: span.start, title: row["title"],
            publisher: row["publisher"], date: row["date"], line: row["line"], source: source,
            before: cut(context.start, span.start), words: cut(span.start, span.end), after: cut(span.end, context.end),
            isCut: (context.start > 0, context.hasMore), facts: facts(of: row, kind))
    }

    /// A range of code points.
    private struct Span {
        var start: Int
        var end: Int
        var hasMore = false
    }

    /// From the sentence before the first that `span` touches to the sentence behind the last.
    private func context(of span: Span, sentence: Int, in number: Int, _ db: Database) throws -> Span {
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: #"select start, "end" from _sentence_rows where d = ? and n >= ? - 1 limit 40"#),
            arguments: [number, sentence])
        var context = span
        var isFirst = true
        var reachesBehind = false
        while let row = try rows.next() {
            if reachesBehind {
                context.hasMore = true
                break
            }
            let start: Int = row[0]
            if isFirst { context.start = min(span.start, start) }
            isFirst = false
            context.end = max(context.end, row[1])
            reachesBehind = start >= span.end
        }
        return context
    }

    /// What a passage says about itself beside its place.
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
