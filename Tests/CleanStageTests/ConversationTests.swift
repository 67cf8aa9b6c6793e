import StageKit
import Testing

@testable import CleanStage

@Suite("Conversations and pages of books")
struct ConversationTests {
    @Test(
        "each turn is a block",
        arguments: [
            "[03/05/2031, 09:12:44] Mara: The plums are gone\n[03/05/2031, 09:13:02] Jon: All of them? When did it happen\n[03/05/2031, 09:14:10] Mara: In the night",
            "03/05/2031, 09:12 - Mara: The plums are gone\n03/05/2031, 09:13 - Jon: All of them, down to the last of them\n03/05/2031, 09:14 - Mara: Yes",
            "09:12 Mara: The plums are gone\n09:13 Jon: All of them? When did that happen\n09:14 Mara: In the night of Sunday",
            "<mara> the plums are gone, all of them\n<jon> when did that happen, do you know\n<mara> in the night of sunday",
            "MARA: The plums are gone, and the crates with them\nJON: All of them? When did that happen, do you know\nMARA: In the night of Sunday, when the choir sang",
            "Q: Did you see anybody near the crates in the night\nA: Nobody, but I heard the choir sing until the morning\nQ: All of it, then, or only a part of the singers",
        ])
    func turns(chat: String) async throws {
        let cleaned = try await Cleaned(chat)
        #expect(try cleaned.text() == chat.split(separator: "\n").joined(separator: "\n\n"))
        #expect(try cleaned.metadata().title == nil)
    }

    @Test("a turn of several lines is one block")
    func longTurns() async throws {
        let cleaned = try await Cleaned(
            """
            INTERVIEWER: When did you first hear that the crates had been
            opened, and whom did you tell about it?
            MARA QUILL: I heard it from the gulls in the spring, and I told
            the captain, who did nothing at all.
            INTERVIEWER: And then?
            """)
        #expect(
            try cleaned.text().split(separator: "\n\n").map { $0.prefix { $0 != ":" } } == [
                "INTERVIEWER", "MARA QUILL", "INTERVIEWER",
            ])
    }

    @Test("a wrapped paragraph in which a line begins with a word and a colon is one block")
    func noTurn() async throws {
        let text = """
            The board of the ferry met in the hall of the school, and the outcome
            Vote: nine for it and three against, was read out by the clerk of the
            town at noon, as the law of the land had asked for since the frost of
            the year in which the rope walk had been built by the grandfathers.
            """
        #expect(try await Cleaned(text).text() == text.split(separator: "\n").joined(separator: " "))
    }

    private static let book = """
                            A BOOK OF FERRIES                       41

           The ferry of Orle was built by a man who had never seen the
        sea, and who had been told that it was flat. For eleven years it
        carried plums to the islands and nothing back, since nobody there
        had anything that the town would have wan-

        42                   A BOOK OF FERRIES

        ted. In the twelfth year it carried a choir, which sang all the way and
        was asked to walk home. The captain wrote in his log that he had
        heard worse, though he did not say where, and that the

        43                   A BOOK OF FERRIES

        plums had not minded. Then it was laid up for the winter.
        """

    @Test("a running head with its page number interrupts no sentence and no word")
    func runningHeads() async throws {
        let cleaned = try await Cleaned(Self.book)
        let text = try cleaned.text()
        #expect(text.contains("would have wanted. In the twelfth"))
        #expect(text.contains("and that the plums had not minded."))
        #expect(try cleaned.metadata().title == "A BOOK OF FERRIES")
        #expect(try cleaned.blocks().filter { $0.reason == "running head" }.count == 2)
        #expect(try OriginCheck.problems(cleaned, source: Array(Self.book.utf8)) == [])
    }

    @Test("page numbers alone interrupt no sentence, in brackets, behind the word for a page or behind a form feed")
    func pageNumbers() async throws {
        for (first, second) in [
            ("17", "18"), ("- 17 -", "- 18 -"), ("[17]", "[18]"), ("Page 17", "Page 18"), ("xvii", "xviii"),
        ] {
            let book = Self.book.replacing("42                   A BOOK OF FERRIES", with: first)
                .replacing("43                   A BOOK OF FERRIES", with: second)
            let text = try await Cleaned(book).text()
            #expect(text.contains("would have wanted. In the twelfth"))
            #expect(text.contains("and that the plums had not minded."))
        }
    }

    @Test("a running head on a line beside the number of the page interrupts no sentence and no word")
    func headsBesideNumbers() async throws {
        for (first, second) in [
            ("42\n\nA BOOK OF FERRIES", "43\n\nA BOOK OF FERRIES"),
            ("A BOOK OF FERRIES\n\n42", "A BOOK OF FERRIES\n\n43"),
        ] {
            let book = Self.book.replacing("42                   A BOOK OF FERRIES", with: first)
                .replacing("43                   A BOOK OF FERRIES", with: second)
            let cleaned = try await Cleaned(book)
            let text = try cleaned.text()
            #expect(text.contains("would have wanted. In the twelfth"), "\(text)")
            #expect(text.contains("and that the plums had not minded."), "\(text)")
            #expect(try cleaned.blocks().filter { $0.reason == "running head" }.count == 2)
        }
    }

    @Test("numbered headings and bare numbers of chapters stay")
    func chapters() async throws {
        let chapter =
            "The ferry of Orle was built by a man who had never seen the sea, and who had been told that it was flat."
        for heads in [
            ["1", "2", "3"], ["CHAPTER ONE 1", "CHAPTER ONE 2", "CHAPTER ONE 3"],
            ["Report of watch 1", "Report of watch 2", "Report of watch 3"],
        ] {
            let text = try await Cleaned(
                heads.map { "\($0)\n\n\(chapter) So much for \($0)." }.joined(separator: "\n\n")
            ).text()
            #expect(heads.allSatisfy { text.contains("\($0)\n\n") })
        }
    }
}
