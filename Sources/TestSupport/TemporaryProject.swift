package import Foundation

/// A folder with files in the system's folder for temporary ones, removed with its last reference.
package final class TemporaryProject: Sendable {
    /// The folder.
    package let root: URL

    /// A folder with these files: the path below it, and the text.
    package convenience init(_ files: [String: String] = [:]) throws {
        try self.init(bytes: files.mapValues { Array($0.utf8) })
    }

    /// A folder with these files: the path below it, and the bytes.
    package init(bytes files: [String: [UInt8]]) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "colophon-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // without the links of /tmp or /var, so that paths compare
        root = folder.resolvingSymlinksInPath()
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) { try write(bytes, to: path) }
    }

    deinit {
        // a test may have taken the right to write away
        try? FileManager.default.removeItem(at: root)
    }

    /// The path of a file below the folder.
    package func path(_ path: String = "") -> String { path.isEmpty ? root.path : root.appending(path: path).path }

    /// Writes a file, and the folders above it.
    package func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

    /// Writes a file, and the folders above it.
    package func write(_ bytes: [UInt8], to path: String) throws {
        let file = root.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// The bytes of a file.
    package func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: root.appending(path: path))) }

    /// The text of a file.
    package func text(of path: String) throws -> String { String(decoding: try bytes(of: path), as: UTF8.self) }

    /// Whether there is a file or folder.
    package func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: self.path(path)) }

    /// Removes a file or folder.
    package func remove(_ path: String) throws { try FileManager.default.removeItem(at: root.appending(path: path)) }

    /// Renames a file or folder.
    package func move(_ path: String, to other: String) throws {
        let target = root.appending(path: other)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.moveItem(at: root.appending(path: path), to: target)
    }
}
