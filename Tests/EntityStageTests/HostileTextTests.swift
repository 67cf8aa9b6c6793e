import SegmentStage
import TestSupport
import Testing

@testable import EntityStage

@Suite("Hostile texts")
struct HostileTextTests {
    @Test("random texts are read, and every span stands inside of them", arguments: HostileText.allCases)
    func random(kind: HostileText) async throws {
        try await expectSurvival(of: [SegmentStage.self, EntityStage.self], over: kind)
    }
}
