import StageKit
import TestSupport
import Testing
import Text

@testable import StatisticsStage

@Suite struct StatisticsStageTests {
    @Test("without entities and claims, statistics of words remain")
    func optionalSteps() throws {
        let words: [LayerName] = ["text", "sentences", "tokens", "metadata"]
        let steps = try Step.prepare(StatisticsStage.self)
        #expect(
            try StepGraph(steps, given: words).steps.map(\.id) == [
                "summarize-statistics.words", "summarize-statistics.keywords",
            ])
        #expect(
            try StepGraph(steps, given: words + ["mentions", "claims"]).steps.map(\.id) == [
                "summarize-statistics.words", "summarize-statistics.keywords", "summarize-statistics.names",
                "summarize-statistics.neighbours", "summarize-statistics.claims",
            ])
        #expect(throws: StepGraphProblem.self) { try StepGraph(steps, given: ["text"]) }
    }

    @Test("every entry goes to a table, key and measure that results know")
    func described() throws {
        let sample = Sample("Ebb met Orso at the wall. Orso denied it.").mentioning(["Ebb": "e1", "Orso": "e2"])
            .claiming(Claim(.init(0, 3), content: [], form: .mixed, stance: .questioned, negated: true))
        let tables = Dictionary(uniqueKeysWithValues: StatisticsTable.all.map { ($0.name, $0) })
        var seen: Set<String> = []
        for type in StatisticsStage.steps {
            guard case .fold(let fold) = type, case .statistics(let declared) = type.contract.publishes else {
                continue
            }
            for entry in try sample.summary(fold, ["keywords": .list([.string("wall")])]).entries {
                let parts = try entry.key.parts()
                let table = try #require(tables[parts[0]])
                #expect(declared.contains(table), "\(table.name)")
                #expect(parts.count == table.key.count + 1)
                #expect(table.measures.contains { $0.name.utf8.elementsEqual(entry.element) }, "\(table.name)")
                seen.insert(table.name)
            }
        }
        #expect(seen == Set(tables.keys))
    }
}
