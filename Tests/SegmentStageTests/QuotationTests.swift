import SegmentStage
import StageKit
import Testing

@Suite("Quotations")
struct QuotationTests {
    @Test(
        "marks of every kind pair",
        arguments: [
            "\"We all knew it,\" she said.", "“We all knew it,” she said.", "'We all knew it,' she said.",
            "‘We all knew it,’ she said.", "„We all knew it,“ she said.", "«We all knew it,» she said.",
            "»We all knew it,« she said.", "« We all knew it, » she said.", "‹We all knew it,› she said.",
        ])
    func marks(text: String) throws {
        let found = try Segmented(text)
        #expect(found.quoted.map { $0.replacing(" ", with: "") } == ["Weallknewit,"])
        #expect(found.quotations.map(\.form) == [.marked])
        #expect(found.quotations.map(\.closed) == [true])
    }

    @Test("a quotation in a quotation is one deeper")
    func nested() throws {
        let found = try Segmented("“He told me ‘the wall will fall’ and left,” she said.")
        #expect(found.quoted == ["He told me ‘the wall will fall’ and left,", "the wall will fall"])
        #expect(found.quotations.map(\.depth) == [0, 1])
    }

    @Test("apostrophes are no quotation marks")
    func apostrophes() throws {
        #expect(try Segmented("The workers' wall wasn't Kern's in the '90s, 'tis said.").quotations.isEmpty)
        #expect(try Segmented("‘It wasn’t the workers’ fault,’ he said.").quoted == ["It wasn’t the workers’ fault,"])
    }

    @Test("paragraphs that each open while only the last closes are one quotation")
    func paragraphs() throws {
        let found = try Segmented(["She said: “The wall fell.", "“Nobody helped us.", "“We left.”", "Kern denies it."])
        #expect(found.quoted == ["The wall fell.\n\n“Nobody helped us.\n\n“We left."])
        #expect(found.quotations.map(\.closed) == [true])
    }

    @Test("single marks go on over paragraphs too, where the next one opens with one")
    func singleParagraphs() throws {
        let found = try Segmented([
            "‘We know what straight is,’ she says. ‘It was out.", "‘It came back wet.’", "‘No.’",
        ])
        #expect(found.quoted == ["We know what straight is,", "It was out.\n\n‘It came back wet.", "No."])
    }

    @Test("where the narrator speaks again, quoted words end, even if somebody says “we” there")
    func narrator() throws {
        let words = "There are people in that town who wanted to be proved right."
        let found = try Segmented([
            "The minister then told the house:", words,
            "The keepers denied that they had touched it. ‘We have a stick,’ said Otto Kern, their founder.",
        ])
        #expect(found.quoted.first == words)
    }

    @Test("a quotation that nothing closes ends with its paragraph and says so")
    func unclosed() throws {
        let found = try Segmented(["She said: “The wall fell.", "Kern denies it."])
        #expect(found.quoted == ["The wall fell."])
        #expect(found.quotations.map(\.closed) == [false])
    }

    @Test("a stray mark in the middle of a sentence is no quotation")
    func stray() throws {
        #expect(try Segmented(["The crane (known as \"Old Otto) was 5 m high.", "It fell."]).quotations.isEmpty)
    }

    @Test("a word or two that nobody says are kept at a distance")
    func scare() throws {
        let found = try Segmented("The “repair” was a disaster. Kern said it was “a small defect.”")
        #expect(found.quotations.map(\.form) == [.scare, .marked])
    }

    @Test(
        "a paragraph behind a colon and a verb of saying is a quotation",
        arguments: [
            "In 2023, a former engineer told the Lamp:", "Asked about the wall, our source said very clearly:",
            "It insisted:", "According to Otto Kern, who is the harbour master,",
        ])
    func block(introduction: String) throws {
        let words = "The wall was never inspected by anybody in those years."
        let found = try Segmented([introduction, words, "The inquiry goes on next week in the town hall."])
        #expect(found.quoted == [words])
        #expect(found.quotations.map(\.form) == [.block])
    }

    @Test("the words go on in the next paragraph while somebody speaks of themselves")
    func longBlock() throws {
        let found = try Segmented([
            "Kern told the inquiry:", "We warned the board in the spring of that year.",
            "Our letters were never answered by anyone there.", "Indeed, the letters are in the files of the board.",
        ])
        #expect(
            found.quoted == [
                "We warned the board in the spring of that year.\n\nOur letters were never answered by anyone there."
            ])
    }

    @Test(
        "a colon that shows a film, a list or a heading is none",
        arguments: [
            [
                "One film shows the wall as it came down in the night:",
                "The port has been closed since the third of May.",
            ],
            ["Kern said that the wall had been safe for years:", "The port has been closed since the third of May."],
            ["She told us what to bring:", "Sand and stone"],
        ])
    func noBlock(paragraphs: [String]) throws {
        #expect(try Segmented(paragraphs).quotations.isEmpty)
    }

    @Test("blocks that are laid out as quotations are one, and closed")
    func laidOut() throws {
        let found = try Segmented(
            ["The letter:", "We are sorry.", "It will not happen again.", "It did."],
            kinds: [.paragraph, .quote, .quote, .paragraph])
        #expect(found.quoted == ["We are sorry.\n\nIt will not happen again."])
        #expect(found.quotations.map(\.closed) == [true])
    }
}
