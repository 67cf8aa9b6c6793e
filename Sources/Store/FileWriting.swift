import CSync
import Foundation
import Model

/// Writing files so that a reader, or a crash, sees the old content or the new, never a part.
package enum FileWriting {
    /// Writes `bytes` aside, syncs them and renames them to `path`, whose folder is made if need be.
    package static func write(_ bytes: [UInt8], to path: String) throws(FileWriteProblem) {
        try AsideFile(bytes, for: path).putInPlace()
    }

    /// How many files are open at once.
    private static let most = 64

    /// Writes several files, each as a whole. The system writes many to the disk while the first is waited for.
    package static func write(_ files: [(path: String, bytes: [UInt8])]) throws(FileWriteProblem) {
        var start = 0
        while start < files.count {
            let portion = files[start..<min(start + most, files.count)]
            start += portion.count
            var asides: [AsideFile] = []
            for (path, bytes) in portion {
                let aside = try AsideFile(bytes, for: path)
                aside.beginToSync()
                asides.append(aside)
            }
            for aside in asides { try aside.putInPlace() }
        }
    }
}

/// What is written beside a file until it is whole. It is gone if it does not come to take the place of that.
private final class AsideFile {
    private let path: String
    private let aside: String
    private let descriptor: Int32
    private var isDone = false

    init(_ bytes: [UInt8], for path: String) throws(FileWriteProblem) {
        try FileWriting.makeFolder(Pipeline.folder(of: path))
        self.path = path
        aside = "\(path).\(ProcessInfo.processInfo.processIdentifier).part"
        descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileWriteProblem(path: path, number: errno) }
        var written = 0
        var failure: Int32 = 0
        bytes.withUnsafeBytes { buffer in
            while written < buffer.count, failure == 0 {
                let count = Foundation.write(
                    descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                if count >= 0 { written += count } else if errno != EINTR { failure = errno }
            }
        }
        if failure != 0 { throw FileWriteProblem(path: path, number: failure) }
    }

    deinit {
        guard !isDone, descriptor >= 0 else { return }
        close(descriptor)
        unlink(aside)
    }

    /// Has the system begin to write it to the disk, without waiting for that.
    func beginToSync() { colophon_begin_sync(descriptor) }

    /// Waits until it is on the disk, and renames it.
    func putInPlace() throws(FileWriteProblem) {
        var failure: Int32 = fsync(descriptor) == 0 ? 0 : errno
        isDone = true
        if close(descriptor) != 0, failure == 0 { failure = errno }
        if failure == 0, rename(aside, path) != 0 { failure = errno }
        guard failure == 0 else {
            unlink(aside)
            throw FileWriteProblem(path: path, number: failure)
        }
    }
}

extension FileWriting {
    /// Takes away what writers that were killed left aside in `folder`: of any file, or of the one named `name`. Nobody may
    /// be writing there.
    package static func removeAsides(in folder: String, of name: String? = nil) {
        for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where file.hasSuffix(".part") {
            // Behind the name stands the number of the process that wrote.
            let parts = file.split(separator: ".", omittingEmptySubsequences: false)
            guard let name else {
                unlink("\(folder)/\(file)")
                continue
            }
            if parts.dropLast(2).joined(separator: ".") == name { unlink("\(folder)/\(file)") }
        }
    }
}

/// A file that can't be read or written.
package struct FileWriteProblem: Error, Hashable, Sendable {
    /// The path.
    package var path: String
    /// Why, in words.
    package var reason: String
    /// Whether there is no room for it.
    package private(set) var isFull = false
    /// Whether it is in a place where nothing may be written.
    package private(set) var isReadOnly = false

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// What the system says of an error number, in lower case.
    package static func reason(of number: Int32) -> String { String(cString: strerror(number)).lowercased() }

    /// Why, as the system's error number tells.
    package init(path: String, number: Int32) {
        self.init(path: path, reason: Self.reason(of: number))
        isFull = number == ENOSPC || number == EDQUOT
        isReadOnly = number == EROFS || number == EACCES || number == EPERM
    }
}

extension FileWriting {
    /// Makes an empty file at `path`, or renews the one that is there, so that its stamp tells the file system's time.
    package static func touch(_ path: String) throws(FileWriteProblem) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileWriteProblem(path: path, number: errno) }
        defer { close(descriptor) }
        guard futimens(descriptor, nil) == 0 else { throw FileWriteProblem(path: path, number: errno) }
    }
}

extension FileWriting {
    /// Makes the folder `path`, and the folders above it, where they are not there yet.
    package static func makeFolder(_ path: String) throws(FileWriteProblem) {
        var info = stat()
        guard !path.isEmpty, stat(path, &info) != 0 || info.st_mode & S_IFMT != S_IFDIR else { return }
        let parent = Pipeline.folder(of: path)
        // `.` and `/` have no folder above them.
        if parent != path { try makeFolder(parent) }
        guard mkdir(path, 0o777) != 0 else { return }
        let number = errno
        // Another process may have made it at the same moment.
        guard stat(path, &info) != 0 || info.st_mode & S_IFMT != S_IFDIR else { return }
        throw FileWriteProblem(path: path, number: number == EEXIST ? ENOTDIR : number)
    }
}

extension FileWriting {
    /// The bytes of a file that Colophon wrote; nil where there is none to be read.
    package static func contents(of path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path).map { [UInt8]($0) }
    }
}

extension FileWriting {
    /// The path of what is at `path`, without links on the way; nil, and the reason in `errno`, where there is nothing.
    package static func resolved(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    /// Whether what is at `path` stands in `folder`, wherever links on the way lead.
    package static func isWithin(_ path: String, _ folder: String) -> Bool {
        guard let place = resolved(path), let root = resolved(folder.isEmpty ? "." : folder) else { return false }
        return place.hasPrefix(root == "/" ? root : root + "/")
    }

    /// The size of a file in bytes; nil where there is none.
    package static func size(of path: String) -> Int? {
        var info = stat()
        return stat(path, &info) == 0 ? Int(info.st_size) : nil
    }

    /// Whether there is nothing at `path`: no file, no folder, no link.
    package static func isGone(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR)
    }

    /// Whether the disk on which `path` stands, or would stand, has no room any more.
    static func isFull(_ path: String) -> Bool {
        var info = statvfs()
        guard statvfs(Pipeline.folder(of: path), &info) == 0 else { return false }
        return UInt(info.f_bavail) * UInt(info.f_frsize) < 1 << 16
    }
}
