import Foundation
import GRDB
import StageKit

/// The SQL aggregate `evidence(id [, count])`: gathers the ids of claims, mentions, sentences or documents behind a
/// figure. `count` says how many there are where the query gives only the first.
struct EvidenceAggregate: DatabaseAggregate {
    /// How many ids a figure shows; the rest are counted.
    static let limit = 200
    /// How many ids an aggregate takes in, and how long one may be.
    private static let most = 5_000_000
    private static let longest = 8192
    /// The functions, to be added to a connection: without a count, and with one.
    static let functions = [1, 2].map { count in
        DatabaseFunction("evidence", argumentCount: count, pure: true, aggregate: EvidenceAggregate.self)
    }

    private var seen: Set<String> = []
    private var ids: [String] = []
    private var told = 0

    init() {}

    mutating func step(_ values: [DatabaseValue]) throws {
        if values.count > 1 { told = max(told, Int.fromDatabaseValue(values[1]) ?? 0) }
        guard let id = values.first.flatMap(String.fromDatabaseValue) else { return }
        guard id.utf8.count <= Self.longest else {
            throw DatabaseError(message: "'evidence' was given a text of \(id.utf8.count) bytes, which is no id")
        }
        guard seen.insert(id).inserted else { return }
        guard seen.count <= Self.most else {
            throw DatabaseError(message: "'evidence' was given more than \(NumberText.grouped(Self.most)) ids")
        }
        if ids.count < Self.limit { ids.append(id) }
    }

    func finalize() throws -> (any DatabaseValueConvertible)? {
        guard !ids.isEmpty else { return nil }
        return Data(Self.encoded(EvidenceSet(ids: ids, count: max(told, seen.count))))
    }

    /// The value that the function gives for these ids.
    static func encoded(_ set: EvidenceSet) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(mark)
        writer.write(set.count)
        writer.write(set.list)
        return writer.bytes
    }

    /// The ids in a value that the function gave; nil for any other.
    static func decode(_ bytes: [UInt8]) -> EvidenceSet? {
        var reader = ByteReader(bytes)
        guard let mark = try? reader.string(), mark == Self.mark, let count = try? reader.integer(),
            let list = try? reader.blob()
        else { return nil }
        return try? EvidenceSet(list: list, count: count)
    }

    private static let mark = "colophon evidence"
}
