import Model
import StageKit
import Testing

@testable import Formats

@Suite("Records and tables") struct RecordTests {
    private func read(
        _ text: String, as name: String = "a.jsonl", columns: [String: String] = [:]
    ) throws -> (documents: [ExtractedDocument], leftOut: [String: String]) {
        try Sample.read(Array(text.utf8), as: name, columns: columns)
    }

    @Test("a line is a document, by its id or its number, and everything but the text is a fact")
    func lines() throws {
        let (documents, leftOut) = try read(
            """
            {"id": 7, "text": "One.", "tags": ["a", "b"], "shown": true, "none": null}

            {"text": "Two."}
            """)
        #expect(documents.map(\.part) == ["7", "3"])
        #expect(documents[0].source["tags"] == "a, b" && documents[0].source["shown"] == "true")
        #expect(documents[0].source["none"] == "")
        #expect(leftOut.isEmpty)
    }

    @Test("a record of a JSON list is a document, by its id or its number; what is no record is left out by its number")
    func jsonList() throws {
        let (documents, leftOut) = try read(
            """
            [
              {"id": 7, "text": "One.\\nTwo.", "tags": ["a", "b"], "by": {"name": "Ada"}},
              {"text": "Three."}, 5, {"body": "no"}, {"id": 7, "text": "Again."}
            ]
            """, as: "a.json")
        #expect(documents.map(\.part) == ["7", "2"])
        #expect(documents.map(\.source.text) == ["One.\nTwo.", "Three."])
        #expect(documents[0].source["tags"] == "a, b" && documents[0].source["by"] == "name: Ada")
        #expect(leftOut == ["record 3": "bad-record", "record 4": "no-text-column", "7 (2)": "duplicate-id"])
    }

    @Test("a JSON object is one document if it has a text")
    func jsonObject() throws {
        let (documents, _) = try read(
            #"{"headline": "Ice", "body": "It froze."}"#, as: "a.json", columns: ["text": "body"])
        #expect(documents.map(\.part) == ["1"] && documents.map(\.source.text) == ["It froze."])
    }

    @Test("lines that are no records, records without text and ids that come again are left out by name")
    func badLines() throws {
        let (documents, leftOut) = try read(
            "{\"id\": \"a\", \"text\": \"One.\"}\nno\n[1]\n{\"body\": \"x\"}\n{\"id\": \"a\", \"text\": \"Two.\"}\n")
        #expect(documents.map(\.source.text) == ["One."])
        #expect(
            leftOut == [
                "line 2": "bad-record", "line 3": "bad-record", "line 4": "no-text-column", "a (2)": "duplicate-id",
            ])
    }

    @Test("a date that can be read in two ways is noted and left out")
    func dates() throws {
        let (documents, _) = try read(
            #"{"text": "x", "date": "03/04/2031"}"# + "\n" + #"{"text": "y", "date": "3 April 2031"}"#)
        #expect(documents[0].source["date"] == "" && documents[0].source.notes.count == 1)
        #expect(documents[1].source["date"] == "2031-04-03" && documents[1].source.notes.isEmpty)
    }

    @Test("a table names its columns in the header, with any usual separator", arguments: [",", ";", "|", "\t"])
    func separators(sign: String) throws {
        let (documents, _) = try read(
            ["id", "text", "ward"].joined(separator: sign) + "\n" + ["1", "Hi.", "N"].joined(separator: sign),
            as: "a.csv")
        #expect(documents.map(\.part) == ["1"] && documents[0].source["ward"] == "N")
    }

    @Test("a table without the column of the text says which columns it has")
    func noText() throws {
        #expect {
            try read("id,body\n1,Hi\n", as: "a.csv")
        } throws: { error in
            (error as? StageFailure)?.hint?.contains("'id', 'body'") == true
        }
        #expect(try read("id,body\n1,Hi\n", as: "a.csv", columns: ["text": "body"]).documents.count == 1)
    }

