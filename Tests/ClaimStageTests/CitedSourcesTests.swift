import StageKit
import Testing

@Suite("Sources that are cited")
struct CitedSourcesTests {
    @Test("who is cited is a source of what the one who cites him says")
    func readsCited() async throws {
        let before = try await ClaimSample.claims("The Courier, citing two officials, said the gate was shut.")
        #expect(before.map(\.source) == ["The Courier", "two officials"])
        #expect(Set(before.map(\.content)).count == 1)
        let behind = try await ClaimSample.claims("The gate was shut, the Courier reported, citing the mayor.")
        #expect(behind.map(\.source).contains("the mayor"))
    }

    @Test("a reason that is cited is no source")
    func leavesReason() async throws {
        let claims = try await ClaimSample.claims("The Courier said the gate was shut, citing the storm.")
        #expect(!claims.map(\.source).contains("the storm"))
    }
}
