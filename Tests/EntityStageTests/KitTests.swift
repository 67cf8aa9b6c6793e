import Foundation
import SegmentStage
import StageKit
import TestSupport
import Testing
import Text

@testable import EntityStage

/// The shipped model held against texts that it was not trained on, where the development kit stands beside the
/// project. Floors stand a little below what is reached.
@Suite("Names in the kit's texts")
struct KitTests {
    private static let kit = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared/eval/data/entities"
    ).standardizedFileURL

    private static var isPresent: Bool {
        FileManager.default.fileExists(atPath: kit.appending(path: "uner-ewt-dev.jsonl").path)
    }

    private struct Row: Decodable {
        struct Mark: Decodable, Hashable {
            var start: Int
            var end: Int
            var type: String
        }
        var text: String
        var mentions: [Mark]
    }

    @Test(
        "persons, organizations and places are found in texts from the web",
        .enabled(if: isPresent, "the development kit does not stand beside the project"))
    func web() async throws {
        let data = try Data(contentsOf: Self.kit.appending(path: "uner-ewt-dev.jsonl"))
        let rows = try data.split(separator: 0x0A).map { try JSONDecoder().decode(Row.self, from: $0) }
        let steps =
            try Step.prepare(PlainTextStage.self) + Step.prepare(SegmentStage.self) + Step.prepare(EntityStage.self)
        let documents = rows.enumerated().map {
            MemoryRun.Document(DocumentFacts(id: "\($0)", format: .record), source: Array($1.text.utf8))
        }
        let run = try await MemoryRun(StepGraph(steps), over: documents, jobs: 2)
        var agreement = Agreement()
        for (row, document) in zip(rows, run.documents) {
            // code points at each byte
            var points: [Int] = []
            for (k, scalar) in row.text.unicodeScalars.enumerated() {
                points += Array(repeating: k, count: scalar.utf8.count)
            }
            points.append(row.text.unicodeScalars.count)
            let kinds = NameLabel.kinds
            let found = try #require(try document.layers.value(Mentions.self)).mentions.filter {
                kinds.contains($0.kind)
            }
            .map { Row.Mark(start: points[$0.span.start], end: points[$0.span.end], type: $0.kind.label) }
            let marked = Set(row.mentions.filter { mark in kinds.contains { $0.label == mark.type } })
            agreement.found += found.count
            agreement.marked += marked.count
            agreement.right += found.count { marked.contains($0) }
        }
        let measure = 2 * Double(agreement.right) / Double(agreement.found + agreement.marked)
        #expect(measure >= 0.62, "strict F \(measure): \(agreement)")
    }
}
