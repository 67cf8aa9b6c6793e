import Foundation
import GRDB
import StageKit

/// Two results databases, each on a connection of its own.
struct ComparedDatabases {
    private let old: Database
    private let new: Database
    /// What the locks of the two sides say, where what is read is held against that.
    private let locks: Locks

    typealias Locks = (old: LockedResults?, new: LockedResults?)

    init(old: Database, new: Database, locks: Locks = (nil, nil)) {
        self.old = old
        self.new = new
        self.locks = locks
    }

    /// Opens the results at `old` and at `new`, and closes them behind `body`.
    static func reading<Value>(
        _ old: String, _ new: String, locks: Locks = (nil, nil), _ body: (ComparedDatabases) throws -> Value
    ) throws -> Value {
        try ResultsFile.open(old, readonly: true).inDatabase { old in
            try ResultsFile.open(new, readonly: true).inDatabase { new in
                try body(ComparedDatabases(old: old, new: new, locks: locks))
            }
        }
    }

    /// `{in}` and `{ids}` stand for the list that is an argument of a query.
    private func query(_ text: String) -> String {
        text.replacing("{in}", with: "(select value from json_each(:list))")
            .replacing("{ids}", with: "json_each(:list)")
    }

    /// Documents or ids as an argument of a query.
    private func arguments(_ list: some Sequence<String>) throws -> StatementArguments {
        ["list": String(decoding: try JSONEncoder().encode(Array(list)), as: UTF8.self)]
    }

    /// The tables whose digests differ. Of those of documents it is counted how many rows in the documents `touched` only one
    /// side has, if these are few.
    func tables(touched: [String] = []) throws -> [ResultsComparison.Table] {
        func digests(_ db: Database) throws -> [String: (rows: Int, digest: String)] {
            let rows = try Row.fetchAll(
                db, sql: "select name, rows, digest from digests where name <> ?",
                arguments: [ResultsDatabase.runName])
            return Dictionary(rows.map { ($0[0], ($0[1], $0[2])) }, uniquingKeysWith: { _, last in last })
        }
        let (before, after) = (try digests(old), try digests(new))
        let own = try touched.isEmpty || touched.count > Self.portion ? [:] : documentsByTable(touched)
        let differing = Set(before.keys).union(after.keys).filter { before[$0]?.digest != after[$0]?.digest }.sorted()
        // Where words stand is told where nothing else is.
        let told = differing.filter { !ResultsSchema.isHidden($0) }
        return try (told.isEmpty ? differing : told).map { name in
            let counted = try own[name].flatMap { try rowsOfOneSide(name, in: $0) }
            return ResultsComparison.Table(
                name: name, old: before[name]?.rows ?? 0, new: after[name]?.rows ?? 0, rowsGone: counted?.old,
                rowsNew: counted?.new)
        }
    }

    /// By table, those of some documents that have other rows in it.
    private func documentsByTable(_ documents: [String]) throws -> [String: [String]] {
        let sql = query(
            "select p.document, s.sums from _document_sums s join _paths p using (d) where p.document in {in}")
        let sums = try [old, new].map { db in
            let rows = try Row.fetchAll(db, sql: sql, arguments: try arguments(documents))
            return try Dictionary(
                uniqueKeysWithValues: rows.map {
                    ($0[0] as String, try DocumentSums(encoded: Array($0[1] as Data)).tables)
                })
        }
        return Dictionary(grouping: ResultsSchema.documentTables, by: \.logical).mapValues {
            tables in
            documents.filter { id in tables.contains { sums[0][id]?[$0.name] != sums[1][id]?[$0.name] } }
        }
    }

    /// Columns that say where in its document something stands. A row that only moved is no other row.
    private static let places: Set<String> = [
        "start", "end", "source_start", "source_end", "line", "n", "sentence", "block", "quotation", "mention",
        "source_mention", "within",
    ]

    /// How many rows of a table in `documents` are only on one side; nil for a table whose rows do not say of which
    /// document they are.
    private func rowsOfOneSide(_ table: String, in documents: [String]) throws -> (old: Int, new: Int)? {
        let columns = try [old, new].map { try $0.columns(in: table).map(\.name) }
        guard columns[0] == columns[1], let holder = ["document", "document_a"].first(where: columns[0].contains) else {
            return nil
        }
        let list = columns[0].filter { !Self.places.contains($0) }.map(SQL.name).joined(separator: ", ")
        let sql = query("select \(list) from \(SQL.name(table)) where \(holder) in {in}")
        var balance: [[DatabaseValue]: Int] = [:]
        for (db, weight) in [(old, -1), (new, 1)] {
            let rows = try Row.fetchCursor(db, sql: sql, arguments: try arguments(documents))
            while let row = try rows.next() { balance[Array(row.databaseValues), default: 0] += weight }
        }
        return balance.values.reduce(into: (0, 0)) { counts, weight in
            if weight < 0 { counts.old -= weight } else { counts.new += weight }
        }
    }

