import StageKit
import Testing
import Text

@testable import StatisticsStage

@Suite struct ClaimStatisticsTests {
    @Test("claims are counted by source, publisher, form and stance")
    func claims() throws {
        let span = ByteSpan(0, 4)
        let sample = Sample("Wall.").claiming(
            Claim(span, sourceEntity: "e1", content: [span], form: .direct, stance: .asserted),
            Claim(span, sourceEntity: "e1", content: [span], form: .indirect, stance: .hedged, negated: true),
            Claim(span, content: [span], form: .indirect, stance: .hedged))
        let table = try FoldTable(ClaimStatistics.self, over: sample)
        #expect(table.count("claims", .sources, "e1", "Courier") == 2)
        #expect(table.count("documents", .sources, "e1", "Courier") == 1)
        #expect(table.count("direct", .sources, "e1", "Courier") == 1)
        #expect(table.count("hedged", .sources, "e1", "Courier") == 1)
        #expect(table.count("negated", .sources, "e1", "Courier") == 1)
        #expect(table.count("claims", .sources, "", "Courier") == 1)
        #expect(table.count("occurrences", .timeline, "2025-03", "source", "e1") == 2)
    }
}
