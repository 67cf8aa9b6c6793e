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

    @Test("neighbours of a keyword are content words within the window and the sentence")
    func keywords() throws {
        let options: [String: OptionValue] = ["keywords": .list([.string("Wall")]), "window": .integer(2)]
        let table = try FoldTable(
            WordStatistics.self, options, over: Sample("Storm broke old harbour wall the sea took. Wall fell."))
        #expect(
            try table.keys(.collocations) == [
                ["term", "wall", "old"], ["term", "wall", "sea"], ["term", "wall", "fell"],
                ["term", "wall", "harbour"],
            ])
        #expect(table.count("occurrences", .nodes, "term", "wall") == 2)
        #expect(table.count("slots", .nodes, "term", "wall") == 5)
        #expect(table.count("occurrences", .timeline, "2025-03", "term", "wall") == 2)
    }

    @Test("a phrase is counted like a word, where nothing but a blank or a hyphen parts its words")
    func phrases() throws {
        let options: [String: OptionValue] = ["keywords": .list([.string("Sea  wall")]), "window": .integer(1)]
        let table = try FoldTable(
            WordStatistics.self, options,
            over: Sample("Old sea wall broke. The Sea wall's end. New sea, wall gone. One wall sea sight."))
        #expect(table.count("occurrences", .nodes, "term", "sea wall") == 2)
        #expect(
            try table.keys(.collocations) == [
                ["term", "sea wall", "end"], ["term", "sea wall", "old"], ["term", "sea wall", "broke"],
            ])
        #expect(table.count("occurrences", .timeline, "2025-03", "term", "sea wall") == 2)
    }

    @Test("a keyword is met in the capitals of its language, and only counted once if two are one word")
    func keywordLanguages() throws {
        let options: [String: OptionValue] = ["keywords": .list([.string("ışık"), .string("IŞIK")])]
        let turkish = try FoldTable(WordStatistics.self, options, over: Sample("IŞIK Işık ışık.", language: "tr"))
        #expect(turkish.count("occurrences", .nodes, "term", "ışık") == 3)
        let english = try FoldTable(WordStatistics.self, options, over: Sample("IŞIK ışık."))
        #expect(english.count("occurrences", .nodes, "term", "ışık") == 1)
        #expect(english.count("occurrences", .nodes, "term", "işik") == 1)
    }

    @Test("a keyword without a word is refused")
    func noWord() {
        #expect(throws: OptionProblem.self) {
            try Sample("x").summary(WordStatistics.self, ["keywords": .list([.string(" ")])])
        }
    }

    @Test("every content word is a node when the pipeline says so")
    func everyWord() throws {
        let table = try FoldTable(
            WordStatistics.self, ["collocations": .string("words")], over: Sample("The wall fell."))
        #expect(try table.keys(.collocations) == [["term", "fell", "wall"], ["term", "wall", "fell"]])
    }

    @Test("an empty document counts as a document")
    func empty() throws {
        let table = try FoldTable(WordStatistics.self, over: Sample(""))
        #expect(table.count("documents", .publishers, "Courier") == 1)
        #expect(table.count("words", .publishers, "Courier") == 0)
        #expect(try table.keys(.readability).isEmpty)
    }

    @Test("a document that is taken out leaves nothing")
    func takenOut() throws {
        let summary = try Sample("The wall fell.").summary(WordStatistics.self, ["collocations": .string("words")])
        let taken = try EntryMerge.negated(summary.encoded)
        #expect(try EntryMerge.merged([summary.encoded, taken]).isEmpty)
    }

    @Test("the same document gives the same bytes every time")
    func deterministic() throws {
        let options: [String: OptionValue] = ["collocations": .string("words")]
        let text = "The old harbour wall fell when the storm broke the sea gate. Nobody had seen the old gate fall."
        let first = try Sample(text).summary(WordStatistics.self, options)
        for _ in 0..<8 { #expect(try Sample(text).summary(WordStatistics.self, options).encoded == first.encoded) }
        #expect(try Summary(encoded: first.encoded) == first)
    }
}
