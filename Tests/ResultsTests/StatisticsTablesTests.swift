import GRDB
import Results
import StageKit
import TestSupport
import Testing

@Suite struct StatisticsTablesTests {
    private func row(_ parts: [String], _ counts: [(String, Int)]) -> FoldRow {
        FoldRow(key: FoldKey(parts: parts), elements: counts.map { (bytes: Array($0.0.utf8), count: $0.1) })
    }

    @Test("rows of folds stand in the tables that their keys name, and views compute over them")
    func rows() throws {
        let fixture = try ResultsFixture()
        let term = ["term_counts", "content", "quay", "Wire"]
        let digests = try fixture.write { writer in
            try writer.put([
                row(["publisher_counts", "Wire"], [("documents", 2), ("sentences", 9), ("words", 400)]),
                row(term, [("documents", 1), ("repeats", 3)]), row(term, [("documents", 2), ("repeats", 2)]),
                row(["no such table", "x"], [("documents", 1)]),
            ])
        }
        #expect(try fixture.rows("select * from term_counts") == ["content|quay|Wire|2|2"])
        #expect(try fixture.rows("select * from terms") == ["quay|content|4|2|10000.0|1.0"])
        #expect(try fixture.database().recomputedDigests() == digests)
        let without = try fixture.write([], fresh: false) { try $0.removeRow(FoldKey(parts: term)) }
        #expect(try fixture.rows("select * from term_counts") == [])
        #expect(without["term_counts"] == nil)
        #expect(try fixture.database().recomputedDigests() == without)
    }

    @Test("rows that are read from entries of folds are those of the rows one by one")
    func entries() throws {
        let rows = (0..<100).map { n in
            row(["term_counts", "content", "word\(n % 40)", "Wire \(n)"], [("documents", n + 1), ("repeats", n)])
        }.sorted { $0.key < $1.key }
        let other = row(["publisher_counts", ""], [("words", 7)])
        let unknown = row(["no such table", "x"], [("documents", 1)])
        let all = ([other, unknown] + rows).sorted { $0.key < $1.key }
        let entries = all.flatMap { row in row.elements.map { SummaryEntry(row.key, $0.bytes, $0.count) } }
        let one = try ResultsFixture()
        let expected = try one.write { try $0.put(all) }
        let many = try ResultsFixture()
        let digests = try many.write { writer in
            for table in StatisticsTable.all {
                try writer.put(StatisticsRows(pages: [Summary(entries).encoded], of: table))
            }
        }
        #expect(digests == expected)
        #expect(try many.database().recomputedDigests() == expected)
        for table in ["term_counts", "publisher_counts", "term_totals"] {
            #expect(try many.rows("select * from \(table)") == one.rows("select * from \(table)"))
        }
        #expect(throws: LayerError.self) { try StatisticsRows(pages: [[7, 7]], of: .terms) }
    }

    @Test(
        "every view can be queried, with rows or without",
        arguments: StatisticsView.all.map(\.name) + ["documents", "blocks", "sentences", "quotations"])
    func views(name: String) throws {
        let fixture = try ResultsFixture()
        try fixture.write([])
        #expect(try fixture.rows("select * from \(name)") == [])
    }
}
