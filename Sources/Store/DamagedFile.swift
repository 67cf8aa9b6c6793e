import Foundation

/// A database that can't be read any more: moved out of the way, so that a new one takes its place and somebody may still
/// look at the old one.
package enum DamagedFile {
    /// What the user is told.
    package static func note(_ path: String) -> String {
        "'\(path)' is damaged or not a database of Colophon; it was moved to '\(path).damaged', and a new one was created"
    }

    /// What the user is told of a database that is there and holds nothing.
    static func cut(_ path: String) -> String {
        "'\(path)' is empty: it was damaged, or a run was stopped while creating it; a new one is created"
    }

    /// Moves the database at `path`, with what belongs to it, to `<path>.damaged`.
    package static func putAside(_ path: String) throws(FileWriteProblem) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let aside = path + ".damaged" + suffix
            if FileManager.default.fileExists(atPath: aside) { try? FileManager.default.removeItem(atPath: aside) }
            guard rename(path + suffix, aside) == 0 || errno == ENOENT else {
                throw FileWriteProblem(path: path + suffix, number: errno)
            }
        }
    }
}
