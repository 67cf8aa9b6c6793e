import Foundation

/// The lock on a store as a whole: whoever reads or writes results shares it, whoever throws things away has it alone.
///
/// It is the kernel's and goes with its process, so nothing has to be unlocked after a crash.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// How long to wait before asking again.
    private static let pause = Duration.milliseconds(20)

    /// Shares the store in `folder` with others. Waits while somebody has it alone, which `waiting` is told once.
    init(sharing folder: String, waiting: () -> Void) throws(FileWriteProblem) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileWriteProblem(path: folder, number: errno) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
        waiting()
        // A file system without locks has no processes that wait for one another: it is used as it is.
        while flock(descriptor, LOCK_SH) != 0, errno == EINTR {}
    }

    deinit { close(descriptor) }

    /// Waits until nobody else uses the store, and keeps everybody out while `body` runs.
    func alone<Value>(waiting: () -> Void, _ body: () async throws -> Value) async throws -> Value {
        var isTold = false
        // The system lets go of the shared lock before it tries for the other: nothing read before holds any more.
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { break }
            if !isTold { waiting() }
            isTold = true
            try await Task.sleep(for: Self.pause)
        }
        defer { _ = flock(descriptor, LOCK_SH) }
        return try await body()
    }
}
