import StageKit
import Testing
import Text

@testable import CleanStage

struct HostileInputTests {
    @Test("random bytes never crash a reader, and give valid text", arguments: DocumentFormat.allCases)
    func randomBytes(format: DocumentFormat) async throws {
        var random = Seeded(state: 99)
        let alphabet =
            Array("<>/&;#=\"'![]()*_`-| \n\tabcDE0129".utf8) + [0xC3, 0xA9, 0xE2, 0x80, 0x99, 0xFF, 0xED, 0xA0]
        for round in 0..<200 {
            let bytes = (0..<random.next(600)).map { _ in
                round % 4 == 0 ? UInt8(random.next(256)) : alphabet[random.next(alphabet.count)]
            }
            let cleaned = try await Cleaned([("a", bytes)], format: format)
            guard cleaned.failure() == nil else { continue }
            let text = try #require(try cleaned.run.documents[0].layers.value(DocumentText.self)).bytes
            #expect(String(validating: text, as: UTF8.self) != nil)
            for block in try cleaned.blocks() {
                #expect(UTF8Decoding.isBoundary(block.span.start, in: text))
                #expect(UTF8Decoding.isBoundary(block.span.end, in: text))
            }
        }
    }

    @Test("a page of 200,000 nested elements is read")
    func deepNesting() async throws {
        let page = String(repeating: "<div>", count: 200_000) + "<p>At the bottom of it all stands a sentence.</p>"
        let cleaned = try await Cleaned(page, format: .html)
        #expect(try cleaned.text() == "At the bottom of it all stands a sentence.")
    }

    @Test("what stands in a page that nests too deep leads back to its bytes")
    func deepWayBack() async throws {
        let source = Array(("<pre>" + String(repeating: "<div>x\n", count: 900) + "</pre>").utf8)
        let cleaned = try await Cleaned([("a", source)], format: .html)
        #expect(try OriginCheck.problems(cleaned, source: source) == [])
    }

    @Test("an attribute of megabytes is read")
    func longAttribute() async throws {
        let page = "<div class='" + String(repeating: "a ", count: 1_000_000) + "'><p>A sentence stands here.</p></div>"
        #expect(try await Cleaned(page, format: .html).text() == "A sentence stands here.")
    }

    @Test("a page of 100,000 open formatting elements is read")
    func openFormatting() async throws {
        let page = String(repeating: "<b><i><u>", count: 30_000) + "<p>A sentence stands here.</p>"
        #expect(try await Cleaned(page, format: .html).text().contains("A sentence stands here."))
    }

    @Test("one line of several megabytes is read")
    func longLine() async throws {
        let line = String(repeating: "The wall at Skerrow is long – “very” long – and so is this line. ", count: 60_000)
        let text = try await Cleaned(line).text()
        #expect(text.utf8.count == line.utf8.count - 1)
    }

    @Test("200,000 brackets that nothing closes are read", .timeLimit(.minutes(1)))
    func brackets() async throws {
        let text = String(repeating: "[", count: 200_000) + " and some words"
        #expect(try await Cleaned(text, format: .markdown).text().hasSuffix("and some words"))
    }
}
