import Foundation
import GRDB
import StageKit

/// What was decided on the forms of names, as `tag-entities` keys its decisions.
final class EntityForms {
    private let db: Database
    private let isFresh: Bool
    /// Whether a decision has come, gone or changed.
    private(set) var hasMoved = false
    /// The forms of the entity that was asked about last: its aliases come one after another.
    private var last: (entity: String, forms: [(plain: String, reason: String)])?

    /// The decisions in `db`; a `fresh` database has none yet, and each comes once.
    init(_ db: Database, fresh: Bool = false) throws {
        self.db = db
        isFresh = fresh
    }

    /// Keeps a decision, and returns the entities that it touches: the old one and the new.
    func put(_ decision: EntityDecision, on key: FoldKey) throws -> [String] {
        let old = isFresh ? [] : try remove(key)
        last = nil
        hasMoved = true
        let form = (try? key.parts().first) ?? ""
        try db.cachedStatement(sql: "insert into _entity_forms values (?, ?, ?, ?, ?, ?, ?)").execute(arguments: [
            Data(key.bytes), form, decision.entity, decision.name, decision.kind.label, decision.reason,
            decision.country.isEmpty ? nil : decision.country,
        ])
        return old + [decision.entity]
    }

    /// Forgets a decision, and returns the entity that it touched.
    func remove(_ key: FoldKey) throws -> [String] {
        let old = try String.fetchAll(
            db.cachedStatement(sql: "select entity from _entity_forms where key = ?"), arguments: [Data(key.bytes)])
        if !old.isEmpty {
            hasMoved = true
            try db.cachedStatement(sql: "delete from _entity_forms where key = ?")
                .execute(arguments: [Data(key.bytes)])
        }
        return old
    }

    /// Whether there is a key that begins with `prefix`, whose last byte is not the largest.
    func has(_ prefix: FoldKey) throws -> Bool {
        var end = prefix.bytes
        guard let last = end.popLast(), last < 0xFF else { return false }
        end.append(last + 1)
        return try Bool.fetchOne(
            db.cachedStatement(sql: "select exists (select 1 from _entity_forms where key >= ? and key < ?)"),
            arguments: [Data(prefix.bytes), Data(end)]) ?? false
    }

    /// What was decided of an entity; every form of it says the same.
    struct Naming {
        let name: String
        let type: String
        let country: String?
    }

    /// The name, the type and the country of an entity.
    func naming(of entity: String) throws -> Naming? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: "select name, type, country from _entity_forms where entity = ? order by key limit 1"),
            arguments: [entity]
        ).map { Naming(name: $0[0], type: $0[1], country: $0[2]) }
    }

    /// Why `alias` means `entity`: the reason of its form, which is kept in small letters without marks.
    func reason(_ alias: String, means entity: String) throws -> String? {
        let forms = try forms(of: entity)
        let form = Self.plain(alias)
        let bare = form.hasPrefix("the ") ? String(form.dropFirst(4)) : form
        let found = forms.first { $0.plain == form || $0.plain == bare }
        return found?.reason ?? (forms.count == 1 ? forms[0].reason : nil)
    }

    private func forms(of entity: String) throws -> [(plain: String, reason: String)] {
        if let last, last.entity == entity { return last.forms }
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "select form, reason from _entity_forms where entity = ? order by form, key"),
            arguments: [entity])
        let forms = rows.map { (plain: Self.plain($0[0]), reason: $0[1] as String) }
        last = (entity, forms)
        return forms
    }

    /// The letters and digits of `text`, small and without marks, a blank between words; without a possessive's end.
    private static func plain(_ text: String) -> String {
        if text.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == 0x20 }),
            !text.utf8.starts(with: [0x20])
        {
            return text
        }
        var words: [String] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || $0 == "-" || $0 == "." }) {
            let stem = word.hasSuffix("’s") || word.hasSuffix("'s") ? word.dropLast(2) : word
            let folded = stem.folding(
                options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
            let letters = folded.unicodeScalars.filter {
                $0.properties.isAlphabetic || $0.properties.numericType != nil
            }
            .map { $0 == "ı" ? "i" : $0 }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: letters)
            if !view.isEmpty { words.append(String(view)) }
        }
        return words.joined(separator: " ")
    }
}
