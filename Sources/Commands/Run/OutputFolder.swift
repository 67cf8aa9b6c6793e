import Foundation
import Model
import Store

/// The folder of a run's results: `outputs/<pipeline>/`.
struct OutputFolder {
    let folder: String
    /// The name of the results database in it.
    static let results = "results.sqlite"

    init(_ folder: String) { self.folder = folder }

    /// The path of a file in it.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Makes the folder and takes the right to write into it, and to the pipeline's lock at `lockPath`. What killed runs
    /// left half written is taken away.
    func lock(with lockPath: String?) async throws -> FolderLock {
        try FileWriting.makeFolder(folder)
        guard access(folder, W_OK) == 0 else { throw FileWriteProblem(path: folder, number: errno) }
        let lock = try await FolderLock(folder) { Terminal.error("waiting for another run of this pipeline to finish") }
        FileWriting.removeAsides(in: folder)
        if let lockPath {
            FileWriting.removeAsides(in: Pipeline.folder(of: lockPath), of: Pipeline.lastComponent(of: lockPath))
        }
        return lock
    }

    /// Writes the files of a report, each aside and renamed, and removes charts and evidence pages that it has no more.
    /// A file without bytes stands there already.
    func replace(_ files: [(path: String, bytes: [UInt8]?)]) throws(FileWriteProblem) {
        for (path, bytes) in files {
            guard let bytes, FileManager.default.contents(atPath: self.path(path)) != Data(bytes) else { continue }
            try FileWriting.write(bytes, to: self.path(path))
        }
        let wanted = Set(files.map(\.path))
        for kind in ["charts", "evidence"] {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path(kind))) ?? []
            where !wanted.contains("\(kind)/\(name)") {
                try? FileManager.default.removeItem(atPath: path("\(kind)/\(name)"))
            }
        }
    }
}
