import Model
import StageKit
import Testing

@testable import Formats

@Suite("Files that other programs made") struct SampleTests {
    @Test("a document of pandoc and LibreOffice gives its blocks", arguments: ["text.docx", "text.odt", "text.epub"])
    func blocks(name: String) throws {
        let source = try #require(try Sample.read(name).first).source
        #expect(source.body == .blocks)
        #expect(source["title"] == "The lamp at Tollmouth")
        #expect(source["author"] == "Ines Harrow")
        let lines = source.lines
        #expect(lines.contains("hA lamp goes out"))
        #expect(lines.contains("lThree boats turned back."))
        #expect(lines.contains("bSunday\t14"))
        let quotation = "The lamp is older than the pier, and nobody has a drawing of it."
        #expect(lines.contains { $0.dropFirst() == quotation })
        #expect(lines.contains { $0.contains("“Nobody told us,” said Bram Oske, who keeps the ferry.") })
        #expect(lines.contains { $0.hasPrefix("pThe council meets on Thursday. Café owners") })
    }

    @Test("a Word file of pandoc is read as it stands after its tracked changes, without notes, comments and formulas")
    func tracked() throws {
        #expect(
            try Sample.read("changes.docx").first?.source.lines == [
                "tThe Tollmouth ferry", "pInes Harrow", "hWhat was planned",
                "pThe ferry left at nine. It had forty seats.", "pThe council paid for it.",
                "lA pier of stone.", "lA pier of wood.", "lA bell.", "qWe never asked for a ferry.",
                "cWhat it cost.", "bYear\tCost", "b2030\t400", "b2031\t550",
                "pThe mass is here.",
            ])
        #expect(
            try Sample.read("changes.docx").first?.source.notes == [
                "comments were left out", "formulas were left out", "footnotes were left out",
            ])
    }

    @Test(
        "a Word and an OpenDocument file of LibreOffice give the same blocks, and each says what it lost",
        arguments: ["office.docx", "office.odt"])
    func office(_ name: String) throws {
        #expect(
            try Sample.read(name).first?.source.lines == [
                "hThe pier", "pThe pier of stone was built in 1902, said Tom Reed.",
                "pIt is open to all.", "pBeside it stands a box.", "lFirst came the wall.",
                "lOf granite.", "lThen the light.", "bYear\tShips", "b1902\t12",
                "pNobody pays. All may land.",
            ])
        let notes = try #require(try Sample.read(name).first?.source.notes)
        for lost in [
            "comments", "footnotes", "hidden passages", "pictures and text boxes", "running heads", "tables in tables",
        ] { #expect(notes.contains("\(lost) were left out"), "\(lost)") }
    }

    @Test("Rich Text of LibreOffice gives what stands before, in and behind a table whose last row has a table in it")
    func nestedTables() throws {
        let source = try #require(try Sample.read("office.rtf").first?.source)
        #expect(
            source.lines == [
                "hThe pier", "pThe pier of stone was built in 1902, said Tom Reed.", "pIt is open to all.",
                "pBeside it stands a box.", "pFirst came the wall.", "pOf granite.", "pThen the light.",
                "bYear\tShips", "b1902\t12", "pNobody pays. All may land.",
            ])
        #expect(source.notes.contains("tables in tables were left out"))
        #expect(source.notes.contains("running heads were left out"))
    }

    @Test("what a format loses is noted", arguments: ["text.docx", "text.odt", "text.rtf"])
    func lost(name: String) throws {
        let source = try #require(try Sample.read(name).first).source
        #expect(source.notes == ["footnotes were left out"])
        #expect(!source.text.contains("nine years"))
    }

    @Test("Rich Text of LibreOffice gives paragraphs, rows and characters beyond ASCII")
    func richText() throws {
        let source = try #require(try Sample.read("text.rtf").first).source
        #expect(source["title"] == "The lamp at Tollmouth")
        #expect(source.lines.contains("bSunday\t14"))
        #expect(source.lines.contains { $0.contains("“Nobody told us,” said Bram Oske") })
        #expect(source.lines.contains { $0.contains("Café owners asked for a lantern") })
    }

    @Test("TEI of pandoc gives the facts of its header, headings, items, quotations and rows")
    func tei() throws {
        let source = try #require(try Sample.read("text.tei.xml").first).source
        #expect(source["title"] == "The lamp at Tollmouth")
        #expect(source["author"] == "Ines Harrow")
        #expect(source["date"] == "2031-02-03")
        #expect(source.lines.first == "hA lamp goes out")
        #expect(source.lines.contains("lOne ran on the sand."))
        #expect(source.lines.contains("qThe lamp is older than the pier, and nobody has a drawing of it."))
        #expect(source.lines.contains("bMonday\t9"))
    }

    @Test("a message has the plain text of its parts, its header as facts, and names its attachments")
    func message() throws {
        let source = try #require(try Sample.read("message.eml").first).source
        #expect(source.body == .text)
        #expect(source["title"] == "Das Licht in Tollmouth – erloschen")
        #expect(source["author"] == "Inés Harrow <ines@example.org>")
        #expect(source["date"] == "2031-02-03")
        #expect(
            source.text.hasPrefix(
                "The lamp went out on Sunday. Bram Oske said that nobody had told him.\n\nFrom the quay"))
        #expect(source.notes == ["attachments were left out: lamp.png"])
    }

    @Test("the messages of a mailbox are documents by their Message-ID, with the encoding that each declares")
    func mailbox() throws {
        let documents = try Sample.read("letters.mbox")
        #expect(documents.map(\.part) == ["lamp-3@example.org", "lamp-4@example.org"])
        #expect(documents[0].source.text.contains("\nFrom the quay one could see nothing."))
        #expect(documents[1].source["encoding"] == "iso-8859-1")
        #expect(documents[1].source.bytes.contains(0xE9))
    }

    @Test(
        "a crawl of wget gives its pages by their addresses, packed or not",
        arguments: ["crawl.warc", "packed.warc.gz"])
    func webArchive(name: String) throws {
        let documents = try Sample.read(name)
        #expect(documents.map(\.part) == ["http://127.0.0.1:8765/page.html"])
        #expect(documents[0].source.body == .html)
        #expect(documents[0].source["url"] == "http://127.0.0.1:8765/page.html")
        #expect(documents[0].source.bytes == (try Sample.bytes("page.html")))
    }

    @Test("a table of sqlite3 gives a document a row, packed or not", arguments: ["notices.csv", "notices.csv.zst"])
    func table(name: String) throws {
        let (documents, leftOut) = try Sample.read(
            try Sample.bytes(name), as: name, columns: ["text": "body", "title": "Headline"])
        #expect(leftOut.isEmpty)
        #expect(documents.map(\.part) == ["n1", "n2"])
        #expect(documents[0].source.text == "The bridge at Tollmouth is closed, said Ines Harrow.\nIt opens in May.")
        #expect(documents[1].source["title"] == "Market, moved")
        #expect(documents[1].source["date"] == "2031-02-05")
        #expect(documents[1].source["ward"] == "South")
    }

    @Test("a text packed with gzip is the text")
    func packed() throws {
        let source = try #require(try Sample.read("text.md.gz").first).source
        #expect(source.body == .markdown)
        #expect(source.bytes == (try Sample.bytes("text.md")))
    }

    @Test(
        "a file that was cut off or damaged gives a reason, or the documents before the damage",
        arguments: try Sample.names)
    func damaged(name: String) throws {
        let whole = try Sample.bytes(name)
        for share in 1..<24 {
            let cut = Array(whole[..<(whole.count * share / 24)])
            do { _ = try Sample.read(cut, as: name) } catch is StageFailure {}
            var changed = whole
            for k in stride(from: share, to: changed.count, by: 97 + share) { changed[k] ^= UInt8(share * 11 & 0xFF) }
            do { _ = try Sample.read(changed, as: name) } catch is StageFailure {}
        }
        #expect(throws: StageFailure.self) { try Sample.read([], as: name) }
        #expect(throws: StageFailure.self) { try Sample.read(Array("\u{0}\u{1}nothing of the kind".utf8), as: name) }
    }
}
