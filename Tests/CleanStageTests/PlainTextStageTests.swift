import StageKit
import Testing
import Text

@testable import CleanStage

@Suite("Without 'clean' the text stays as it is")
struct PlainTextStageTests {
    private func paragraphs(_ text: String) async throws -> [String] {
        let graph = try StepGraph(try Step.prepare(PlainTextStage.self))
        let document = MemoryRun.Document(DocumentFacts(id: "a"), source: Array(text.utf8))
        let layers = try await MemoryRun(graph, over: [document]).documents[0].layers
        let bytes = try #require(try layers.value(DocumentText.self)).bytes
        #expect(bytes == Array(text.utf8))
        return try #require(try layers.value(Blocks.self)).blocks.map { UTF8Decoding.string(bytes, $0.span) }
    }

    @Test("a line is a paragraph, a heading above one too")
    func lines() async throws {
        #expect(
            try await paragraphs("A heading\nFirst line.\n\nSecond line.") == [
                "A heading", "First line.", "Second line.",
            ])
    }

    @Test("a line that breaks off in the middle of a sentence goes on in the next")
    func brokenLines() async throws {
        #expect(try await paragraphs("The wall gave way\nin the night.") == ["The wall gave way\nin the night."])
        let wrapped = "The harbour wall gave way in the night of Friday, and on\nSaturday nobody knew why."
        #expect(try await paragraphs(wrapped) == [wrapped])
    }

    @Test("an end mark or a short line keeps what follows apart")
    func endedLines() async throws {
        #expect(try await paragraphs("It fell.\nand rose.").count == 2)
        #expect(try await paragraphs("List of names\nAda\nBruno").count == 3)
    }
}
