import ClaimStage
import EntityStage
import SegmentStage
import StageKit
import TestSupport
import Testing

@Suite("What every stage promises")
struct ConformanceTests {
    @Test("the stage writes sound layers, the same each time, over hostile documents")
    func conforms() async throws {
        try await expectConformance(of: [SegmentStage.self, EntityStage.self, ClaimStage.self])
    }
}
