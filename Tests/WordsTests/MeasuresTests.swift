import Foundation
import Testing
import Text

@testable import Words

/// What Golden/measures.py computed without Colophon, held against what is counted here.
@Suite("Measures of words")
struct MeasuresTests {
    private let expected: [String: Any]
    private let fixture: WordsFixture

    init() throws {
        (expected, fixture) = try GoldenMeasures.load()
    }

    private typealias Rows = [String: [String: Any]]

    private func check(_ row: [String: Any], _ values: [String: Double], _ what: String) {
        GoldenMeasures.check(row, values, what)
    }

    @Test("frequencies are those of NLTK")
    func frequencies() throws {
        let counted = try fixture.database.searching { try WordFrequencies(by: "publisher", in: $0) }
        let wanted = try #require(expected["frequencies"] as? [String: [String: [Double]]])
        #expect(counted.counts.count == wanted.values.reduce(0) { $0 + $1.count })
        for count in counted.counts {
            let part = counted.parts[count.part]
            let row = try #require(wanted[part.name]?[counted.term(count.term)])
            #expect([Double(count.occurrences), Double(count.documents)] == Array(row.prefix(2)))
            let rate = 1e6 * Double(count.occurrences) / Double(part.words)
            #expect(abs(rate - row[2]) <= 1e-9 * row[2])
        }
    }

    @Test("sequences of words are those of NLTK", arguments: [1, 2, 3, 4])
    func sequences(length: Int) throws {
        let wanted = try #require((expected["ngrams"] as? [String: [String: [Int]]])?["\(length)"])
        let counted = try fixture.database.searching { try NGrams(length, in: $0) }
        #expect(
            Dictionary(uniqueKeysWithValues: counted.rows.map { ($0.text, [$0.occurrences, $0.documents]) }) == wanted)
        #expect(counted.rows.map(\.text) == wanted.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test("collocates and their measures are those of NLTK", arguments: ["wall 3", "council 5", "harbour 1"])
    func collocates(key: String) throws {
        let wanted = try #require((expected["collocates"] as? [String: Rows])?[key])
        let parts = key.split(separator: " ")
        let found = try fixture.database.searching {
            var places = try PlaceFinder(WordPattern(String(parts[0])), in: $0)
            return try Collocates(of: &places, window: try #require(Int(parts[1])), source: $0)
        }
        #expect(Set(found.rows.map(\.collocate)) == Set(wanted.keys))
        for row in found.rows {
            check(wanted[row.collocate] ?? [:], GoldenMeasures.values(row), "\(key) \(row.collocate)")
        }
    }

    @Test(
        "keywords and their measures are those of SciPy", arguments: ["Courier rest", "Gazette Ledger", "Gazette list"])
    func keywords(key: String) throws {
        let wanted = try #require((expected["keywords"] as? [String: Rows])?[key])
        let parts = key.split(separator: " ").map(String.init)
        let list = try #require(expected["list"] as? [String: Int])
        let reference: Keywords.Reference =
            switch parts[1] {
            case "rest": .rest
            case "list": .list(list, words: list.values.reduce(0, +))
            default: .part(parts[1])
            }
        let found = try fixture.database.searching {
            try Keywords(of: parts[0], in: try WordFrequencies(by: "publisher", in: $0), beside: reference)
        }
        #expect(found.rows.map(\.term) == wanted.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        for row in found.rows {
            check(
                wanted[row.term] ?? [:],
                [
                    "occurrences": Double(row.occurrences), "elsewhere": Double(row.elsewhere), "g2": row.table.g2,
                    "chi2": row.table.chiSquared, "log_ratio": row.table.logRatio,
                    "percent_diff": row.table.percentDifference, "p": row.probability, "p_adjusted": row.adjusted,
                ], "\(key) \(row.term)")
        }
    }

    @Test("dispersion is that of the definitions", arguments: ["document", "publisher"])
    func dispersions(grouping: String) throws {
        let wanted = try #require((expected["dispersions"] as? [String: Rows])?[grouping])
        let counted = try fixture.database.searching { try WordFrequencies(by: grouping, in: $0) }
        let sizes = PartSizes(counted.parts.map(\.words))
        #expect(counted.byTerm.count == wanted.count)
        for counts in counted.byTerm {
            let term = counted.term(try #require(counts.first).term)
            let found = Dispersion(
                counts: counts.map(\.occurrences), sizes: counts.map { counted.parts[$0.part].words }, allSizes: sizes)
            check(
                wanted[term] ?? [:],
                [
                    "range": Double(found.range), "juilland_d": found.juillandD, "dp": found.dp,
                    "dp_norm": found.dpNorm,
                ], term)
        }
    }

    @Test("lexical diversity is that of lexicalrichness and of the definitions")
    func diversity() throws {
        let wanted = try #require(expected["diversity"] as? Rows)
        try fixture.database.searching { source in
            let parts = try CorpusPart.all(by: "document", in: source)
            #expect(parts.map(\.name) == wanted.keys.sorted())
            for part in parts {
                let value = try #require(try PartDiversity.of(part, window: 20, in: source))
                check(wanted[part.name] ?? [:], GoldenMeasures.values(value), part.name)
            }
        }
    }

    @Test("weights of words and similarities of documents are those of the definitions")
    func vectors() throws {
        let weights = try #require(expected["tf_idf"] as? [String: [String: Double]])
        let similarities = try #require(expected["similarities"] as? [String: [String: Double]])
        let vectors = try fixture.database.searching { try DocumentVectors(in: $0) }
        #expect(vectors.documents == weights.keys.sorted())
        for (k, document) in vectors.documents.enumerated() {
            check(
                weights[document] ?? [:],
                Dictionary(uniqueKeysWithValues: vectors.words(of: k).map { ($0.term, $0.weight) }), document)
            var found = Dictionary(uniqueKeysWithValues: zip(vectors.documents, vectors.similarities(to: k)))
            found[document] = nil
            check(similarities[document] ?? [:], found, document)
        }
    }

    @Test("the median is that of NumPy")
    func medians() throws {
        for pair in try #require(expected["medians"] as? [[Any]]) {
            #expect(Median.of(try #require(pair[0] as? [Double])) == pair[1] as? Double)
        }
        #expect(Median.of([]) == nil)
    }

    @Test("numbers that no measure fits give none, and none gives a wrong one")
    func undefined() {
        #expect(ContingencyTable(0, of: 0, elsewhere: 0, of: 10).g2.isNaN)
        #expect(ContingencyTable(5, of: 3, elsewhere: 1, of: 10).chiSquared.isNaN)
        #expect(ContingencyTable(1, of: 10, elsewhere: 0, of: 10).percentDifference == .infinity)
        #expect(LexicalDiversity([], typeCount: 0).mtld.isNaN)
        #expect(Dispersion(counts: [3], sizes: [10], allSizes: PartSizes([10])).juillandD.isNaN)
        #expect(AdjustedProbabilities.benjaminiHochberg([]).isEmpty)
    }
}
