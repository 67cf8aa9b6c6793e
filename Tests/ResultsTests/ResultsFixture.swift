import Foundation
import GRDB
import Model
import Results
import StageKit
import TestSupport

/// A results database in a folder of its own, gone with the value.
final class ResultsFixture {
    let folder: URL
    var path: String { folder.appending(path: "results.sqlite").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "results-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Opens the database that stands there.
    func database() throws -> ResultsDatabase { try ResultsDatabase(at: path) }

    /// Writes `documents` and the decisions of the handmade corpus; `edit` may do more before the end.
    @discardableResult
    func write(
        _ documents: [HandmadeDocument] = HandmadeCorpus.documents, fresh: Bool = true, layers: [LayerName] = [],
        leftOut: [LeftOut] = [], edit: (ResultsWriter) throws -> Void = { _ in }
    ) throws -> [String: ContentDigest] {
        let writer = try database().begin(fresh: fresh, layers: layers)
        for (key, decision) in HandmadeCorpus.decisions { try writer.put(decision, on: key) }
        for document in documents { try writer.put(DocumentResult(document)) }
        try edit(writer)
        return try writer.finish(runKey: "key", leftOut: leftOut, about: [(key: "release", value: "1.0")])
    }

    /// The rows of a query, each value as text and NULL as `-`.
    func rows(_ sql: String) throws -> [String] {
        try DatabaseQueue(path: path).read { db in
            try Row.fetchAll(db, sql: sql).map { row in
                row.databaseValues.map { $0.isNull ? "-" : String.fromDatabaseValue($0) ?? "\($0)" }
                    .joined(separator: "|")
            }
        }
    }
}

extension DocumentResult {
    init(_ document: HandmadeDocument) {
        self.init(
            id: document.id, sha256: "digest of \(document.id)", byteCount: document.source.count,
            layers: document.layers)
    }
}
