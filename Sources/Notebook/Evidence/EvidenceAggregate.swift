import Foundation
import GRDB
import StageKit

/// The SQL aggregate `evidence(id)`: gathers the ids of claims, mentions, sentences or documents behind a figure.
struct EvidenceAggregate: DatabaseAggregate {
    /// How many ids a figure shows; the rest are counted.
    static let limit = 200
    /// The function, to be added to a connection.
    static let function = DatabaseFunction(
        "evidence", argumentCount: 1, pure: true, aggregate: EvidenceAggregate.self)

    private var seen: Set<String> = []
    private var ids: [String] = []

    init() {}

    mutating func step(_ values: [DatabaseValue]) throws {
        guard let id = values.first.flatMap(String.fromDatabaseValue), seen.insert(id).inserted else { return }
        if ids.count < Self.limit { ids.append(id) }
    }

    func finalize() throws -> (any DatabaseValueConvertible)? {
        guard !ids.isEmpty else { return nil }
        var writer = ByteWriter()
        writer.write(Self.mark)
        writer.write(seen.count)
        writer.write(list: ids) { $0.write($1) }
        return Data(writer.bytes)
    }

    /// The ids in a value that the function gave; nil for any other.
    static func decode(_ bytes: [UInt8]) -> EvidenceSet? {
        var reader = ByteReader(bytes)
        guard let mark = try? reader.string(), mark == Self.mark, let count = try? reader.integer(),
            let ids = try? reader.list({ reader throws(LayerError) in try reader.string() })
        else { return nil }
        return EvidenceSet(ids: ids, count: count)
    }

    private static let mark = "colophon evidence"
}
