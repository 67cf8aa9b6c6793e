import Model
import StageKit
import Testing

@testable import Formats

/// Files as programs write them, and not as a standard has them.
@Suite("Files of odd kinds") struct OddFileTests {
    private func read(_ text: String, as name: String) throws -> (
        documents: [ExtractedDocument], leftOut: [String: String]
    ) {
        try Sample.read(Array(text.utf8), as: name)
    }

    private func failure(_ bytes: [UInt8], as name: String) -> StageFailure? {
        do { _ = try Sample.read(bytes, as: name) } catch { return error as? StageFailure }
        return nil
    }

    private func utf16(_ text: String, isLittle: Bool) -> [UInt8] {
        ([0xFEFF] + Array(text.utf16)).flatMap { unit in
            isLittle ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
    }

    // MARK: Records

    @Test("tables and records in UTF-16 with a byte order mark are read", arguments: [true, false])
    func wide(isLittle: Bool) throws {
        let table = try Sample.read(utf16("id\ttext\r\n1\tCafé 😀\r\n", isLittle: isLittle), as: "a.csv")
        #expect(table.documents.map(\.source.text) == ["Café 😀"])
        let lines = try Sample.read(utf16(#"{"text": "Café"}"#, isLittle: isLittle), as: "a.jsonl")
        #expect(lines.documents.map(\.source.text) == ["Café"])
        #expect(failure([0x69, 0x64, 0x2C, 0xE9, 0x0A], as: "a.csv")?.code == "not-utf-8")
    }

    @Test("a table whose header names a column twice is refused, and one with several empty names is not")
    func twice() throws {
        #expect(
            failure(Array("id,text,Text\n1,a,b\n".utf8), as: "a.csv")?.summary
                == "the header names the column 'text' twice")
        #expect(try read("id,text,,\n1,One.,,\n", as: "a.csv").documents.count == 1)
    }

    @Test(
        "JSON that is no list of records is refused as a whole, with what is to be done",
        arguments: [
            (#"[{"text": "a"},"#, "damaged-file", ".jsonl"), (#"{"text": "a"}{"text": "b"}"#, "damaged-file", ".jsonl"),
            (#"{"posts": [{"text": "a"}], "next": 2}"#, "json-object", #"jq '.["posts"]'"#),
            (#"{"title": "a", "body": "b"}"#, "no-text-column", "'title', 'body'"), ("5", "no-records", "list"),
            ("[[[[", "damaged-file", ".jsonl"), (String(repeating: "[", count: 100_000), "damaged-file", ".jsonl"),
        ])
    func json(_ text: String, _ code: String, _ hint: String) {
        let failure = failure(Array(text.utf8), as: "a.json")
        #expect(failure?.code == code && failure?.hint?.contains(hint) == true, "\(failure?.summary ?? "")")
    }

    @Test("a JSON list without records holds no text, and so does an empty file")
    func emptyJSON() {
        #expect(failure(Array("[]".utf8), as: "a.json")?.code == "no-text")
        #expect(failure([], as: "a.json")?.code == "empty-file")
    }

    @Test("a file that is one JSON list is refused once, with the command that mends it")
    func list() throws {
        let failure = failure(Array("[\n  {\"text\": \"a\"},\n  {\"text\": \"b\"}\n]\n".utf8), as: "a.jsonl")
        #expect(failure?.code == "json-list" && failure?.hint?.contains("jq -c") == true)
        // a list in a line of its own is a mistake of this line
        #expect(try read("[1]\n{\"text\": \"a\"}\n", as: "a.jsonl").leftOut == ["line 1": "bad-record"])
    }

    // MARK: Mail

    @Test("lines of flowed text that the writer did not break are put together, quotations apart from the rest")
    func flowed() throws {
        let message = """
            Subject: x
            Content-Type: text/plain; charset=utf-8; format=flowed

            One line that\u{20}
            flows on.
            Two.
            > quoted\u{20}
            > words
            >> deeper
             From here.
            --\u{20}
            Ada
            """
        let source = try #require(try read(message, as: "a.eml").documents.first).source
        #expect(source.text == "One line that flows on.\nTwo.\n> quoted words\n>> deeper\nFrom here.\n-- \nAda")
    }

    @Test("all parts of a message that are plain text are its text, in one encoding, and of alternatives the plain one")
    func parts() throws {
        let message = """
            Subject: x
            Content-Type: multipart/mixed; boundary=M

            --M
            Content-Type: multipart/alternative; boundary=A

            --A
            Content-Type: text/plain; charset=utf-8

            Größe.
            --A
            Content-Type: text/html; charset=utf-8

            <p>Größe.</p>
            --A--
            --M
            Content-Type: image/png
            Content-Disposition: inline; filename*=utf-8''%C3%9Cbersicht%20eins.png

            x
            --M
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            caf=E9
            --M--
            """
        let source = try #require(try read(message, as: "a.eml").documents.first).source
        #expect(source.text == "Größe.\n\ncafé" && source["encoding"] == "utf-8")
        #expect(source.notes == ["attachments were left out: Übersicht eins.png"])
    }

    @Test("a name of an attachment in pieces is put together")
    func pieces() {
        let header = MailHeader(
            Array("Content-Disposition: attachment; filename*0*=utf-8''%C3%9C; filename*1=\"b er.pdf\"\n\n".utf8)[...])
        #expect(header.parameter("filename", of: "content-disposition") == "Üb er.pdf")
        #expect(header.parameter("size", of: "content-disposition") == nil)
    }

    @Test("a message that declares an encoding nobody knows is read by its characters")
    func unknown() throws {
        let message = "Subject: x\nContent-Type: text/plain; charset=unknown-8bit\n\nText.\n"
        #expect(try #require(try read(message, as: "a.eml").documents.first).source["encoding"] == "")
    }

    @Test("a message whose parts hold no text is left out")
    func empty() {
        let message =
            "Subject: x\nContent-Type: multipart/mixed; boundary=M\n\n--M\nContent-Type: text/plain\n\n \n--M--\n"
        #expect(failure(Array(message.utf8), as: "a.eml")?.code == "no-text")
    }

    // MARK: Web archives

    private func archive(_ pages: [(name: String, header: String, body: String, warc: String)]) -> [UInt8] {
        Array(
            pages.map { page in
                let block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\(page.header)\r\n\(page.body)"
                return
                    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\(page.name)\r\n\(page.warc)"
                    + "Content-Type: application/http; msgtype=response\r\nContent-Length: \(block.utf8.count)\r\n\r\n"
                    + "\(block)\r\n\r\n"
            }.joined().utf8)
    }

    @Test("pages in chunks are put together, those that are already are as they are, and what is cut off says so")
    func chunks() throws {
        let chunked = "Transfer-Encoding: chunked\r\n"
        let (documents, leftOut) = try Sample.read(
            archive([
                ("whole", chunked, "3;x=1\r\n<p>\r\n3\r\nHi.\r\n0\r\n\r\n", ""),
                ("plain", chunked, "<p>Hi.", ""),
                ("lines", chunked, "<p>\nHi.\n</p>", ""),
                ("cut", chunked, "3\r\n<p>\r\n9\r\nHi.", ""),
                ("kept", "", "<p>Hi.", "WARC-Truncated: length\r\n"),
                ("none", "", "", ""),
            ]), as: "a.warc")
        #expect(documents.map { $0.part.dropFirst(17) } == ["whole", "plain", "lines", "cut", "kept"])
        #expect(documents.map(\.source.text) == ["<p>Hi.", "<p>Hi.", "<p>\nHi.\n</p>", "<p>Hi.", "<p>Hi."])
        #expect(documents.map(\.source.notes.count) == [0, 0, 0, 1, 1])
        #expect(leftOut == ["http://a.example/none": "no-text"])
    }

    // MARK: XML

    @Test(
        "XML is read in the encoding that it declares",
        arguments: ["windows-1251", "KOI8-R", "shift_jis", "iso-8859-5"])
    func encodings(name: String) throws {
        let text = "<?xml version='1.0' encoding='\(name)'?>\n<TEI><text><body><p>Да</p></body></text></TEI>"
        let table: [String: [UInt8]] = [
            "windows-1251": [0xC4, 0xE0], "KOI8-R": [0xE4, 0xC1], "shift_jis": [0x84, 0x44, 0x84, 0x70],
            "iso-8859-5": [0xB4, 0xD0],
        ]
        let halves = text.split(separator: "Да").map { Array($0.utf8) }
        let (documents, _) = try Sample.read(halves[0] + (table[name] ?? []) + halves[1], as: "a.xml")
        #expect(documents.map(\.source.lines) == [["pДа"]])
    }

    @Test("what stands in other files is not opened, and said to be left out")
    func otherFiles() throws {
        for text in [
            "<!DOCTYPE TEI [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><TEI><text><body><p>A &x;b.</p></body></text></TEI>",
            "<TEI><text><body><p>A b.</p><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='b.xml'/></body></text></TEI>",
        ] {
            let source = try #require(try read(text, as: "a.xml").documents.first).source
            #expect(source.lines == ["pA b."])
            #expect(source.notes == ["passages that stand in other files were left out"])
        }
    }

    @Test("a book has all its authors, and its translator is none of them")
    func authors() throws {
        let package = """
            <metadata xmlns:opf='o'><creator>Ines Harrow</creator><creator opf:role='aut'>Tom Reed</creator>
            <creator opf:role='trl'>Ada Weir</creator><creator id='c'>Petra Holm</creator><language>C</language>
            <meta refines='#c' property='role'>edt</meta></metadata>
            """
        let facts = DocumentProperties.facts(try XMLElement.parse(Array(package.utf8), "EPUB"))
        #expect(facts == [MetadataField("author", "Ines Harrow; Tom Reed")])
        let office = "<document-meta><meta><creator>Ines Harrow</creator><title>Lamp</title></meta></document-meta>"
        #expect(
            DocumentProperties.facts(try XMLElement.parse(Array(office.utf8), "OpenDocument")) == [
                MetadataField("title", "Lamp"), MetadataField("author", "Ines Harrow"),
            ])
    }

    // MARK: Rich Text

    @Test("bytes of Rich Text are read by the set of characters of their font")
    func fonts() throws {
        let text =
            #"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}"#
            + #"caf\'e9 {\f1 \'c4\'e0} \f1\'cd\plain \'e9\par}"#
        #expect(try #require(try read(text, as: "a.rtf").documents.first).source.lines == ["pcafé Да Нé"])
    }

    @Test("text of Rich Text behind a hidden passage is shown again where the file says so")
    func hidden() throws {
        let text = #"{\rtf1 One{\v two\v0  three}{\deleted four} five\par}"#
        #expect(try #require(try read(text, as: "a.rtf").documents.first).source.lines == ["pOne three five"])
    }
}
