import Foundation
import Results
import SegmentStage
import StageKit
import Text

@testable import Words

/// The results of documents whose words `segment` has cut, in a folder that is gone with the value.
final class WordsFixture {
    let folder: URL
    var database: ResultsDatabase {
        get throws { try ResultsDatabase(at: folder.appending(path: "results.sqlite").path) }
    }

    /// A document by its path, text and metadata.
    typealias Document = (id: String, text: String, metadata: [String: String])

    init(_ documents: [Document]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "words-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let writer = try database.begin(fresh: true)
        for document in documents {
            try writer.put(
                DocumentResult(
                    id: document.id, sha256: document.id, byteCount: document.text.utf8.count,
                    layers: try Self.layers(document)))
        }
        _ = try writer.finish(runKey: "key", leftOut: [], about: [])
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static func layers(_ document: Document) throws -> LayerSet {
        let text = Array(document.text.utf8)
        let layers = LayerSet()
        layers.set(DocumentText(text))
        layers.set(Metadata(document.metadata.sorted { $0.key < $1.key }.map { .init($0.key, $0.value, .row) }))
        layers.set(Blocks([.init(.paragraph, ByteSpan(0, text.count))]))
        let step = try SegmentStep(options: OptionReader([:], descriptions: SegmentStage.description.options))
        let output = try step.run(
            StepInput(layers: layers, facts: DocumentFacts(id: document.id), contract: SegmentStep.contract))
        layers.set(output)
        return layers
    }

    /// Finds a pattern; each line as `left|node|right`.
    func lines(_ pattern: String, _ change: (inout Concordance.Request) -> Void = { _ in }) throws -> [String] {
        try find(pattern, change).groups.flatMap(\.lines).map { "\($0.left)|\($0.node)|\($0.right)" }
    }

    /// Finds a pattern.
    func find(_ pattern: String, _ change: (inout Concordance.Request) -> Void = { _ in }) throws -> Concordance {
        var request = Concordance.Request(try WordPattern(pattern))
        change(&request)
        return try database.searching { try Concordance(request, in: $0) }
    }

    /// The nodes that a pattern finds.
    func nodes(_ pattern: String, _ folding: SearchFolding = .folded) throws -> [String] {
        try find(pattern) { $0.folding = folding }.groups.flatMap(\.lines).map(\.node)
    }
}
