import GRDB
import StageKit

/// The tables of statistics that a results database has beside those with the plain names.
enum KeptNamespaces {
    /// Makes the tables of the namespaces that a database does not have yet, and takes out those that are not wanted any
    /// more. Returns the names of the tables that are gone.
    static func bring(_ db: Database, to wanted: [StatisticsNamespace]) throws -> [String] {
        let kept = try all(in: db)
        let wanted = Set(wanted).subtracting([.plain]).sorted { $0.prefix < $1.prefix }
        var gone: [String] = []
        for namespace in kept where !wanted.contains(namespace) {
            for view in namespace.views { try db.execute(sql: "drop view if exists \(SQL.name(view.name))") }
            for table in namespace.tables {
                try db.execute(sql: "drop table if exists \(SQL.name(table.name))")
                gone.append(table.name)
            }
            try db.execute(sql: "delete from namespaces where prefix = ?", arguments: [namespace.prefix])
        }
        for namespace in wanted where !kept.contains(namespace) {
            for table in namespace.tables { try db.execute(sql: table.shape.creation) }
            for view in namespace.views { try db.execute(sql: view.statement) }
            try db.execute(sql: "insert into namespaces values (?)", arguments: [namespace.prefix])
        }
        return gone
    }

    /// The namespaces that a database has, but the plain one.
    static func all(in db: Database) throws -> [StatisticsNamespace] {
        try String.fetchAll(db, sql: "select prefix from namespaces order by prefix").map(
            StatisticsNamespace.init(kept:))
    }
}
