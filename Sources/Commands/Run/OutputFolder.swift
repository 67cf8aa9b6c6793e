import Corpus
import Foundation
import StageKit
import Store

/// The folder of a run's results: `outputs/<pipeline>/`.
struct OutputFolder {
    let folder: String
    /// The name under which the state keeps the stamps of the files that the last run wrote.
    static let manifest = "outputs"

    init(_ folder: String) { self.folder = folder }

    /// The path of a file in it.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Makes the folder and takes the right to write into it.
    func lock() throws(FileWriteProblem) -> FolderLock {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw FileWriteProblem(path: folder, reason: "the folder can't be made: \(Self.reason(error))")
        }
        guard access(folder, W_OK) == 0 else { throw FileWriteProblem(path: folder, number: errno) }
        return try FolderLock(folder) { Terminal.error("waiting for another run of this pipeline to end") }
    }

    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        return underlying.map { String(cString: strerror(Int32($0.code))).lowercased() }
            ?? "\(error.localizedDescription)"
    }

    /// Writes the files of a report, each aside and renamed, and removes charts and evidence pages that it has no more.
    func replace(_ files: [(path: String, bytes: [UInt8])]) throws(FileWriteProblem) {
        for (path, bytes) in files where FileManager.default.contents(atPath: self.path(path)) != Data(bytes) {
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

    /// The stamps of the files that a run wrote, and the checks that failed in it.
    func manifest(of files: [String], checks: [String]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(list: files.sorted()) { writer, name in
            let stamp = FileStamp(path: path(name))
            writer.write(name)
            writer.write(stamp?.size ?? -1)
            writer.write(stamp?.modified ?? -1)
        }
        writer.write(list: checks) { $0.write($1) }
        return writer.bytes
    }

    /// The checks that failed, if all files stand as the run left them; nil if one was changed or is gone.
    func stands(as manifest: [UInt8]) -> [String]? {
        do throws(LayerError) {
            var reader = ByteReader(manifest)
            for _ in 0..<(try reader.unsigned()) {
                let name = try reader.string()
                let size = try reader.integer()
                let modified = try reader.integer()
                guard let stamp = FileStamp(path: path(name)), stamp.size == size, stamp.modified == modified else {
                    return nil
                }
            }
            return try reader.list { reader throws(LayerError) in try reader.string() }
        } catch {
            return nil
        }
    }
}
