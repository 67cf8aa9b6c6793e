import Foundation
import Results
import StageKit
import TestSupport
import Testing

@testable import Export

/// The files that an export of `results` gives, by path.
private func files(_ format: ExportFormat, of results: ResultsDatabase, tables: [String] = []) throws -> [String:
    String]
{
    var files: [String: String] = [:]
    try Exporter(results, tables: tables).export(to: format) { file in
        #expect(files[file.path] == nil)
        files[file.path] = String(decoding: file.bytes, as: UTF8.self)
    }
    return files
}

@Suite("Exports") struct ExportTests {
    @Test("every documented table is a CSV file whose first line names the columns")
    func csv() throws {
        let sample = try ExportSample()
        let files = try files(.csv, of: sample.results)
        #expect(Set(files.keys) == Set(try sample.results.publicTables().map { "\($0).csv" }))
        let documents = try #require(files["documents.csv"])
        #expect(
            documents.hasPrefix("document,title,date,publisher,author,language,words,sentences,bytes,sha256,text\n"))
        for table in try sample.results.publicTables() {
            #expect(files["\(table).csv"]?.hasPrefix(try sample.results.columns(of: table)[0]) == true)
        }
    }

    @Test("in CSV null is an empty field, an empty text is quoted, and quotes are doubled")
    func csvFields() throws {
        let sample = try ExportSample()
        let csv = try #require(try files(.csv, of: sample.results, tables: ["left_out"])["left_out.csv"])
        #expect(
            csv
                == """
                document,stage,reason,hint,code
                b.txt,clean,"it is ""empty"", they say",,empty
                c.txt,"",line one
                """.replacingOccurrences(of: ",line one", with: ",\"line one\nline two\",hint,code\n"))
    }

    @Test("JSON Lines have an object a row, with null, numbers and text as JSON has them")
    func jsonLines() throws {
        let sample = try ExportSample()
        let text = try #require(try files(.jsonl, of: sample.results, tables: ["left_out"])["left_out.jsonl"])
        let lines = text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(
            lines[0]
                == #"{"document":"b.txt","stage":"clean","reason":"it is \"empty\", they say","hint":null,"code":"empty"}"#
        )
    }

    @Test("each line of a brat file gives the words that stand at its offsets in the text")
    func brat() throws {
        let sample = try ExportSample()
        let files = try files(.brat, of: sample.results)
        #expect(files["annotation.conf"]?.contains("Source Arg1:Claim, Arg2:<ENTITY>") == true)
        var checked = 0
        for (path, annotations) in files where path.hasSuffix(".ann") {
            let text = Array(try #require(files[path.dropLast(4) + ".txt"]).unicodeScalars)
            for line in annotations.split(separator: "\n") where line.hasPrefix("T") {
                let fields = line.split(separator: "\t", maxSplits: 2)
                let places = fields[1].split(separator: " ", maxSplits: 1)[1].split(separator: ";").map { place in
                    place.split(separator: " ").compactMap { Int($0) }
                }
                let words = places.map { place in
                    String(String.UnicodeScalarView(text[place[0]..<place[1]]))
                }
                #expect(words.joined(separator: " ") == fields[2])
                #expect(!fields[2].contains("\n"))
                checked += 1
            }
        }
        #expect(checked > 0)
    }

    @Test("a Web Annotation's quote is the text between its positions")
    func webAnnotations() throws {
        let sample = try ExportSample()
        let text = try #require(try files(.webAnnotations, of: sample.results)["annotations.jsonld"])
        let whole = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(whole["@context"] as? String == "http://www.w3.org/ns/anno.jsonld")
        let page = try #require(whole["first"] as? [String: Any])
        let items = try #require(page["items"] as? [[String: Any]])
        #expect(items.count == whole["total"] as? Int)
        #expect(!items.isEmpty)
        var texts: [String: [Unicode.Scalar]] = [:]
        try AnnotatedDocument.forEach(in: sample.results) { texts[$0.id] = $0.text }
        for item in items {
            let target = try #require(item["target"] as? [String: Any])
            let selectors = try #require(target["selector"] as? [[String: Any]])
            let source = try #require((target["source"] as? String)?.removingPercentEncoding)
            let position = try #require(selectors.first { $0["type"] as? String == "TextPositionSelector" })
            let quote = try #require(selectors.first { $0["type"] as? String == "TextQuoteSelector" })
            let (start, end) = (try #require(position["start"] as? Int), try #require(position["end"] as? Int))
            let words = String(String.UnicodeScalarView(try #require(texts[source])[start..<end]))
            #expect(quote["exact"] as? String == words)
        }
    }

    @Test("exports of the same results are the same bytes", arguments: ExportFormat.allCases)
    func sameBytes(format: ExportFormat) throws {
        let (one, two) = (try ExportSample(), try ExportSample())
        #expect(try files(format, of: one.results) == files(format, of: two.results))
    }
}

@Suite("Bibliographies") struct BibliographyTests {
    private let wall = Reference(
        document: "corpus/wall & tide.txt", title: "50% of {Low_Quay}", authors: ["Ines Harrow", "Tomas Vell"],
        publisher: "Low Quay Post", date: [2021, 5, 4], address: "https://lowquay.example/wall_1")
    private let bare = Reference(
        document: "corpus/wall - tide.txt", title: nil, authors: [], publisher: nil, date: [], address: nil)

    @Test("BibTeX entries have keys of their own, names that stay whole and escaped signs")
    func bibTeX() {
        let text = String(decoding: BibTeX.bibliography([wall, bare]), as: UTF8.self)
        #expect(
            text == #"""
                @misc{corpus-wall---tide.txt,
                  title = {{50\% of \{Low\_Quay\}}},
                  author = {{Ines Harrow} and {Tomas Vell}},
                  publisher = {Low Quay Post},
                  year = {2021},
                  month = {5},
                  day = {4},
                  url = {https://lowquay.example/wall_1},
                  note = {corpus/wall \& tide.txt}
                }

                @misc{corpus-wall---tide.txt-2,
                  note = {corpus/wall - tide.txt}
                }


                """#)
    }

    @Test("CSL-JSON leaves out what is not known")
    func cslJSON() {
        let text = String(decoding: CSLJSON.bibliography([wall, bare]), as: UTF8.self)
        #expect(
            text.hasPrefix(
                #"[{"id":"corpus/wall & tide.txt","type":"webpage","title":"50% of {Low_Quay}","author":[{"literal":"Ines Harrow"},"#
            ))
        #expect(text.contains(#""issued":{"date-parts":[[2021,5,4]]}"#))
        #expect(text.hasSuffix("{\"id\":\"corpus/wall - tide.txt\",\"type\":\"document\"}]\n"))
    }

    @Test("a document of a file of records is named behind the path of the file")
    func parts() {
        #expect(IRI.address(of: "corpus/a b.csv#n 1") == "corpus/a%20b.csv#n%201")
        #expect(IRI.address(of: "corpus/a#b.txt") == "corpus/a%23b.txt")
    }

    @Test("a path becomes an address with every other byte escaped")
    func addresses() {
        #expect(IRI.escaped("corpus/a b/ış%.txt") == "corpus/a%20b/%C4%B1%C5%9F%25.txt")
    }
}
