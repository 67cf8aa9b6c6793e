import StageKit
import Testing

@testable import CleanStage

@Suite("The lines above a plain text")
struct TextHeadTests {
    private static let story =
        "The rope walk was built in the year of the great frost, and the town paid for it with the money that had been put aside for a bridge."

    private func head(_ lines: String...) async throws -> (title: String?, date: String?, author: String?, text: String)
    {
        let cleaned = try await Cleaned((lines + [Self.story]).joined(separator: "\n\n"))
        let metadata = try cleaned.metadata()
        return (metadata.title, metadata.date, metadata.author, try cleaned.text())
    }

    @Test(
        "a headline above a byline is the title, and the short first paragraph below it is text",
        arguments: [
            "ROPE WALK BURNS DOWN", "Rope walk burns down", "Who set fire to the rope walk?",
        ])
    func headline(title: String) async throws {
        let found = try await head(title, "By Mara Quill", "The rope walk burned down on Sunday.")
        #expect(found.title == title && found.author == "Mara Quill")
        #expect(found.text == "\(title)\n\nThe rope walk burned down on Sunday.\n\n\(Self.story)")
    }

    @Test("a headline above a date is the title, and so is one between a date and a byline")
    func dates() async throws {
        let above = try await head("Rope walk burns down", "19 January 2026", "Nobody was hurt.")
        #expect(above.title == "Rope walk burns down" && above.date == "2026-01-19")
        #expect(above.text.contains("Nobody was hurt."))
        let between = try await head("19 January 2026", "Rope walk burns down", "By Mara Quill", "It burned all night.")
        #expect(between.title == "Rope walk burns down" && between.text.contains("It burned all night."))
    }

    @Test("the name of the paper above a headline with a byline stays")
    func paper() async throws {
        let found = try await head("The Orle Courant", "Rope walk burns down", "By Mara Quill", "It burned all night.")
        #expect(found.title == "Rope walk burns down")
        #expect(found.text.hasPrefix("The Orle Courant\n\nRope walk burns down\n\nIt burned"))
    }

    @Test(
        "a sentence is no title, nor is an address, a turn of a conversation or a row of a table",
        arguments: [
            "The rope walk burned down on Sunday.", "https://courant.example/2026/rope-walk",
            "Mara: Did you see the fire?",
            "Year    Ropes   Walks\n2019    1,204   31\n2020    1,310   29",
        ])
    func noTitle(first: String) async throws {
        #expect(try await head(first, "Smoke hung over the quay for a week.").title == nil)
    }

    @Test("an old title may end with a full stop")
    func fullStop() async throws {
        #expect(try await head("CHAPTER THE FIRST.").title == "CHAPTER THE FIRST.")
        #expect(try await head("The History of the Rope Walk.").title == "The History of the Rope Walk.")
    }

    @Test("a name between title and date is the author, a place or a heading is not")
    func bareNames() async throws {
        let named = try await head("Rope walk burns down", "Mara Quill", "19 January 2026")
        #expect(named.author == "Mara Quill")
        for line in ["Rope Quay", "Orle Harbour", "To Mara Quill", "Year Ropes Walks"] {
            let found = try await head("Rope walk burns down", line)
            #expect(found.author == nil && found.text.contains(line))
        }
        #expect(try await head("Rope walk burns down", "Low Quay", "19 January 2026").author == nil)
        #expect(try await head("Rope walk burns down", "By Monday").author == nil)
    }

    @Test(
        "a head of fields says title, author and day of a message or a book and is no text",
        arguments: [
            "From: Mara Quill <quill@orle.example>\nTo: Jon Reed <reed@orle.example>\nSubject: The rope walk\nDate: Mon, 19 Jan 2026 08:12:44 +0100\nX-Mailer: Gull 3",
            "Title: The rope walk\n\nAuthor: Mara Quill\n\nDate: 19 January 2026\n\nLanguage: English",
            "Received: from gull by tern;\n   Mon, 19 Jan 2026 08:12:44 +0100\nFrom: quill@orle.example (Mara Quill)\nSubject: The rope\n walk\nDate: 19 Jan 2026 08:12 +0100",
        ])
    func fields(head: String) async throws {
        let cleaned = try await Cleaned("\(head)\n\n\(Self.story)")
        let metadata = try cleaned.metadata()
        #expect([metadata.title, metadata.author, metadata.date] == ["The rope walk", "Mara Quill", "2026-01-19"])
        #expect(try cleaned.text() == Self.story)
        #expect(try cleaned.blocks().filter { !$0.isKept }.allSatisfy { $0.reason == FileHead.reason })
    }

    @Test("what a library puts around a book is no text, and its day of release is not the book's")
    func library() async throws {
        let cleaned = try await Cleaned(
            """
            The Gull Library's Electronic Book of The Rope Walk

            Title: The Rope Walk

            Author: Mara Quill

            Release Date: January 19, 2026

            *** START OF THE GULL LIBRARY BOOK THE ROPE WALK ***

            CHAPTER I

            \(Self.story)

            *** END OF THE GULL LIBRARY BOOK THE ROPE WALK ***

            Copies of this file may be given to anybody who asks for one.
            """)
        let metadata = try cleaned.metadata()
        #expect([metadata.title, metadata.author, metadata.date] == ["The Rope Walk", "Mara Quill", nil])
        #expect(try cleaned.text() == "CHAPTER I\n\n\(Self.story)")
    }

    @Test("lines of a text that look like fields are text")
    func noFields() async throws {
        let text = "Killed: 3\n\nMissing: none\n\nNote: the figures are those of Monday\n\n\(Self.story)"
        #expect(try await Cleaned(text).text() == text)
        let minutes = "Date: 19 January 2026\nPresent: Mara Quill, Jon Reed\n\n\(Self.story)"
        #expect(try await Cleaned(minutes).text().contains("Present: Mara Quill, Jon Reed"))
    }
}