    @Test("a row with another number of cells than the header is left out")
    func ragged() throws {
        let (documents, leftOut) = try read("id,text\n1,Hi\n2\n3,Ho,x\n4,\"He, he\"\n", as: "a.csv")
        #expect(documents.map(\.part) == ["1", "4"])
        #expect(leftOut == ["line 3": "ragged-row", "line 4": "ragged-row"])
    }

    @Test("packed bytes that unpack to too much are refused")
    func bomb() throws {
        #expect(throws: StageFailure.self) { try Unpacking.deflated([0x4B, 0x4C, 0x84, 0x01, 0x00][...], limit: 4) }
    }
}

@Suite("Messages") struct MessageTests {
    private func source(_ text: String) throws -> ExtractedSource {
        try #require(try Sample.read(Array(text.replacing("\n", with: "\r\n").utf8), as: "a.eml").documents.first)
            .source
    }

    @Test("encoded words of headers are read, and the blank between two of them is none")
    func words() throws {
        let source = try source(
            "Subject: =?iso-8859-1?q?caf=E9?= =?utf-8?b?IMO8?= x\nFrom: a@b.example\n\nText.\n")
        #expect(source["title"] == "café ü x")
    }

    @Test("a message with a web page only is a web page")
    func html() throws {
        let source = try source("From: a@b.example\nContent-Type: text/html; charset=\"utf-8\"\n\n<p>Hi</p>\n")
        #expect(source.body == .html && source["encoding"] == "utf-8")
    }

    @Test("base64 is read, and an encrypted message is refused")
    func transfer() throws {
        #expect(try source("From: a\nContent-Transfer-Encoding: base64\n\nSGVsbG8u\n").text == "Hello.")
        #expect(throws: StageFailure.self) {
            try source("From: a\nContent-Type: multipart/encrypted; boundary=x\n\n--x\n\nsecret\n--x--\n")
        }
    }

    @Test(
        "the day of a message is its sender's",
        arguments: [
            ("Mon, 3 Feb 2031 23:59:00 -0500", "2031-02-03"), ("3 Feb 31 10:00 GMT", "2031-02-03"), ("soon", nil),
        ])
    func day(text: String, day: String?) { #expect(MailMessage.day(text) == day) }
}

@Suite("XML") struct XMLTests {
    @Test("XML of another kind than TEI is refused by name")
    func notTEI() throws {
        #expect {
            try Sample.read(Array("<feed><entry/></feed>".utf8), as: "a.xml")
        } throws: { error in
            (error as? StageFailure)?.summary.contains("'feed'") == true
        }
    }

    @Test("what an editor corrected stands in the place of what was written, and notes are left out")
    func choices() throws {
        let (documents, _) = try Sample.read(
            Array(
                """
                <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p>The <choice><sic>lmap</sic>\
                <corr>lamp</corr></choice> of Toll-<lb break="no"/>mouth<note>See p. 3.</note> shone&nbsp;on.</p>\
                <lg><l>One line,</l><l>another.</l></lg></body></text></TEI>
                """.utf8), as: "a.xml")
        let source = try #require(documents.first).source
        #expect(source.lines == ["pThe lamp of Tollmouth shone\u{A0}on.", "pOne line,", "panother."])
        #expect(source.notes == ["notes were left out"])
    }

    @Test("elements that are nested without end, and entities that grow without end, are refused")
    func hostile() {
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(throws: StageFailure.self) { try Sample.read(Array(deep.utf8), as: "a.xml") }
        var laugh = "<!DOCTYPE TEI [<!ENTITY a0 \"ha\">"
        for k in 1..<40 { laugh += "<!ENTITY a\(k) \"&a\(k - 1);&a\(k - 1);\">" }
        laugh += "]><TEI><text><body><p>&a39;</p></body></text></TEI>"
        #expect(throws: StageFailure.self) { try Sample.read(Array(laugh.utf8), as: "a.xml") }
    }
}