    /// The facts of a run that are compared.
    static let facts = """
        select key, value from about where key in ('release', 'setting') or key like 'stage %' order by n
        """

    /// Holds what the two sides have against their locks.
    func admit() throws {
        try locks.old?.admit(old)
        try locks.new?.admit(new)
    }

    /// Holds what is read, where the documents `touched` differ, against the locks.
    func check(touched: [String]) throws {
        try locks.old?.check(touched, in: old)
        try locks.new?.check(touched, in: new)
    }

    /// Facts of the runs that differ, but for digests and what follows from the documents.
    func settings() throws -> [ResultsComparison.Setting] {
        func facts(_ db: Database) throws -> [String: String] {
            let rows = try Row.fetchAll(db, sql: Self.facts)
            return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { $0 + ", " + $1 })
        }
        let (before, after) = (try facts(old), try facts(new))
        return Set(before.keys).union(after.keys).sorted().compactMap { key in
            before[key] == after[key]
                ? nil : ResultsComparison.Setting(name: key, old: before[key], new: after[key])
        }
    }

    /// Documents with rows that differ in any table, in order.
    func touched() throws -> [String] {
        func sums(_ db: Database) throws -> [String: Data] {
            let rows = try Row.fetchCursor(
                db, sql: "select p.document, s.sums from _document_sums s join _paths p using (d)")
            var sums: [String: Data] = [:]
            while let row = try rows.next() { sums[row[0]] = row[1] }
            return sums
        }
        let (before, after) = (try sums(old), try sums(new))
        return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// How many documents are compared at once: their rows are in memory.
    private static let portion = 250

    /// What is new, gone or different of a subject in the documents `touched`, by id.
    func changes(of subject: ComparedSubject, in touched: [String]) throws -> [ResultsChange] {
        let portions = stride(from: 0, to: touched.count, by: Self.portion).map {
            touched[$0..<min($0 + Self.portion, touched.count)]
        }
        switch subject.shape {
        case .rows(let text):
            return try portions.flatMap { portion in
                try changes(of: subject, rows(text, old, portion), rows(text, new, portion))
            }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        case .shared(let text):
            return try changes(of: subject, rows(text, old, touched), rows(text, new, touched))
        case .counts(let parts, let totals, let table):
            var (before, after): ([String: ComparedRow], [String: ComparedRow]) = ([:], [:])
            for portion in portions {
                before.merge(try rows(parts, old, portion, places: 0)) { $0.adding($1) }
                after.merge(try rows(parts, new, portion, places: 0)) { $0.adding($1) }
            }
            (before, after) = try counted(before, after, totals, table)
            return try changes(of: subject, before, after)
        }
    }

    private func changes(
        of subject: ComparedSubject, _ before: [String: ComparedRow], _ after: [String: ComparedRow]
    ) throws -> [ResultsChange] {
        var changes: [ResultsChange] = []
        var gone: [Wording: [String]] = [:]
        for id in Self.sorted(before) {
            if let row = before[id], after[id] == nil { gone[Wording(row), default: []].append(id) }
        }
        for id in Self.sorted(after) {
            guard let row = after[id] else { continue }
            if let earlier = before[id] {
                let fields = Self.fields(earlier, row)
                if !fields.isEmpty { changes.append(change(subject, .different, id, row, fields)) }
                continue
            }
            // What is gone and new in the same words is one thing that is different. A document is what its path says.
            guard subject.name != ComparedSubject.documents.name, let former = gone[Wording(row)]?.first,
                let earlier = before[former]
            else {
                changes.append(change(subject, .new, id, row))
                continue
            }
            gone[Wording(row)]?.removeFirst()
            let fields = Self.fields(earlier, row)
            let ids = ResultsChange.Field(name: "id", old: .text(former), new: .text(id))
            var change = change(subject, .different, id, row, fields.isEmpty ? [ids] : fields)
            change.former = former
            changes.append(change)
        }
        for id in gone.values.joined() { if let row = before[id] { changes.append(change(subject, .gone, id, row)) } }
        return changes.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    /// What somebody reads of a row: two of one wording look the same.
    private struct Wording: Hashable {
        let document: String?
        let name: String

        init(_ row: ComparedRow) { (document, name) = (row.document, row.name) }
    }

    /// Ids in the order of the lines.
    private static func sorted(_ rows: [String: ComparedRow]) -> [String] {
        rows.sorted { one, other in
            let lines = (one.value.line ?? 0, other.value.line ?? 0)
            return lines.0 != lines.1 ? lines.0 < lines.1 : one.key.utf8.lexicographicallyPrecedes(other.key.utf8)
        }.map(\.key)
    }

    private static func fields(_ old: ComparedRow, _ new: ComparedRow) -> [ResultsChange.Field] {
        zip(old.values, new.values).filter { $0 != $1 }.map { before, now in
            ResultsChange.Field(name: now.name, old: before.value, new: now.value)
        }
    }

    /// Counts over the corpus before and after, from the counts in the documents that differ: what the others add is the
    /// same on both sides.
    private func counted(
        _ before: [String: ComparedRow], _ after: [String: ComparedRow], _ totals: String, _ table: TableShape
    ) throws -> ([String: ComparedRow], [String: ComparedRow]) {
        let ids = Set(before.keys).union(after.keys).filter { before[$0]?.values != after[$0]?.values }
        guard !ids.isEmpty else { return ([:], [:]) }
        try locks.old?.check(table, in: old)
        try locks.new?.check(table, in: new)
        let now = try rows(totals, new, Array(ids), places: 0)
        let names = try rows(totals, old, Array(ids), places: 0)
        var (was, isNow): ([String: ComparedRow], [String: ComparedRow]) = ([:], [:])
        for id in ids {
            guard var row = now[id] else { continue }
            row.name =
                [row.name, names[id]?.name, after[id]?.name, before[id]?.name].compactMap { $0 }
                .first { !$0.isEmpty } ?? id
            var earlier = row
            earlier.values = row.values.enumerated().map { k, total in
                func part(_ row: ComparedRow?) -> Int { row?.values[k].value.integer ?? 0 }
                let count = (total.value.integer ?? 0) - part(after[id]) + part(before[id])
                return Value(name: total.name, value: .integer(Int64(count)))
            }
            if earlier.values.contains(where: { $0.value != .integer(0) }) { was[id] = earlier }
            if row.values.contains(where: { $0.value != .integer(0) }) { isNow[id] = row }
        }
        return (was, isNow)
    }

    private struct Value: Equatable {
        let name: String
        let value: ResultsValue
    }

    private struct ComparedRow {
        var name: String
        let document: String?
        let line: Int?
        var values: [Value]

        /// The counts of this row and of `other`, which stands for the same thing in other documents.
        func adding(_ other: ComparedRow) -> ComparedRow {
            var sum = self
            sum.values = zip(values, other.values).map { one, other in
                Value(
                    name: one.name,
                    value: .integer(Int64((one.value.integer ?? 0) + (other.value.integer ?? 0))))
            }
            return sum
        }
    }

    private func change(
        _ subject: ComparedSubject, _ kind: ResultsChange.Kind, _ id: String, _ row: ComparedRow,
        _ fields: [ResultsChange.Field] = []
    ) -> ResultsChange {
        ResultsChange(
            subject: subject.name, kind: kind, id: id, name: row.name, document: row.document, line: row.line,
            source: row.values.first { $0.name == "source" }?.value.text, fields: fields)
    }

    /// The rows that a query gives for documents or ids, by id. Behind id and name, `places` columns say where a row
    /// stands: its document and its line.
    private func rows(
        _ text: String, _ db: Database, _ list: some Sequence<String>, places: Int = 2
    ) throws -> [String: ComparedRow] {
        var rows: [String: ComparedRow] = [:]
        let cursor = try Row.fetchCursor(db, sql: query(text), arguments: try arguments(list))
        while let row = try cursor.next() {
            let names = Array(row.columnNames)
            let values = names.indices.map { ResultsDatabase.value(row, at: $0) }
            rows[values[0].text ?? ""] = ComparedRow(
                name: values[1].text ?? "", document: places > 0 ? values[2].text : nil,
                line: places > 1 ? values[3].integer : nil,
                values: zip(names, values).dropFirst(2 + places).map { Value(name: $0, value: $1) })
        }
        return rows
    }

    /// By id of a change, the documents among `moved` that it is read from in either database.
    func documents(
        bearingOn changes: [ResultsChange], of subject: ComparedSubject, among moved: [String]
    ) throws -> [String: [String]] {
        guard let text = subject.documents, !changes.isEmpty, !moved.isEmpty else { return [:] }
        let wanted = Set(changes.flatMap { [$0.id, $0.former].compactMap { $0 } })
        var found: [String: Set<String>] = [:]
        for db in [old, new] {
            let rows = try Row.fetchCursor(db, sql: query(text), arguments: try arguments(moved))
            while let row = try rows.next() {
                guard let id: String = row[0], wanted.contains(id) else { continue }
                found[id, default: []].insert(row[1])
            }
        }
        return found.mapValues { $0.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    }
}
