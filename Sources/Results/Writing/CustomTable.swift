import Digests
import GRDB
import StageKit
import Text

/// The table of a layer that a stage of the user's own writes: one column a field, named in lower case. A layer about the
/// corpus has rows that belong to no document.
final class CustomTable {
    let layer: LayerName
    let name: String
    private let isOfCorpus: Bool
    private var fields: [String]
    private var writer: TableWriter
    private let db: Database

    init(_ layer: LayerName, in db: Database) throws {
        self.layer = layer
        self.db = db
        name = Self.tableName(of: layer)
        let stored = try db.tableExists(name) ? db.columns(in: name).map(\.name) : []
        isOfCorpus = layer.isOfCorpus
        fields = Array(stored.dropFirst(Self.fixed(isOfCorpus).count))
        if stored.isEmpty {
            try db.execute(sql: Self.shape(name, [], isOfCorpus).creation)
        }
        writer = try TableWriter(Self.shape(name, fields, isOfCorpus), in: db)
    }

    /// The layers that have a table in `db`, or in the database that is attached to it as `schema`.
    static func shapes(in db: Database, of schema: String = "main") throws -> [TableShape] {
        let names = try String.fetchAll(
            db,
            sql: """
                select name from \(schema).sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'
                    and name not like '\\_%' escape '\\' order by name
                """)
        let statistics = Set(try KeptNamespaces.all(in: db).flatMap { $0.tables.map(\.name) })
        return try names.filter { !ResultsSchema.ownTables.contains($0) && !statistics.contains($0) }.map { name in
            let columns = try db.columns(in: name, in: schema).map(\.name)
            let isOfCorpus = columns.first == fixed(true).first?.name
            return shape(name, columns.dropFirst(fixed(isOfCorpus).count), isOfCorpus)
        }
    }

    /// Those of them whose rows are those of documents.
    static func shapesOfDocuments(in db: Database) throws -> [TableShape] {
        try shapes(in: db).filter { $0.columns.first?.name == ofDocument.first?.name }
    }

    /// The name of a layer's table: the layer's own, unless it stands for something else or begins with `_`, as those of
    /// inner tables do. For a layer of a second use of a stage, it begins with the id of that stage.
    static func tableName(of layer: LayerName) -> String {
        let name = layer.base == layer ? layer.rawValue : SQL.plain(layer.rawValue)
        return ResultsSchema.ownTables.contains(name.lowercased()) || name.lowercased().hasPrefix("sqlite_")
            || name.hasPrefix("_") ? "layer_\(name)" : name
    }

    /// Takes the rows of an older run out.
    func clear() throws { try db.execute(sql: "delete from \(SQL.name(name))") }

    /// Writes what is said of the corpus, and returns the digest of its rows.
    func write(_ annotations: [CustomLayer.Annotation]) throws -> SetDigest {
        let values = try values(of: annotations)
        for n in annotations.indices {
            writer.integer(n)
            for field in fields { writer.put(values[n][field] ?? .null) }
            try writer.endRow()
        }
        return writer.takeSum()
    }

    /// By column, the values of annotations. There are columns for all of them then.
    private func values(of annotations: [CustomLayer.Annotation]) throws -> [[String: CustomLayer.Value]] {
        let values = annotations.map { annotation in
            Dictionary(
                annotation.fields.map { (Self.columnName(of: $0.name, isOfCorpus), $0.value) },
                uniquingKeysWith: { a, _ in a })
        }
        try add(fields: Set(values.flatMap(\.keys)))
        return values
    }

    /// Writes the annotations of one document, and returns the digest of their rows.
    func write(_ bytes: [UInt8], of document: String, _ positions: Positions) throws -> SetDigest {
        let annotations = try CustomLayer(encoded: bytes).annotations
        let values = try values(of: annotations)
        for (n, annotation) in annotations.enumerated() {
            writer.text(document)
            writer.integer(n)
            if let span = annotation.span {
                positions.write(span, to: writer)
                writer.text(positions.words(span))
            } else {
                for _ in 0..<6 { writer.null() }
            }
            for field in fields { writer.put(values[n][field] ?? .null) }
            try writer.endRow()
        }
        return writer.takeSum()
    }

    /// Brings the columns to what they are after a run from nothing: in order of their names, none without a value.
    func settle() throws {
        let used = try fields.filter { field in
            try Bool.fetchOne(
                db, sql: "select exists (select 1 from \(SQL.name(name)) where \(SQL.name(field)) is not null)")
                ?? false
        }
        let order = used.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard order != fields else { return }
        let old = SQL.name("\(name) before")
        try db.execute(sql: "alter table \(SQL.name(name)) rename to \(old)")
        let shape = Self.shape(name, order, isOfCorpus)
        try db.execute(sql: shape.creation)
        let columns = shape.columns.map { SQL.name($0.name) }.joined(separator: ", ")
        try db.execute(sql: "insert into \(SQL.name(name)) select \(columns) from \(old)")
        try db.execute(sql: "drop table \(old)")
        fields = order
    }

    /// Adds columns for fields that are new. SQLite holds some two thousand in a table.
    private func add(fields new: Set<String>) throws {
        let missing = new.subtracting(fields).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard !missing.isEmpty else { return }
        guard fields.count + missing.count <= 1000 else {
            throw ResultsError("layer '\(layer)' has more than 1000 fields")
        }
        for field in missing {
            try db.execute(sql: "alter table \(SQL.name(name)) add column \(SQL.name(field))")
        }
        fields += missing
        writer = try TableWriter(Self.shape(name, fields, isOfCorpus), in: db)
    }

    /// The columns that every such table has.
    private static func fixed(_ isOfCorpus: Bool) -> [TableShape.Column] {
        isOfCorpus ? [.init(name: "n", type: "INTEGER")] : ofDocument
    }

    private static let ofDocument: [TableShape.Column] = [
        .init(name: "document", type: "TEXT"), .init(name: "n", type: "INTEGER"),
        .init(name: "start", type: "INTEGER"), .init(name: "end", type: "INTEGER"),
        .init(name: "source_start", type: "INTEGER"), .init(name: "source_end", type: "INTEGER"),
        .init(name: "line", type: "INTEGER"), .init(name: "text", type: "TEXT"),
    ]

    private static func shape(
        _ name: String, _ fields: some Collection<String>, _ isOfCorpus: Bool
    ) -> TableShape {
        TableShape(
            sparse: name, fixed(isOfCorpus) + fields.map { .init(name: $0, type: "") },
            key: isOfCorpus ? ["n"] : ["document", "n"])
    }

    /// The column of a field. SQLite tells columns apart without regard to the case of ASCII letters.
    private static func columnName(of field: String, _ isOfCorpus: Bool) -> String {
        let lower = String(
            decoding: field.utf8.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 == 0 ? UInt8(ascii: "_") : $0 },
            as: UTF8.self)
        return lower.isEmpty || fixed(isOfCorpus).contains { $0.name == lower } ? "\(lower)_" : lower
    }
}

extension TableWriter {
    fileprivate func put(_ value: CustomLayer.Value) {
        switch value {
        case .string(let value): text(value)
        case .integer(let value): integer(value)
        case .real(let value): real(Optional(value))
        case .bool(let value): bool(value)
        case .null: null()
        }
    }
}
