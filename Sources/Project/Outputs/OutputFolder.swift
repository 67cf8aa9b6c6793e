import Foundation
import Model
package import Store

/// The folder of a run's results: `outputs/<pipeline>/`.
package struct OutputFolder {
    package let folder: String
    /// The name of the results database in it.
    package static let results = "results.sqlite"

    package init(_ folder: String) { self.folder = folder }

    /// The path of a file in it.
    package func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Makes the folder and takes the right to write into it, and to the pipeline's lock at `lockPath`. What killed runs
    /// left half written is taken away. `waiting` is called once if another run has it.
    package func lock(
        with lockPath: String?, waiting: () -> Void
    ) async throws -> FolderLock {
        try FileWriting.makeFolder(folder)
        guard access(folder, W_OK) == 0 else { throw FileWriteProblem(path: folder, number: errno) }
        let lock = try await FolderLock(folder, waiting: waiting)
        FileWriting.removeAsides(in: folder)
        if let lockPath {
            FileWriting.removeAsides(in: Pipeline.folder(of: lockPath), of: Pipeline.lastComponent(of: lockPath))
        }
        return lock
    }

    /// Removes the folder, and the one above it, where nothing was written into them.
    func removeIfEmpty() { if rmdir(folder) == 0 { rmdir(Pipeline.folder(of: folder)) } }

    /// Writes the files of a report, each aside and renamed, and removes charts and evidence pages that it has no more.
    /// A file without bytes stands there already.
    func replace(_ files: [(path: String, bytes: [UInt8]?)]) throws(FileWriteProblem) {
        var others: [(path: String, bytes: [UInt8])] = []
        for (path, bytes) in files {
            guard let bytes, FileManager.default.contents(atPath: self.path(path)) != Data(bytes) else { continue }
            others.append((self.path(path), bytes))
        }
        try FileWriting.write(others)
        let wanted = Set(files.map(\.path))
        for kind in ["charts", "evidence"] {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path(kind))) ?? []
            where !wanted.contains("\(kind)/\(name)") {
                try? FileManager.default.removeItem(atPath: path("\(kind)/\(name)"))
            }
        }
    }
}
