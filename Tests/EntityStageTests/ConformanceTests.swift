import SegmentStage
import TestSupport
import Testing

@testable import EntityStage

@Suite("Conformance")
struct ConformanceTests {
    @Test("the stage keeps what every stage promises")
    func conforms() async throws {
        try await expectConformance(of: [SegmentStage.self, EntityStage.self])
    }
}
