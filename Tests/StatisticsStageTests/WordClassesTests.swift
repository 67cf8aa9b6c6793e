import StageKit
import Testing
import Text

@testable import StatisticsStage

@Suite("Words of function, numerals and verbs of saying are told from content, by language")
struct WordClassesTests {
    private func wordClass(_ word: String, _ language: String?) throws -> WordClass {
        var table = WordTable(WordFolding(language: language))
        let bytes = Array(word.utf8)
        let found = table.insert(ByteSpan(0, bytes.count), of: bytes)
        let id = try #require(found)
        return WordClasses.of(language: language).wordClass(id, of: table)
    }

    @Test(
        "a word has the class that it has in its language",
        arguments: [
            ("The", "en", .function), ("said", "en", .saying), ("Seven", "en", .numeral),
            ("warned", "en", .content),
            ("harbour", "en", .content), ("reports", "en", .content), ("don’t", "en", .function),
            ("said", nil, .saying),
            ("said", "en-GB", .saying), ("die", "de", .function), ("die", "en", .content), ("sagte", "de", .saying),
            ("drei", "de", .numeral), ("warnte", "de", .content), ("Größe", "de", .content), ("dit", "fr", .saying),
            ("l’", "fr", .function), ("quatre", "fr", .numeral), ("dijo", "es", .saying), ("siete", "es", .numeral),
            ("disse", "it", .saying), ("dört", "tr", .numeral), ("İKİ", "tr", .numeral),
            ("dedi", "tr", .saying), ("değil", "tr", .function), ("said", "pl", .content), ("drei", "deu", .numeral),
        ] as [(String, String?, WordClass)])
    func classes(word: String, language: String?, expected: WordClass) throws {
        #expect(try wordClass(word, language) == expected)
    }

    @Test("the names of the classes are in the order of keys")
    func order() {
        let names = WordClass.allCases.map(\.rawValue)
        #expect(names == names.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) })
    }

    @Test("neighbours of a keyword are content of the language of the document")
    func neighbours() throws {
        let options: [String: OptionValue] = ["keywords": .list([.string("Mauer")]), "window": .integer(4)]
        let sample = Sample("Die drei Leute sagte die Mauer hielt.", language: "de")
        let table = try FoldTable(KeywordStatistics.self, options, over: sample)
        #expect(try table.keys(.collocations) == [["term", "mauer", "hielt"], ["term", "mauer", "leute"]])
        #expect(
            try FoldTable(WordStatistics.self, over: sample).keys(.terms).map { $0[0] + " " + $0[1] } == [
                "saying sagte", "content hielt", "content leute", "content mauer", "numeral drei", "function die",
            ])
    }
}
