import TestSupport
import Testing

@testable import CleanStage

@Suite("What every stage promises, 'clean' keeps")
struct ConformanceTests {
    @Test("the stage writes sound layers over hostile documents, the same each time")
    func conformance() async throws { try await expectConformance(of: [CleanStage.self]) }
}
