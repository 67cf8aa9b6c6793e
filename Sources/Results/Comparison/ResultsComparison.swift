import Foundation
import GRDB
import StageKit

/// How the results of two runs differ: documents, figures, entities, claims and questions that are new, gone or different.
///
/// Digests come first: tables with the same digest are not read, and of the others only the rows of documents whose own
/// digests differ.
package struct ResultsComparison: Sendable {
    /// A table whose rows differ, with how many it had and has.
    package struct Table: Hashable, Sendable {
        package let name: String
        package let old: Int
        package let new: Int
        /// How many rows only the first, and only the second has, wherever in their documents they stand; nil where that was
        /// not counted.
        package let rowsGone: Int?
        package let rowsNew: Int?
    }

    /// A fact of the run that is another: the release, a stage's options. Nil where there was or is none.
    package struct Setting: Hashable, Sendable {
        package let name: String
        package let old: String?
        package let new: String?
    }

    /// In the order of their names.
    package let tables: [Table]
    package let settings: [Setting]
    /// Documents that are new, have another content, and are gone; each in order.
    package let added: [String]
    package let edited: [String]
    package let removed: [String]
    /// By subject, and by id within one.
    package let changes: [ResultsChange]
    /// Whether so many documents have other rows that only documents are compared one by one.
    package let isCut: Bool

    /// Whether every table has the same rows.
    package var isSame: Bool { tables.isEmpty && settings.isEmpty }

    /// Throws where the file at `path` is not there, or is no results database of this release's layout.
    package static func check(_ path: String) throws(ResultsError) {
        guard FileManager.default.fileExists(atPath: path) else { throw ResultsError("there is no file '\(path)'") }
        switch ResultsFile.state(path) {
        case .current: return
        case .otherVersion:
            throw ResultsError("'\(path)' has the layout of another release: run its pipeline again with this one")
        case .foreign: throw ResultsError("'\(path)' is no results database")
        }
    }

    /// Compares the results at `old` with those at `new`. Throws where one is not there, or is of another release's layout;
    /// and where `locks` are given, if what is read of a side is not what its lock says.
    package init(
        from old: String, to new: String, locks: (old: LockedResults?, new: LockedResults?) = (nil, nil)
    ) throws(ResultsError) {
        for path in [old, new] { try Self.check(path) }
        self = try ResultsError.wrapping("the results can't be compared") {
            try ComparedDatabases.reading(old, new, locks: locks) { databases in
                try databases.admit()
                let touched = try databases.touched()
                try databases.check(touched: touched)
                return try Self(databases, touched: touched)
            }
        }
    }

    /// Compares the rows of the documents `touched`; those of all others are the same. If there are more than `limit`, only
    /// the documents are told one by one.
    init(_ databases: ComparedDatabases, touched: [String], limit: Int = .max) throws {
        isCut = touched.count > limit
        tables = try databases.tables(touched: isCut ? [] : touched)
        settings = try databases.settings()
        let documents = try databases.changes(of: .documents, in: touched)
        added = documents.filter { $0.kind == .new }.map(\.id)
        removed = documents.filter { $0.kind == .gone }.map(\.id)
        edited = documents.filter { $0.kind == .different && $0.fields.contains { $0.name == "sha256" } }.map(\.id)
        let moved = added + edited + removed
        let differing = Set(tables.map(\.name))
        var changes = documents
        for subject in isCut ? [] : ComparedSubject.all.dropFirst() where !subject.reads.isDisjoint(with: differing) {
            let found = try databases.changes(of: subject, in: touched)
            let bearing = try databases.documents(bearingOn: found, of: subject, among: moved)
            changes += found.map { change in
                var change = change
                let named = Set((bearing[change.id] ?? []) + (change.former.flatMap { bearing[$0] } ?? []))
                change.causes =
                    change.document.map { moved.contains($0) ? [$0] : [] }
                    ?? named.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
                return change
            }
        }
        self.changes = changes
    }
}

/// One thing that is new, gone or different.
package struct ResultsChange: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable { case new, gone, different }

    /// A value that is another.
    package struct Field: Hashable, Sendable {
        package let name: String
        package let old: ResultsValue
        package let new: ResultsValue

        package init(name: String, old: ResultsValue, new: ResultsValue) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    /// `document`, `figure`, `entity`, `claim`, `question`.
    package let subject: String
    package let kind: Kind
    /// What tells it from others of the subject.
    package let id: String
    /// What people call it: the claim's words, the entity's name.
    package let name: String
    /// Where it stands; nil where it stands in several places.
    package let document: String?
    package let line: Int?
    /// Who says it, of a claim; nil for everything else.
    package let source: String?
    /// What differs, for one that is in both; empty for the others.
    package let fields: [Field]
    /// Documents that are new, edited or gone and that it is read from; empty where it follows from something else.
    package internal(set) var causes: [String] = []
    /// The id that it had before, where that was another.
    var former: String?
}
