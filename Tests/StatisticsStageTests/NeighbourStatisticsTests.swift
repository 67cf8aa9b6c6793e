import StageKit
import Testing
import Text

@testable import StatisticsStage

@Suite struct NeighbourStatisticsTests {
    @Test("neighbours of a name leave out the name itself, function words and other sentences")
    func neighbours() throws {
        let sample = Sample("Early storm hit. Mayor Ada Lik denied the report. Late storm.")
            .mentioning(["Ada Lik": "e1"])
        let table = try FoldTable(NeighbourStatistics.self, over: sample)
        #expect(
            try table.keys(.collocations) == [
                ["entity", "e1", "mayor"], ["entity", "e1", "denied"], ["entity", "e1", "report"],
            ])
        #expect(table.count("slots", .nodes, "entity", "e1") == 4)
    }

    @Test("no neighbours are counted when the pipeline wants none")
    func none() throws {
        let none: [String: OptionValue] = ["collocations": .string("none"), "window": .integer(3)]
        let reader = OptionReader(none, descriptions: StatisticsStage.description.options)
        #expect(try NeighbourStatistics(options: reader).isIdle)
        #expect(reader.used.map(\.name) == ["collocations"])
        let sample = Sample("Ebb met Orso.").mentioning(["Ebb": "e2", "Orso": "e3"])
        #expect(try FoldTable(NeighbourStatistics.self, none, over: sample).keys(.collocations).isEmpty)
    }
}
