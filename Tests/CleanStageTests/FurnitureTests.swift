import StageKit
import Testing
import Text

@testable import CleanStage

struct FurnitureTests {
    private let story = """
        The ferry office closed at noon, and nobody in the queue had been told why it would not open again that week.

        “We heard it from the gulls,” said Mara Quill, who had been waiting since eight with two crates of plums.
        """

    @Test("a plea of several paragraphs is taken out with its list, and the story stays")
    func plea() async throws {
        let cleaned = try await Cleaned(
            story + """


                We need your help to stay afloat

                Everything we publish is free to you, and our reporting is paid for by readers alone. Please support us.

                For that you get:

                * A letter each month
                * Our thanks

                With your help we can go on for years to come, and we will never put up a paywall.

                Support us
                """)
        #expect(try cleaned.text() == story)
        #expect(try cleaned.blocks().filter { !$0.isKept }.allSatisfy { $0.reason == "donation request" })
    }

    @Test("a plea in the middle of a story ends where the story goes on")
    func pleaInTheMiddle() async throws {
        let parts = story.split(separator: "\n\n").map(String.init)
        let text = try await Cleaned(parts[0] + "\n\nSupport us and see no ads\n\n" + parts[1]).text()
        #expect(text == story)
    }

    @Test("comments between their count and their form are taken out")
    func comments() async throws {
        let chrome =
            "\n\n2 comments:\n\nNetta said...\n\nI never saw a plum that day, and I was there from the start.\n\nPost a Comment"
        #expect(try await Cleaned(story + chrome).text() == story)
    }

    @Test("a line that a publisher repeats with another number of its series is furniture, a title with one is not")
    func recurringLine() async throws {
        let sources = (0..<5).map { k in
            (
                id: "\(k)",
                bytes: Array(
                    ("Evening paper no. \(k)\n\nHarbour bulletin no. \(k), late tide\n\n\(story)\n\n"
                        + "Story \(k) ends here, with a turn of its own that nobody on the quay had seen coming.").utf8)
            )
        }
        let cleaned = try await Cleaned(sources.map { ($0.id, $0.bytes) })
        for k in 0..<5 {
            #expect(try !cleaned.text(k).contains("bulletin"))
            #expect(try cleaned.text(k).hasPrefix("Evening paper no. \(k)\n\n"))
        }
    }

    @Test("a sentence that two documents quote stays")
    func quotedSentence() async throws {
        let quoted = "The wall was inspected in the spring by two engineers who found nothing to report at all."
        let cleaned = try await Cleaned(
            (0..<4).map { k in
                let own = "Document \(k) has a beginning that no other document has, and it goes on for a while here."
                let end = "Document \(k) also has an end, which is its own affair and of no interest to the other ones."
                let middle = k < 2 ? [own, quoted, end] : [own, end]
                return ("\(k)", Array(middle.joined(separator: "\n\n").utf8))
            })
        #expect(try cleaned.text(0).contains(quoted))
        #expect(try cleaned.text(1).contains(quoted))
    }

    @Test("a caption that is nothing but a credit is taken out, one that shows something stays with its credit")
    func captions() async throws {
        let figures = ["Photo: M. Quill", "Getty Images", "(AP Photo/M. Quill)", "The quay at noon. Photo: M. Quill"]
        let page = figures.map { "<figure><img><figcaption>\($0)</figcaption></figure>" }.joined()
        let cleaned = try await Cleaned("<article><p>\(story)</p>\(page)<p>\(story)!</p></article>", format: .html)
        let captions = try cleaned.blocks().filter { $0.kind == .caption }
        #expect(captions.map(\.isKept) == [false, false, false, true])
        #expect(try cleaned.text().contains("The quay at noon. Photo: M. Quill"))
    }

    @Test("'keep' and 'remove' overrule what was decided")
    func options() async throws {
        let cleaned = try await Cleaned(
            story + "\n\nImage credit: M. Quill\n\nThe plums were lost.",
            options: ["keep": .list([.string("image credit*")]), "remove": .list([.string("* plums were *")])])
        let text = try cleaned.text()
        #expect(text.contains("Image credit: M. Quill"))
        #expect(!text.contains("The plums were lost."))
    }

    @Test("a removed block keeps its words, its place and its bytes")
    func removedBlock() async throws {
        let source = story + "\n\nFeatured image via M. Quill"
        let block = try #require(try await Cleaned(source).blocks().last)
        #expect(block.removedText == "Featured image via M. Quill")
        #expect(block.reason == "image credit")
        #expect(Array(source.utf8)[block.removedSource.range].elementsEqual("Featured image via M. Quill".utf8))
    }
}
