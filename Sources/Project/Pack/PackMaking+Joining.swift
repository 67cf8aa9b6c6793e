import Archive
import Foundation
import Model
import StageKit
import Store

/// The list of contents stands first in a pack, and is known when everything else was written: that is written aside.
extension PackMaking {
    static func create(_ path: String) throws(FileWriteProblem) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileWriteProblem(path: path, number: errno) }
        return descriptor
    }

    /// Writes the manifest and what follows it, and gives the size.
    static func join(_ manifest: PackManifest, body: String, into path: String) throws -> Int {
        let descriptor = try create(path)
        defer { close(descriptor) }
        let writer = ArchiveWriter(to: descriptor)
        try writer.write(ArchiveWriter.frame([ArchiveWriter.Entry(PackManifest.name, manifest.encoded)]))
        let source = open(body, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw FileWriteProblem(path: body, number: errno) }
        defer { close(source) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count >= 0 else { throw FileWriteProblem(path: body, number: errno) }
            guard count > 0 else { break }
            try writer.write(Array(buffer[..<count]))
        }
        guard fsync(descriptor) == 0 else { throw FileWriteProblem(path: path, number: errno) }
        return FileWriting.size(of: path) ?? 0
    }
}
