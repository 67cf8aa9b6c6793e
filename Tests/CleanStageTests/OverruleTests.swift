import StageKit
import Testing
import Text

@testable import CleanStage

@Suite("The options 'keep' and 'remove'")
struct OverruleTests {
    private static let story =
        "The ferry office closed at noon, and nobody in the queue had been told why it would not open."
    private static let documents: [(format: DocumentFormat, source: String)] = [
        (.text, "\(story)\n\nImage credit: M. Quill\n\nThe plums were lost, all of them, to the pigs of the farm."),
        (
            .markdown,
            "\(story)\n\n*Image credit:* [M. Quill](https://quill.example)\n\nThe plums were **lost**, all of them, to the pigs of the farm."
        ),
        (
            .html,
            "<p>\(story)</p><p>Image credit: M. Quill</p><p>The plums were <b>lost</b>, all of them, to the pigs of the farm.</p>"
        ),
    ]

    @Test("overrule the rules in every format", arguments: documents.map(\.format))
    func formats(format: DocumentFormat) async throws {
        let source = try #require(Self.documents.first { $0.format == format }).source
        let plain = try await Cleaned(source, format: format)
        #expect(try !plain.text().contains("Image credit"))
        let cleaned = try await Cleaned(
            source, format: format,
            options: ["keep": .list([.string("image credit*")]), "remove": .list([.string("* plums were *")])])
        #expect(try cleaned.text() == "\(Self.story)\n\nImage credit: M. Quill")
        let removed = try #require(try cleaned.blocks().first { !$0.isKept })
        #expect(removed.reason == "removed by the pipeline")
        #expect(removed.removedText == "The plums were lost, all of them, to the pigs of the farm.")
        #expect(removed.removedSource.end > removed.removedSource.start)
    }

    @Test("fit whole blocks: a pattern without stars is no part of a longer line")
    func wholeBlocks() async throws {
        let cleaned = try await Cleaned(Self.documents[0].source, options: ["remove": .list([.string("plums")])])
        #expect(try cleaned.text().contains("The plums were lost"))
    }

    @Test("bring back what stands outside the main text of a page")
    func outside() async throws {
        let long = String(repeating: Self.story + " ", count: 3)
        let page = "<nav><p>Tide today: high at six</p></nav><article><p>\(long)</p><p>\(long)!</p></article>"
        #expect(try await !Cleaned(page, format: .html).text().contains("Tide today"))
        let kept = try await Cleaned(page, format: .html, options: ["keep": .list([.string("tide today: *")])])
        #expect(try kept.text().hasPrefix("Tide today: high at six\n\n"))
    }
}
