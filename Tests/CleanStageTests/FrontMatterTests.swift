import StageKit
import Testing

@testable import CleanStage

@Suite("Front matter of Markdown files")
struct FrontMatterTests {
    private static let body = "The ferry office of Marrow Sound stayed shut all week, and nobody was told why it did."

    /// The metadata of a file with this head, and what is left of it as text.
    private func read(_ head: String) async throws -> (metadata: Metadata, text: String) {
        let cleaned = try await Cleaned(head + "\n\n" + Self.body + "\n", format: .markdown)
        return (try cleaned.metadata(), try cleaned.text())
    }

    @Test(
        "YAML is read as YAML",
        arguments: [
            ("title: >-\n  The Office\n  of the Sound", "title", "The Office of the Sound"),
            ("title: |\n  The Office\n  of the Sound", "title", "The Office of the Sound"),
            ("title: 'Nell''s office'", "title", "Nell's office"),
            ("title: \"The \\u00e9cole: a \\\"school\\\"\"", "title", "The école: a \"school\""),
            ("title: The office # of the ferry", "title", "The office"),
            ("title: The office &amp; the pier", "title", "The office & the pier"),
            ("title: The\n  long office", "title", "The long office"),
            ("headline: Shut", "title", "Shut"),
            ("headline: Second\ntitle: First", "title", "First"),
            ("author: [Mara Quill, \"Tam Reed\"]", "author", "Mara Quill, Tam Reed"),
            ("author:\n- Mara Quill\n- 'Reed, Tam'", "author", "Mara Quill, Reed, Tam"),
            ("authors:\n  - {name: Mara Quill, role: editor}\n  - name: Tam Reed", "author", "Mara Quill, Tam Reed"),
            ("author:\n  given: Mara\n  family: Quill", "author", "Mara Quill"),
            ("x: &who Mara Quill\nauthor: *who", "author", "Mara Quill"),
            ("base: &b\n  author: Mara Quill\n<<: *b", "author", "Mara Quill"),
            ("date: 2026-01-19 # a Monday", "date", "2026-01-19"),
            ("date: 2026-1-9", "date", "2026-01-09"),
            ("pubDate: Mon, 19 Jan 2026 08:00:00 GMT", "date", "2026-01-19"),
            ("date: !!str 20260119", "date", "2026-01-19"),
            ("seo:\n  robots: none", "seo.robots", "none"),
            ("Publisher: \"The Plum\" # weekly", "publisher", "The Plum"),
            ("tags:\n  - ferry\n  - sound", "tags", "ferry, sound"),
        ])
    func yaml(head: String, key: String, value: String) async throws {
        let (metadata, text) = try await read("---\n\(head)\n---")
        #expect(metadata[key] == value)
        #expect(text == Self.body)
    }

    @Test(
        "what is null or empty is no fact",
        arguments: ["author: null", "author: ~", "author:", "author: \"\"", "author: []"])
    func nothing(head: String) async throws {
        let (metadata, text) = try await read("---\ntitle: Shut\n\(head)\n...")
        #expect(metadata.author == nil)
        #expect(metadata.title == "Shut")
        #expect(text == Self.body)
    }

    @Test(
        "what stands between two rules and is no mapping is text",
        arguments: [
            "---\n\nThe board met, and nobody spoke.\n\n---", "---\nThe board met, and nobody spoke.\n---",
            "---\n\nNote: the board met, and nobody spoke.\n\n---", "---\n- one thing\n- another thing\n---",
            "---\nThe board met again: nobody spoke in the hall.\n---", "+++\nThe board met.\n+++",
            "---\n\n# The board\n\nMet: [twice.\n\n---",
        ])
    func rules(head: String) async throws {
        let (metadata, text) = try await read(head)
        for word in head.split(whereSeparator: { !$0.isLetter }) { #expect(text.contains(word)) }
        #expect(metadata.entries.allSatisfy { ["language", "title"].contains($0.key) })
    }

    @Test("YAML with a mistake is read line by line, and the document says so")
    func broken() async throws {
        let (metadata, text) = try await read(
            "---\ntitle: Shut: the office\ndate: 2026-01-19\nauthor:\n  - Mara Quill\n  - Tam Reed\n---")
        #expect(
            [metadata.title, metadata.date, metadata.author] == [
                "Shut: the office", "2026-01-19", "Mara Quill, Tam Reed",
            ])
        #expect(metadata["notice"] == "the front matter is not YAML from line 2 on; it was read line by line")
        #expect(text == Self.body)
    }

