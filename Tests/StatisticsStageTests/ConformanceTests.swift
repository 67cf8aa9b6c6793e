import SegmentStage
import TestSupport
import Testing

@testable import StatisticsStage

@Suite("What every stage promises, 'summarize-statistics' keeps")
struct ConformanceTests {
    @Test("the stage adds up hostile documents to the same tables each time")
    func conformance() async throws { try await expectConformance(of: [SegmentStage.self, StatisticsStage.self]) }
}
