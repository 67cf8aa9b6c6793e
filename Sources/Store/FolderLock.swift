import Foundation

/// The right to write into a folder, held by one process at a time. The kernel takes it back when the process ends, in
/// whatever way that is.
package final class FolderLock: Sendable {
    private let descriptor: Int32

    /// How long to wait before asking again.
    private static let pause = Duration.milliseconds(20)

    /// Waits until nobody else holds the folder. `waiting` is called once if somebody does.
    package init(_ folder: String, waiting: () -> Void = {}) async throws {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileWriteProblem(path: folder, number: errno) }
        var isTold = false
        // A call that waits for the lock would hold a thread that others need, and could not be cancelled.
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw FileWriteProblem(path: folder, number: errno) }
            if !isTold { waiting() }
            isTold = true
            try await Task.sleep(for: Self.pause)
        }
    }

    deinit { close(descriptor) }
}
