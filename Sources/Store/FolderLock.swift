import Foundation

/// The right to write into a folder, held by one process at a time. The kernel's lock goes with its process, so a
/// killed one leaves nothing to unlock.
package final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Waits until no other process holds the folder. `waiting` is called once if there is one.
    package init(_ folder: String, waiting: () -> Void = {}) throws(FileWriteProblem) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileWriteProblem(path: folder, number: errno) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
        waiting()
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let number = errno
                close(descriptor)
                throw FileWriteProblem(path: folder, number: number)
            }
        }
    }

    deinit { close(descriptor) }
}
