import StageKit
import Testing

@testable import StatisticsStage

@Suite struct WordStatisticsTests {
    @Test("a word counts once for its document, and its further occurrences apart")
    func frequencies() throws {
        let table = try FoldTable(
            WordStatistics.self, over: Sample("Wall wall WALL. The wall's end."), Sample("A wall.", id: "b.txt"),
            Sample("No wall.", publisher: "Wire"))
        #expect(table.count("documents", .terms, "content", "wall", "Courier") == 2)
        #expect(table.count("repeats", .terms, "content", "wall", "Courier") == 3)
        #expect(table.count("documents", .terms, "content", "wall", "Wire") == 1)
        #expect(table.count("documents", .terms, "function", "the", "Courier") == 1)
    }

    @Test("a frequent word is kept like a rare one")
    func nothingIsCut() throws {
        let table = try FoldTable(WordStatistics.self, over: Sample("the the the rare"))
        #expect(try table.keys(.terms) == [["content", "rare", "Courier"], ["function", "the", "Courier"]])
    }

    @Test("the sizes of a document are sums that readability is reckoned from")
    func readability() throws {
        let table = try FoldTable(WordStatistics.self, over: Sample("The harbour wall gave way. Nobody knew."))
        #expect(table.count("sentences", .readability, "a.txt") == 2)
        #expect(table.count("words", .readability, "a.txt") == 7)
        #expect(table.count("types", .readability, "a.txt") == 7)
        #expect(table.count("letters", .readability, "a.txt") == 31)
        #expect(table.count("syllables", .readability, "a.txt") == 10)
        #expect(table.count("long_words", .readability, "a.txt") == 1)
        #expect(table.count("words", .publishers, "Courier") == 7)
        #expect(table.count("occurrences", .timeline, "2025-03", "publisher", "Courier") == 7)
    }

    @Test("a date without a month goes to the row of unknown months", arguments: ["2025", "", "14.03.2025", "2025-W1"])
    func unknownMonth(date: String) throws {
        let table = try FoldTable(WordStatistics.self, over: Sample("Wall.", date: date))
        #expect(table.count("documents", .timeline, "", "publisher", "Courier") == 1)
    }

    @Test("an empty document counts as a document")
    func empty() throws {
        let table = try FoldTable(WordStatistics.self, over: Sample(""))
        #expect(table.count("documents", .publishers, "Courier") == 1)
        #expect(table.count("words", .publishers, "Courier") == 0)
        #expect(try table.keys(.readability).isEmpty)
    }
}
