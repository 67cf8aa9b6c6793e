import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Store

@Suite("The right to write into a folder")
struct FolderLockTests {
    @Test("the second waits until the first lets go", .timeLimit(.minutes(1)))
    func waits() async throws {
        let project = try TemporaryProject(["f/a": ""])
        let folder = project.path("f")
        let order = Mutex<[String]>([])
        let waiting = AsyncStream<Void>.makeStream()
        var first: FolderLock? = try await FolderLock(folder)
        let second = Task.detached {
            let lock = try await FolderLock(folder) {
                order.withLock { $0.append("second waits") }
                waiting.continuation.yield()
            }
            order.withLock { $0.append("second has it") }
            withExtendedLifetime(lock) {}
        }
        for await _ in waiting.stream { break }
        order.withLock { $0.append("first lets go") }
        withExtendedLifetime(first) {}
        first = nil
        try await second.value
        #expect(order.withLock { $0 } == ["second waits", "first lets go", "second has it"])
    }

    @Test("a free folder is had at once, and again")
    func free() async throws {
        let project = try TemporaryProject(["f/a": ""])
        for _ in 0..<3 { _ = try await FolderLock(project.path("f")) { Issue.record("nobody holds it") } }
    }

    @Test("what is no folder can't be locked")
    func noFolder() async throws {
        let project = try TemporaryProject(["a": ""])
        await #expect(throws: FileWriteProblem(path: project.path("a"), number: ENOTDIR)) {
            try await FolderLock(project.path("a"))
        }
    }
}
