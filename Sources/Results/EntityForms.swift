import Foundation
import GRDB
import StageKit

/// What was decided on the forms of names, as `tag-entities` keys its decisions.
final class EntityForms {
    private let db: Database

    init(_ db: Database) throws { self.db = db }

    /// Keeps a decision, and returns the entities that it touches: the old one and the new.
    func put(_ decision: EntityDecision, on key: FoldKey) throws -> [String] {
        let old = try remove(key)
        let form = (try? key.parts().last) ?? ""
        try db.cachedStatement(sql: "insert into entity_forms values (?, ?, ?, ?, ?, ?)").execute(arguments: [
            Data(key.bytes), form, decision.entity, decision.name, decision.kind.label, decision.reason,
        ])
        return old + [decision.entity]
    }

    /// Forgets a decision, and returns the entity that it touched.
    func remove(_ key: FoldKey) throws -> [String] {
        let old = try String.fetchAll(
            db.cachedStatement(sql: "select entity from entity_forms where key = ?"), arguments: [Data(key.bytes)])
        if !old.isEmpty {
            try db.cachedStatement(sql: "delete from entity_forms where key = ?")
                .execute(arguments: [Data(key.bytes)])
        }
        return old
    }

    /// The name and type of an entity; every form of it says the same.
    func name(of entity: String) throws -> (name: String, type: String)? {
        try Row.fetchOne(
            db.cachedStatement(sql: "select name, type from entity_forms where entity = ? order by key limit 1"),
            arguments: [entity]
        ).map { ($0[0], $0[1]) }
    }

    /// Why `alias` means `entity`: the reason of its form, which may be kept in lower case.
    func reason(_ alias: String, means entity: String) throws -> String? {
        let statement = try db.cachedStatement(
            sql: "select reason from entity_forms where entity = ? and form in (?, ?) order by form = ? desc limit 1")
        return try String.fetchOne(statement, arguments: [entity, alias, alias.lowercased(), alias])
    }
}
