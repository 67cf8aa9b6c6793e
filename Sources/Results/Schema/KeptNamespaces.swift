import GRDB
import StageKit

/// The tables of statistics that a results database has beside those with the plain names.
enum KeptNamespaces {
    /// Makes the tables of the namespaces that a database does not have yet, and takes out those that are not wanted any
    /// more. Returns the names of the tables that are gone, as they are shown and as they are stored.
    static func bring(_ db: Database, to wanted: [StatisticsNamespace]) throws -> [String] {
        let kept = try all(in: db)
        let wanted = Set(wanted).subtracting([.plain]).sorted { $0.prefix < $1.prefix }
        var gone: [String] = []
        for namespace in kept where !wanted.contains(namespace) {
            for view in namespace.views { try db.execute(sql: "drop view \(SQL.name(view.name))") }
            for table in namespace.tables {
                for statement in table.removal { try db.execute(sql: statement) }
                gone += table.isView ? [table.name, table.stored] : [table.name]
            }
            try db.execute(sql: "delete from _namespaces where prefix = ?", arguments: [namespace.prefix])
        }
        for namespace in wanted where !kept.contains(namespace) {
            for statement in namespace.tables.flatMap(\.creation) { try db.execute(sql: statement) }
            for view in namespace.views { try db.execute(sql: view.statement) }
            try db.execute(sql: "insert into _namespaces values (?)", arguments: [namespace.prefix])
        }
        return gone
    }

    /// The namespaces that a database has, but the plain one.
    static func all(in db: Database) throws -> [StatisticsNamespace] {
        try String.fetchAll(db, sql: "select prefix from _namespaces order by prefix").map(
            StatisticsNamespace.init(kept:))
    }
}