    @Test(
        "TOML, JSON, pandoc's lines and lines with a key are read too",
        arguments: [
            """
            +++
            # about
            title = "The \\"office\\" \\u00e9" # shut
            date = 2026-01-19T08:00:00Z
            authors = [
              "Mara Quill", # editor
              'Tam Reed',
            ]
            [params]
            weight = 3
            +++
            """,
            "+++\ntitle = '''The \"office\" é'''\ndate = 2026-01-19 08:00:00\nauthor = [{name = \"Mara Quill\"}, {name = 'Tam Reed'}]\n+++",
            "{\n \"title\": \"The \\\"office\\\" é\", \"date\": \"2026-01-19\",\n \"author\": [\"Mara Quill\", \"Tam Reed\"]\n}",
            "% The \"office\"\n  é\n% Mara Quill; Tam Reed\n% 19 January 2026",
            "% The \"office\" é\n% Mara Quill\n  Tam Reed\n% 2026-01-19",
            "Title: The \"office\" é\nAuthor: Mara Quill,\n  Tam Reed\nDate: 19 Jan 2026\nBase Header Level: 2",
        ])
    func others(head: String) async throws {
        let (metadata, text) = try await read(head)
        #expect(metadata.title == "The \"office\" é")
        #expect(metadata.date?.prefix(10) == "2026-01-19")
        #expect(metadata.author == "Mara Quill, Tam Reed" || metadata.author == "Mara Quill Tam Reed")
        #expect(text == Self.body)
    }

    @Test(
        "what only looks like such a head is text",
        arguments: [
            "+++\ntitle = The office\n+++", "{office} is shut.", "{\"office\": \"shut\"} is what it says.",
            "% of the crew is a bad measure\nand nobody uses it.", "Note: the office is shut.",
            "Quill: It is shut.\nReed: It is not.", "Title: The office\nand it is shut.",
            "The title: a word.", "Time: 10:30\nPlace: the pier",
        ])
    func lookalikes(head: String) async throws {
        let (_, text) = try await read(head)
        for word in head.split(whereSeparator: { !$0.isLetter }) { #expect(text.contains(word), "\(text)") }
    }

    @Test("an author that is a table of TOML is read as one that is a mapping of YAML")
    func authorTable() async throws {
        for head in [
            "+++\ntitle = 'Shut'\n[author]\nname = 'Mara Quill'\n+++", "---\nauthor:\n  name: Mara Quill\n---",
        ] {
            #expect(try await read(head).metadata.author == "Mara Quill")
        }
    }

    @Test("a date that can be read in two ways, or in none, is left out, and the document says so")
    func dates() async throws {
        let (two, _) = try await read("---\ntitle: Shut\ndate: 04/05/2026\n---")
        #expect(two.date == nil)
        #expect(
            two["notice"] == "the date '04/05/2026' can be read in more than one way and was left out: write "
                + "2026-04-05 or 2026-05-04")
        let (none, _) = try await read("---\ntitle: Shut\ndate: soon\n---")
        #expect(none.date == nil)
        #expect(none["notice"] == "the date 'soon' is no day and was left out: write 2024-12-31")
    }

    @Test("several notices are all told, beside one that the document has itself")
    func notices() async throws {
        let (metadata, _) = try await read(
            "---\ntitle: Shut\ndate: soon\nnotice: by the editor\n---\n\nA gate\u{0} shut.")
        #expect(
            metadata["notice"] == "by the editor; the date 'soon' is no day and was left out: write 2024-12-31; "
                + "NUL characters were left out")
        let (broken, _) = try await read("---\ndate: 04/05/2026\ntitle: a: b: c\n---")
        #expect(
            broken["notice"]
                == "the date '04/05/2026' can be read in more than one way and was left out: write 2026-04-05 or "
                + "2026-05-04; the front matter is not YAML from line 3 on; it was read line by line")
    }

    @Test("front matter that is made to be large or deep is no trouble", .timeLimit(.minutes(1)))
    func hostile() async throws {
        let heads = [
            "---\na: " + String(repeating: "[", count: 50_000) + "\n---",
            "---\na: &a [x, x]\n"
                + (0..<40).map {
                    "b\($0): &b\($0) [*\($0 == 0 ? "a" : "b\($0 - 1)"), *\($0 == 0 ? "a" : "b\($0 - 1)")]\n"
                }.joined() + "---",
            "---\na: *a\n---", "---\n? [a, b]\n: c\n---", "+++\na = " + String(repeating: "[", count: 50_000) + "\n+++",
            "{\"a\":" + String(repeating: "[", count: 50_000), "---\n%YAML 9.9\n---\n", "+++\n\"\"\" = 1\n+++",
        ]
        for head in heads { _ = try await Cleaned(head + "\n\n" + Self.body, format: .markdown).text() }
    }
}
