import Foundation
import Model
import Results
import StageKit
import TestSupport

/// A results database of the handmade corpus, in a folder that goes with the value.
final class ExportSample {
    private let folder: URL
    let results: ResultsDatabase

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "export-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        results = try ResultsDatabase(at: folder.appending(path: "results.sqlite").path)
        let writer = try results.begin(fresh: true)
        for (key, decision) in HandmadeCorpus.decisions { try writer.put(decision, on: key) }
        for document in HandmadeCorpus.documents {
            try writer.put(
                DocumentResult(
                    id: document.id, sha256: "digest of \(document.id)", byteCount: document.source.count,
                    layers: document.layers))
        }
        _ = try writer.finish(
            runKey: "key",
            leftOut: [
                LeftOut(
                    id: "b.txt", stage: "clean", failure: StageFailure("it is \"empty\", they say", code: "empty")),
                LeftOut(id: "c.txt", failure: StageFailure("line one\nline two", hint: "hint", code: "code")),
            ], about: [])
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
