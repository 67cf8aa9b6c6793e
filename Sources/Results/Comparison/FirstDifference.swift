import GRDB

/// The first row in which two results differ, in the order in which stages make them.
package struct FirstDifference: Hashable, Sendable {
    package let table: String
    /// The layer that the row is read from; nil for a row that is counted or decided over the whole corpus.
    package let layer: String?
    /// The document in which the row's passage stands; nil for a row over the whole corpus.
    package let document: String?
    /// The line of the source in which the row's passage begins; nil where it has none.
    package let line: Int?
    /// The passage; nil where there is none.
    package let passage: String?
    /// The columns whose values differ, with both values. For a row that only one has, all columns that are not null.
    package let fields: [ResultsChange.Field]
    package let kind: ResultsChange.Kind

    /// Nil where the results are the same, or those of `tables` where these are given.
    package init?(from old: String, to new: String, in tables: [String]? = nil) throws(ResultsError) {
        let found = try ResultsError.wrapping("the results can't be compared") {
            try ComparedDatabases.reading(old, new) { databases in
                try ResultsFile.open(old, readonly: true).inDatabase { db in
                    try db.execute(sql: "attach database ? as other", arguments: [new])
                    let differing = try databases.tables().map(\.name).filter { tables?.contains($0) ?? true }
                    return try DifferenceSearch(db: db, touched: databases.touched()).find(in: differing)
                }
            }
        }
        guard let found else { return nil }
        self = found
    }

    fileprivate init(
        _ table: String, _ place: DifferenceSearch.Place, _ kind: ResultsChange.Kind, _ fields: [ResultsChange.Field]
    ) {
        self.table = table
        layer = place.layer
        document = place.document
        line = place.line
        passage = place.passage
        self.kind = kind
        self.fields = fields
    }
}

extension ResultsSchema {
    /// The layer that the rows of a table are read from; nil for a table over the whole corpus, and for that of a layer of
    /// the user's own.
    static func layer(of table: String) -> String? {
        switch table {
        case documents.logical: "text"
        case "metadata", "blocks", "sentences", "quotations", "mentions", "claims", "questions": table
        case "quantities", "dates": "mentions"
        case "statements": "claims"
        case "claim_links", "repeats", "comparisons", "document_pairs": "links"
        case "question_claims", "answers": "questions"
        default: nil
        }
    }
}

/// Looks for the first row that differs between the databases `main` and `other` of a connection.
private struct DifferenceSearch {
    let db: Database
    /// The documents with rows that differ, in order.
    let touched: [String]

    /// Where a row stands.
    struct Place {
        var layer: String?
        var document: String?
        var line: Int?
        var passage: String?
    }

    func find(in differing: [String]) throws -> FirstDifference? {
        let custom = Set(try CustomTable.shapes(in: db).map(\.name))
        let order = ResultsSchema.documentTables.map(\.logical)
        // What nobody looks at follows from what is told, unless nothing else differs.
        let told = (order.filter(differing.contains) + differing.filter({ !order.contains($0) })).filter {
            !ResultsSchema.isHidden($0)
        }
        for table in told {
            let columns = try db.columns(in: table).map(\.name)
            let layer = custom.contains(table) ? table : ResultsSchema.layer(of: table)
            let holder = ["document", "document_a"].first(where: columns.contains)
            guard let holder else {
                if let found = try row(table, layer, columns, "true", nil) { return found }
                continue
            }
            for document in touched {
                if let found = try row(table, layer, columns, "\(holder) = :document", document) { return found }
            }
        }
        return differing.first.map { FirstDifference($0, Place(), .different, []) }
    }

    /// Columns by which rows are told apart, as far as a table has them.
    private static let ids = [
        "document", "document_a", "document_b", "question", "claim", "statement", "claim_a", "statement_a", "claim_b",
        "statement_b", "relation", "answer", "entity", "alias", "class", "term", "kind", "node", "collocate", "key",
        "publisher", "entity_a", "entity_b", "source", "month", "series", "name", "basis", "stage",
    ]

