import StageKit
import Testing

@testable import StatisticsStage

@Suite struct KeywordStatisticsTests {
    @Test("neighbours of a keyword are content words within the window and the sentence")
    func keywords() throws {
        let options: [String: OptionValue] = ["keywords": .list([.string("Wall")]), "window": .integer(2)]
        let table = try FoldTable(
            KeywordStatistics.self, options, over: Sample("Storm broke old harbour wall the sea took. Wall fell."))
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
            KeywordStatistics.self, options,
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
        let turkish = try FoldTable(KeywordStatistics.self, options, over: Sample("IŞIK Işık ışık.", language: "tr"))
        #expect(turkish.count("occurrences", .nodes, "term", "ışık") == 3)
        let english = try FoldTable(KeywordStatistics.self, options, over: Sample("IŞIK ışık."))
        #expect(english.count("occurrences", .nodes, "term", "ışık") == 1)
        #expect(english.count("occurrences", .nodes, "term", "işik") == 1)
    }

    @Test("a keyword without a word is refused")
    func noWord() {
        #expect(throws: OptionProblem.self) {
            try Sample("x").summary(KeywordStatistics.self, ["keywords": .list([.string(" ")])])
        }
    }

    @Test("every content word is a node when the pipeline says so")
    func everyWord() throws {
        let table = try FoldTable(
            KeywordStatistics.self, ["collocations": .string("words")], over: Sample("The wall fell."))
        #expect(try table.keys(.collocations) == [["term", "fell", "wall"], ["term", "wall", "fell"]])
    }

    @Test("without a word to look at there is nothing to count, and the window does not matter")
    func idle() throws {
        let reader = OptionReader(["window": .integer(3)], descriptions: StatisticsStage.description.options)
        #expect(try KeywordStatistics(options: reader).isIdle)
        #expect(!reader.used.map(\.name).contains("window"))
        let all: [String: OptionValue] = ["collocations": .string("words")]
        #expect(
            try !KeywordStatistics(options: OptionReader(all, descriptions: StatisticsStage.description.options)).isIdle
        )
        #expect(try Sample("The wall fell.").summary(KeywordStatistics.self).entries.isEmpty)
    }

    @Test("a document that is taken out leaves nothing")
    func takenOut() throws {
        let summary = try Sample("The wall fell.").summary(KeywordStatistics.self, ["collocations": .string("words")])
        let taken = try EntryMerge.negated(summary.encoded)
        #expect(try EntryMerge.merged([summary.encoded, taken]).isEmpty)
    }

    @Test("the same document gives the same bytes every time")
    func deterministic() throws {
        let options: [String: OptionValue] = ["collocations": .string("words")]
        let text = "The old harbour wall fell when the storm broke the sea gate. Nobody had seen the old gate fall."
        let first = try Sample(text).summary(KeywordStatistics.self, options)
        for _ in 0..<8 { #expect(try Sample(text).summary(KeywordStatistics.self, options).encoded == first.encoded) }
        #expect(try Summary(encoded: first.encoded) == first)
    }
}
