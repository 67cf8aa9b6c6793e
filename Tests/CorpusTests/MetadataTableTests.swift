import StageKit
import TestSupport
import Testing

@testable import Corpus

@Suite("Ids of documents") struct DocumentIDTests {
    @Test("ids lose './' and take their accents together")
    func canonical() {
        #expect(Array(Glob.canonicalID("./cafe\u{301}.txt").utf8) == Array("caf\u{E9}.txt".utf8))
    }
}

@Suite("The metadata file")
struct MetadataTableTests {
    private func table(_ text: String) -> MetadataTable { MetadataTable(Array(text.utf8)) }

    /// Line, code and summary of each problem.
    private func problems(_ table: MetadataTable) -> [String] {
        table.problems.map { "\($0.line): \($0.summary) [\($0.code)]" }
    }

    @Test("a row gives its document the cells that are not empty, by the header's names")
    func good() {
        let table = table("\u{FEFF}Title,document,DATE\n\"A, b\",corpus/a.txt,\nX,./corpus/b.txt,2024-05-03\n")
        #expect(table.problems.isEmpty)
        #expect(table.rows["corpus/a.txt"]?.fields == [MetadataField("title", "A, b")])
        #expect(
            table.rows["corpus/b.txt"]?.fields == [MetadataField("title", "X"), MetadataField("date", "2024-05-03")])
        #expect(table.rows["corpus/b.txt"]?.line == 3)
    }

    @Test(
        "semicolons, tabs and strokes part cells as commas do",
        arguments: [
            "document;title;date\ncorpus/a.txt;Wall, old;31.12.2021\n",
            "document\ttitle\tdate\r\ncorpus/a.txt\tWall, old\t2021-12-31\r\n",
            "Title|Document|Date\nWall, old|corpus/a.txt|31/12/2021\n",
            "sep=;\ndocument;title;date\ncorpus/a.txt;\"Wall, old\";Dec 31 2021\n",
            "\u{FEFF}\"sep=\t\"\ndocument\ttitle\tdate\ncorpus/a.txt\tWall, old\t20211231\n",
            "sep=#\ndocument#title#date\ncorpus/a.txt#Wall, old#12/31/2021\n",
            " document ; title ; date \n corpus/a.txt ; Wall, old ; 31. Dezember 2021 \n",
            "\"title\", \"document\", \"date\"\n\"Wall, old\", \"corpus/a.txt\", \"31 décembre 2021\"\n",
            "document;title;date;;\ncorpus/a.txt;Wall, old;2021-12-31;;\n;;;;\n",
            "document,title,date\ncorpus/a.txt,\"Wall, old\",2021-12-31,,\n",
        ])
    func separators(text: String) {
        let table = table(text)
        #expect(problems(table) == [])
        #expect(
            Set(table.rows["corpus/a.txt"]?.fields ?? [])
                == [MetadataField("title", "Wall, old"), MetadataField("date", "2021-12-31")])
    }

    @Test("a header without the column 'document' is told with what it has")
    func noKey() {
        #expect(
            table("path;title\na;b\n").problems.first?.hint
                == "Name the column that holds each document's path 'document'. "
                + "The columns are 'path', 'title', with a semicolon between them.")
        #expect(table("sep=;\npath;title\n").problems.first?.line == 2)
    }

    @Test("a date with one reading is read, and one with several or none is told and left out")
    func dates() {
        let table = table(
            "document,date\na,May 4 2021\nb,04/05/2021\nc,44320\nd,2021-05\ne,4.5.21\nf,2021-05-04T10:00\n")
        #expect(
            ["a", "d", "f"].map { table.rows[$0]?.fields.first?.value } == [
                "2021-05-04", "2021-05", "2021-05-04T10:00",
            ])
        #expect(["b", "c", "e"].allSatisfy { table.rows[$0]?.fields.isEmpty == true })
        #expect(table.problems.map(\.code) == ["ambiguous-date", "bad-date", "ambiguous-date"])
        #expect(
            table.problems.map(\.hint) == [
                "Write 2021-04-05 or 2021-05-04.", "Write year, month and day: 2024-12-31.",
                "Write the year in full and in front: 2024-12-31.",
            ])
    }

    @Test("empty lines are no rows")
    func emptyLines() {
        let table = table("document,title\n\ncorpus/a.txt,x\n\n")
        #expect(table.problems.isEmpty)
        #expect(table.rows.count == 1)
    }

    @Test(
        "what is wrong is told with its line",
        arguments: [
            ("", "1: the metadata file is empty [empty-metadata]"),
            ("path,title\na,b\n", "1: the metadata file has no column 'document' [no-document-column]"),
            ("document,title,Title\n", "1: two columns are named 'title' [duplicate-column]"),
            ("document,title\na.txt\n", "2: the row has 1 cell, the header 2 [ragged-row]"),
            ("document,title\na.txt,b,c\n", "2: the row has 3 cells, the header 2 [ragged-row]"),
            (
                "document,date\na.txt,2024-13-45\n",
                "2: the date '2024-13-45' of 'a.txt' is no day, and is left out [bad-date]"
            ),
            (
                "document,date\na.txt,2023-02-29\n",
                "2: the date '2023-02-29' of 'a.txt' is no day, and is left out [bad-date]"
            ),
            ("document\na.txt\n\na.txt\n", "4: 'a.txt' already has a row in line 2 [duplicate-row]"),
            ("document,title\na.txt,\"b\nc\n", "2: a quotation mark is opened and never closed [open-quote]"),
        ])
    func bad(text: String, problem: String) {
        #expect(problems(table(text)) == [problem])
    }

    @Test("every problem is told, and the sound rows hold")
    func several() {
        let table = table("document,title\na.txt,A\nb.txt\na.txt,B\nc.txt,C\n")
        #expect(table.problems.map(\.line) == [3, 4])
        #expect(table.rows.keys.sorted() == ["a.txt", "c.txt"])
        #expect(table.rows["a.txt"]?.fields == [MetadataField("title", "A")])
    }

    @Test("bytes that are not UTF-8 are told with their line")
    func encoding() {
        let table = MetadataTable(Array("document,title\na.txt,b\nc.txt,".utf8) + [0xE9, 0x0A])
        #expect(problems(table) == ["3: the metadata file is not UTF-8 [not-utf8]"])
        #expect(table.rows.isEmpty)
    }

    @Test("any bytes are read without a crash")
    func anything() {
        forSeeds(50) { random in
            _ = MetadataTable(random.bytes(random.below(400)))
            _ = MetadataTable(Array("document,a\n".utf8) + random.text(random.below(200)))
            return nil
        }
    }
}
