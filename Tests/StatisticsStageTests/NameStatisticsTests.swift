import StageKit
import Testing
import Text

@testable import StatisticsStage

@Suite struct NameStatisticsTests {
    private let names = ["Ada Lik": "e1", "Lik": "e1", "Ebb": "e2", "Orso": "e3"]

    @Test("two entities are together once a sentence, however often each is named")
    func pairs() throws {
        let sample = Sample("Ebb met Orso and Ebb. Orso left Ebb. Orso slept.").mentioning(names)
        let table = try FoldTable(NameStatistics.self, over: sample)
        #expect(table.count("sentences", .cooccurrence, "e2", "e3") == 2)
        #expect(table.count("documents", .cooccurrence, "e2", "e3") == 1)
        #expect(table.count("sentences", .entities, "e2") == 2)
        #expect(table.count("mentions", .entities, "e2") == 3)
        #expect(table.count("occurrences", .timeline, "2025-03", "entity", "e3") == 3)
        #expect(try table.keys(.cooccurrence) == [["e2", "e3"]])
    }

    @Test("names far apart in a long list are not together")
    func reach() throws {
        let text = (0..<20).map { "N\($0)x" }.joined(separator: " ")
        let names = Dictionary(uniqueKeysWithValues: (0..<20).map { ("N\($0)x", "e\(100 + $0)") })
        let table = try FoldTable(NameStatistics.self, over: Sample(text).mentioning(names))
        #expect(table.count("sentences", .cooccurrence, "e100", "e116") == 1)
        #expect(table.count("sentences", .cooccurrence, "e100", "e117") == 0)
    }

    @Test("mentions out of order, overlapping or outside every sentence do no harm")
    func hostile() throws {
        let sample = Sample("Ebb met Orso.")
        sample.layers.set(
            Mentions([
                Mention(ByteSpan(8, 12), .person, entity: "e3"), Mention(ByteSpan(0, 12), .person, entity: "e1"),
                Mention(ByteSpan(0, 3), .person, entity: "e2"), Mention(ByteSpan(90, 95), .person, entity: "e4"),
            ]))
        let table = try FoldTable(NameStatistics.self, over: sample)
        #expect(table.count("mentions", .entities, "e4") == 0)
        let neighbours = try FoldTable(NeighbourStatistics.self, over: sample)
        #expect(neighbours.count("occurrences", .nodes, "entity", "e2") == 1)
        #expect(neighbours.count("occurrences", .nodes, "entity", "e4") == 0)
    }
}
