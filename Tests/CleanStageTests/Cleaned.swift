import StageKit
import Testing
import Text

@testable import CleanStage

/// Documents run through `clean` in memory.
struct Cleaned {
    let run: MemoryRun

    init(
        _ sources: [(id: String, bytes: [UInt8])], format: DocumentFormat = .text, row: [MetadataField] = [],
        options: [String: OptionValue] = [:]
    ) async throws {
        let steps = try Step.prepare(CleanStage.self, options: options)
        run = try await MemoryRun(
            StepGraph(steps),
            over: sources.map {
                MemoryRun.Document(
                    DocumentFacts(id: $0.id, folder: "outlet", format: format, row: row), source: $0.bytes)
            })
    }

    init(_ text: String, format: DocumentFormat = .text, options: [String: OptionValue] = [:]) async throws {
        try await self.init([("a", Array(text.utf8))], format: format, options: options)
    }

    func text(_ k: Int = 0) throws -> String {
        String(decoding: try run.documents[k].layers.value(DocumentText.self)?.bytes ?? [], as: UTF8.self)
    }

    func metadata(_ k: Int = 0) throws -> Metadata { try #require(try run.documents[k].layers.value(Metadata.self)) }

    func blocks(_ k: Int = 0) throws -> [Blocks.Block] {
        try #require(try run.documents[k].layers.value(Blocks.self)).blocks
    }

    func origin(_ k: Int = 0) throws -> Origin { try #require(try run.documents[k].layers.value(Origin.self)) }

    func failure(_ k: Int = 0) -> StageFailure? { run.documents[k].failure }
}
