import GRDB

/// Numbers that stand for documents in tables and indexes, in the order of their paths.
///
/// There is room between two for documents that come later. Numbers hang on history, so no view shows them and no
/// digest takes them in; their order does not.
final class DocumentNumbers {

    /// The room between two documents at first, where there are few enough.
    private static let room = 1 << 20
    /// Up to here, numbers take four bytes in each row and each entry of an index.
    private static let most = 1 << 30
    /// The room between two documents at first where there are many: numbers become longer then.
    private static let least = 1 << 10
    /// The part of the room between two documents that a new one leaves before it: more may follow on either side.
    private static let share = 1 << 10
    /// Beyond it, the keys of parts of texts would be no whole numbers any more.
    private static let end = 1 << 42

    private let db: Database
    /// Whether a document has got a number or lost it.
    private(set) var hasMoved = false
    private var known: [String: Int] = [:]

    init(_ db: Database) { self.db = db }

    /// Numbers `documents`, in the order of their paths, in a database that has none yet.
    func begin(_ documents: [String]) throws {
        let room = Self.room(for: documents.count)
        for (n, document) in documents.enumerated() { try add(document, (n + 1) * room) }
    }

    /// The room between so many documents at first: each has its place among them, from 1, times that.
    static func room(for count: Int) -> Int { max(least, min(room, most / (count + 1))) }

    /// The number of a document, a new one if need be.
    func number(of document: String) throws -> Int {
        if let number = try standing(document) { return number }
        let before = try neighbour("document < ? order by document desc", document)
        let behind = try neighbour("document > ? order by document", document)
        let number =
            switch (before, behind) {
            case (nil, nil): Self.room
            case (let before?, nil): before + Self.room
            case (nil, let behind?): behind - Self.step(behind)
            case (let before?, let behind?): before + Self.step(behind - before)
            }
        guard number > before ?? 0, number < behind ?? Self.end else {
            throw ResultsError("there is no number left for '\(document)'", kind: .crowded)
        }
        try add(document, number)
        return number
    }

    /// How far into a gap a number comes: a little at first, to leave room for many in a row.
    private static func step(_ gap: Int) -> Int { min(max(gap / share, 16), (gap + 1) / 2) }

    /// The number of a document that has one.
    func standing(_ document: String) throws -> Int? {
        if let number = known[document] { return number }
        let number = try Int.fetchOne(
            db.cachedStatement(sql: "select d from _paths where document = ?"), arguments: [document])
        known[document] = number
        return number
    }

    /// Forgets the document that has a number.
    func remove(_ number: Int) throws {
        try db.cachedStatement(sql: "delete from _paths where d = ?").execute(arguments: [number])
        hasMoved = true
    }

    private func add(_ document: String, _ number: Int) throws {
        hasMoved = true
        try db.cachedStatement(sql: "insert into _paths values (?, ?)").execute(arguments: [number, document])
        known[document] = number
    }

    private func neighbour(_ condition: String, _ document: String) throws -> Int? {
        try Int.fetchOne(
            db.cachedStatement(sql: "select d from _paths where \(condition) limit 1"), arguments: [document])
    }
}
