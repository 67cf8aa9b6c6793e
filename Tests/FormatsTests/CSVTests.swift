import Testing

@testable import Formats

@Suite("Comma-separated values")
struct CSVTests {
    @Test(
        "records are read as RFC 4180 has them, with any line end",
        arguments: [
            ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
            ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
            ("\"a,b\",c", [["a,b", "c"]]),
            ("\"say \"\"yes\"\"\",c", [["say \"yes\"", "c"]]),
            ("\"two\nlines\",c\n", [["two\nlines", "c"]]),
            ("a,,\n", [["a", "", ""]]),
            ("\"\"\n", [[""]]),
            ("\n\n", [[""], [""]]),
            ("a\"b\"c\n", [["a\"b\"c"]]),
            ("", []),
            (" a , b\t\n c,  \n", [["a", "b"], ["c", ""]]),
            ("a, \"b, c\" ,d\n", [["a", "b, c", "d"]]),
        ] as [(String, [[String]])])
    func records(text: String, cells: [[String]]) {
        #expect(CSV.records(Array(text.utf8)).map(\.cells) == cells)
    }

    @Test("another sign may stand between the cells")
    func separators() {
        #expect(CSV.records(Array("a;b,c\n".utf8), separator: UInt8(ascii: ";")).map(\.cells) == [["a", "b,c"]])
        #expect(CSV.records(Array("a\t\tb\n".utf8), separator: 0x09).map(\.cells) == [["a", "", "b"]])
    }

    @Test("each record knows the line on which it begins")
    func lines() {
        let records = CSV.records(Array("a\n\"b\nc\"\r\nd\re\n".utf8))
        #expect(records.map(\.line) == [1, 2, 4, 5])
    }

    @Test("a quotation mark that is never closed is known by its line")
    func openQuote() {
        let records = CSV.records(Array("a,b\nc,d\ne,\"f\ng,h\n".utf8))
        #expect(records.map(\.openQuote) == [nil, nil, 3])
        #expect(CSV.records(Array("\"".utf8)).map(\.openQuote) == [1])
    }
}