    /// The first row that differs in a table, of one document or of the corpus.
    private func row(
        _ table: String, _ layer: String?, _ columns: [String], _ condition: String, _ document: String?
    ) throws -> FirstDifference? {
        let passages = ["start", "n"].first(where: columns.contains)
        let ids = passages.map { [$0] } ?? Self.ids.filter(columns.contains)
        let order = (ids.isEmpty ? columns : ids).map(SQL.name).joined(separator: ", ")
        func first(_ one: String, _ other: String) throws -> [ResultsValue]? {
            func select(_ schema: String) -> String { "select * from \(schema).\(SQL.name(table)) where \(condition)" }
            return try Row.fetchOne(
                db, sql: "select * from (\(select(one)) except \(select(other))) order by \(order) limit 1",
                arguments: document.map { ["document": $0] } ?? [:]
            ).map { row in columns.indices.map { ResultsDatabase.value(row, at: $0) } }
        }
        var (old, new) = (try first("main", "other"), try first("other", "main"))
        if let before = old, let after = new {
            // Two rows: the first one is told.
            let places = ids.compactMap(columns.firstIndex)
            if let place = places.first(where: { before[$0] != after[$0] }) {
                if Self.precedes(before[place], after[place]) { new = nil } else { old = nil }
            }
        }
        guard let shown = new ?? old else { return nil }
        let values = Dictionary(uniqueKeysWithValues: zip(columns, shown))
        let none = columns.map { _ in ResultsValue.null }
        let fields = columns.indices.filter { (old ?? none)[$0] != (new ?? none)[$0] }.map {
            ResultsChange.Field(name: columns[$0], old: (old ?? none)[$0], new: (new ?? none)[$0])
        }
        var place = try place(of: values, in: new == nil ? "main" : "other")
        place.layer = layer
        return FirstDifference(
            table, place,
            old == nil ? .new : new == nil ? .gone : .different, fields)
    }

    private static func precedes(_ one: ResultsValue, _ other: ResultsValue) -> Bool {
        switch (one, other) {
        case (.text(let one), .text(let other)): one.utf8.lexicographicallyPrecedes(other.utf8)
        case (.integer(let one), .integer(let other)): one < other
        case (.real(let one), .real(let other)): one < other
        // Values of two types stand in the order of SQLite: none, numbers, texts.
        case (.null, _), (_, .text): true
        default: false
        }
    }

    /// Where a row stands: as it says itself, or as the claim, the mention or the question says that it is about.
    private func place(of values: [String: ResultsValue], in schema: String) throws -> Place {
        var place = Place(
            document: (values["document"] ?? values["document_a"])?.text, line: values["line"]?.integer,
            passage: values["text"]?.text)
        func complete(_ sql: String, _ id: ResultsValue?) throws {
            guard place.document == nil || place.line == nil, let id = id?.text else { return }
            guard let row = try Row.fetchOne(db, sql: sql, arguments: ["id": id]) else { return }
            if let document: String = row[0], place.document == nil || place.document == document {
                place.document = document
                place.line = place.line ?? row[1]
                place.passage = place.passage ?? row[2]
            }
        }
        let claims = "select document, line, text from \(schema).claims where claim = :id limit 1"
        try complete(claims, values["claim"] ?? values["claim_a"])
        try complete(
            "select document, line, text from \(schema).mentions where mention = :id limit 1", values["mention"])
        try complete(
            """
            select c.document, c.line, c.text from \(schema).question_claims q join \(schema).claims c on c.claim = q.claim
                where q.question = :id order by c.document, c.line limit 1
            """, values["question"])
        try complete(
            """
            select document, line, text from \(schema).mentions where entity = :id order by document, n limit 1
            """, values["entity"] ?? values["entity_a"])
        return place
    }
}
