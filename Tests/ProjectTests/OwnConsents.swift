import Project
import TestSupport
import Testing

/// Lets a test have consents of its own, in a folder that is removed after it.
struct OwnConsents: TestTrait, SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let home = try TemporaryProject()
        try await Consents.$ownFolder.withValue(home.path("trust"), operation: function)
    }
}

extension Trait where Self == OwnConsents {
    static var ownConsents: Self { OwnConsents() }
}
