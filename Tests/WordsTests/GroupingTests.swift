import Results
import Testing

@testable import Words

/// Measures in the parts of a corpus, against what Golden/measures.py computed from the texts of each part alone.
@Suite("Measures in parts of a corpus")
struct GroupingTests {
    private let expected: [String: Any]
    private let fixture: WordsFixture

    init() throws { (expected, fixture) = try GoldenMeasures.load() }

    @Test("sequences of words and collocates are counted in each part by itself")
    func parts() throws {
        let ngrams = try #require(expected["ngrams by publisher"] as? [String: [String: [Int]]])
        let collocates = try #require(expected["collocates by publisher"] as? [String: [String: [String: Any]]])
        try fixture.database.searching { source in
            var places = try PlaceFinder(WordPattern("wall"), in: source)
            let parts = try CorpusPart.all(by: "publisher", in: source)
            #expect(parts.map(\.name) == ngrams.keys.sorted())
            for part in parts {
                let counted = try NGrams(2, of: part, in: source)
                #expect(
                    Dictionary(uniqueKeysWithValues: counted.rows.map { ($0.text, [$0.occurrences, $0.documents]) })
                        == ngrams[part.name])
                let found = try Collocates(of: &places, window: 3, in: part, source: source)
                #expect(Set(found.rows.map(\.collocate)) == Set((collocates[part.name] ?? [:]).keys))
                for row in found.rows {
                    GoldenMeasures.check(
                        collocates[part.name]?[row.collocate] ?? [:], GoldenMeasures.values(row),
                        "\(part.name) \(row.collocate)")
                }
            }
        }
    }

    @Test("lexical diversity of a part is that of its texts one after another")
    func diversity() throws {
        let wanted = try #require(expected["diversity by publisher"] as? [String: [String: Any]])
        try fixture.database.searching { source in
            for part in try CorpusPart.all(by: "publisher", in: source) {
                let value = try #require(try PartDiversity.of(part, window: 20, in: source))
                GoldenMeasures.check(wanted[part.name] ?? [:], GoldenMeasures.values(value), part.name)
            }
        }
    }

    @Test("parts are weighed and compared like documents")
    func vectors() throws {
        let weights = try #require(expected["tf_idf by publisher"] as? [String: [String: Double]])
        let similarities = try #require(expected["similarities by publisher"] as? [String: [String: Double]])
        let vectors = try fixture.database.searching { try DocumentVectors(by: "publisher", in: $0) }
        for (k, part) in vectors.documents.enumerated() {
            GoldenMeasures.check(
                weights[part] ?? [:],
                Dictionary(uniqueKeysWithValues: vectors.words(of: k).map { ($0.term, $0.weight) }), part)
            var found = Dictionary(uniqueKeysWithValues: zip(vectors.documents, vectors.similarities(to: k)))
            found[part] = nil
            GoldenMeasures.check(similarities[part] ?? [:], found, part)
        }
    }

    @Test("a pattern is counted in every part, also in those without it")
    func patterns() throws {
        let wanted = try #require(expected["pattern counts"] as? [String: [Int]])
        try fixture.database.searching { source in
            var wall = try PlaceFinder(WordPattern("wall"), in: source)
            let rows = try PatternCounts(of: &wall, by: "publisher", in: source).rows
            for row in rows {
                #expect([row.occurrences, row.documents, row.words, row.partDocuments] == wanted[row.part])
            }
            #expect(rows.map(\.part) == wanted.keys.sorted())
            var gull = try PlaceFinder(WordPattern("gull"), in: source)
            #expect(try PatternCounts(of: &gull, by: "publisher", in: source).rows.map(\.occurrences) == [0, 0, 12])
            #expect(try PatternCounts(of: &gull, by: nil, in: source).rows.map(\.occurrences) == [12])
        }
    }

    @Test("forms of a word are counted together where lemmas are asked for")
    func lemmas() throws {
        let wanted = try #require(expected["lemmas"] as? [String: [String: Int]])
        let counted = try fixture.database.searching { try WordFrequencies(by: "publisher", unit: .lemma, in: $0) }
        for (k, part) in counted.parts.enumerated() {
            let found = counted.counts.filter { $0.part == k }.map { (counted.term($0.term), $0.occurrences) }
            #expect(Dictionary(uniqueKeysWithValues: found) == wanted[part.name])
        }
        #expect(
            counted.byTerm.compactMap(\.first).filter { counted.term($0.term) == "be" }.map {
                counted.wordClass($0.term)
            } == ["function"])
        try fixture.database.searching { source in
            var places = try PlaceFinder(WordPattern("wall"), in: source)
            let found = try Collocates(of: &places, window: 3, unit: .lemma, source: source)
            #expect(found.rows.contains { $0.collocate == "mend" } && !found.rows.contains { $0.collocate == "mended" })
        }
    }

    @Test("a word that is only written with a capital is a name, and no form of another word")
    func names() throws {
        let fixture = try WordsFixture([
            ("a", "The walls of Jonas fell. Jonas saw Walls. Boats left.", ["language": "en"]),
            ("b", "Die Boats von Jonas.", ["language": "de"]),
        ])
        let counted = try fixture.database.searching { try WordFrequencies(by: nil, unit: .lemma, in: $0) }
        let found = Dictionary(uniqueKeysWithValues: counted.counts.map { (counted.term($0.term), $0.occurrences) })
        #expect(found["wall"] == 2 && found["jonas"] == 3 && found["boat"] == 1 && found["boats"] == 1)
        #expect(found["jona"] == nil && found["walls"] == nil)
    }

    @Test("several columns make parts together, and a date makes decades, quarters and months")
    func columns() throws {
        let fixture = try WordsFixture([
            ("a", "One wall.", ["date": "1998-05-02", "publisher": "Courier", "desk, city": "x"]),
            ("b", "Two walls.", ["date": "2003", "publisher": "Courier"]),
            ("c", "No wall.", ["date": "2003-12-24"]), ("d", "Nothing.", [:]),
        ])
        #expect(try names("decade", fixture) == ["=1", "1990s=1", "2000s=2"])
        #expect(try names("quarter", fixture) == ["=2", "1998-Q2=1", "2003-Q4=1"])
        #expect(
            try names("publisher, year", fixture) == [" · =1", " · 2003=1", "Courier · 1998=1", "Courier · 2003=1"])
        #expect(try names("desk, city", fixture) == ["=3", "x=1"])
        #expect { try names("publisher, desk", fixture) } throws: {
            ($0 as? PatternProblem)?.message == "no document has 'desk' in its metadata"
        }
        #expect { try names(",", fixture) } throws: { ($0 as? PatternProblem)?.id == "unknown-metadata" }
    }

    /// The parts that a grouping makes, with how many documents each has.
    private func names(_ grouping: String, _ fixture: WordsFixture) throws -> [String] {
        try fixture.database.searching { source in
            try CorpusPart.all(by: grouping, in: source).map { "\($0.name)=\($0.documents?.count ?? -1)" }
        }
    }
}
