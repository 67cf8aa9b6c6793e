import StageKit

/// A table of counts of one use of `summarize-statistics`: what is shown, and how it is stored.
///
/// Long texts that many keys have, such as entities, are numbers in the stored table, and a view shows the texts. A table
/// without such texts is stored as it is shown.
struct CountTable: Sendable {
    /// The table as its stage describes it.
    let plain: StatisticsTable
    /// The name under which it is queried.
    let name: String
    /// The columns of the key that are stored as numbers.
    let numbered: Set<String>

    /// The table `plain`, with `prefix` before its name.
    init(_ plain: StatisticsTable, prefix: String) {
        self.plain = plain
        name = prefix + plain.name
        numbered = Self.numbered[plain.name] ?? []
    }

    private static let numbered: [String: Set<String>] = [
        StatisticsTable.terms.name: ["publisher"], StatisticsTable.collocations.name: ["node"],
        StatisticsTable.cooccurrence.name: ["entity_a", "entity_b"], StatisticsTable.timeline.name: ["name"],
        StatisticsTable.sources.name: ["source", "publisher"],
    ]

    /// Whether it is shown by a view.
    var isView: Bool { !numbered.isEmpty }
    /// The name of the stored table.
    var stored: String { isView ? "_\(name)_rows" : name }
    /// How many columns it has.
    var width: Int { plain.key.count + plain.measures.count }

    /// The table as it is shown, by which its rows are hashed.
    var shape: TableShape {
        TableShape(
            name, plain.summary,
            (plain.key.map { "\($0.name) TEXT" } + plain.measures.map { "\($0.name) INTEGER" }).joined(separator: ", "),
            key: plain.key.map(\.name).joined(separator: ", "))
    }

    /// The stored column of a column of the key.
    func column(_ name: String) -> String { numbered.contains(name) ? "\(name)_number" : SQL.name(name) }

    /// What stands before a value of a column of the key in the bytes of a row.
    func tag(of name: String) -> UInt8 {
        numbered.contains(name) ? SharedTexts.Kind.searched.tag : RowBytes.Tag.text
    }

    /// The statements that create it, with the view if there is one.
    var creation: [String] {
        guard isView else { return [shape.creation] }
        let keys = plain.key.map { column($0.name) }
        let columns =
            plain.key.map { "\(column($0.name)) \(numbered.contains($0.name) ? "INTEGER" : "TEXT")" }
            + plain.measures.map { "\(SQL.name($0.name)) INTEGER" }
        let shown =
            plain.key.map { numbered.contains($0.name) ? "s_\($0.name).text as \($0.name)" : "t.\(SQL.name($0.name))" }
            + plain.measures.map { "t.\(SQL.name($0.name))" }
        let texts = plain.key.filter { numbered.contains($0.name) }.map { key in
            "left join \(SharedTexts.Kind.searched.rawValue) s_\(key.name) on s_\(key.name).k = t.\(column(key.name))"
        }
        return [
            """
            create table \(stored) (\(columns.joined(separator: ", ")), primary key (\(keys.joined(separator: ", "))))
                without rowid
            """,
            """
            create view \(name) as select \(shown.joined(separator: ", ")) from \(stored) t
                \(texts.joined(separator: " "))
            """,
        ]
    }

    /// The statements that take the rows out. The texts that nothing has any more stay, with no uses.
    var emptying: [String] { release + ["delete from \(stored)"] }

    /// The statements that take it out of a database, with the texts that nothing else has.
    var removal: [String] {
        release
            + (isView
                ? ["delete from \(SharedTexts.Kind.searched.rawValue) where uses <= 0", "drop view \(name)"] : [])
            + ["drop table \(stored)"]
    }

    /// The statements that count the texts of all rows as gone.
    private var release: [String] {
        let texts = SharedTexts.Kind.searched.rawValue
        return numbered.sorted().map { name in
            """
            update \(texts) set uses = uses - gone.rows
                from (select \(column(name)) as number, count(*) as rows from \(stored) group by 1) gone
                where gone.number = \(texts).k
            """
        }
    }
}
