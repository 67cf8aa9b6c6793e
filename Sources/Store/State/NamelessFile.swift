import Foundation
import StageKit

/// A file that no name leads to: the system takes its room back when it is closed, however the process ends.
final class NamelessFile {
    private let descriptor: Int32
    private let path: String
    private var end = 0

    init(in folder: String) throws {
        path = "\(folder)/spill-\(ProcessInfo.processInfo.processIdentifier)-\(UInt32.random(in: 0 ... .max))"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileWriteProblem(path: path, number: errno) }
        unlink(path)
    }

    deinit { close(descriptor) }

    /// Writes `bytes` behind what is there, and tells where they stand.
    func append(_ bytes: [UInt8]) throws -> Range<Int> {
        try bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let count = pwrite(
                    descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written,
                    off_t(end + written))
                if count >= 0 {
                    written += count
                } else if errno != EINTR {
                    throw FileWriteProblem(path: path, number: errno)
                }
            }
        }
        defer { end += bytes.count }
        return end..<end + bytes.count
    }

    func read(_ range: Range<Int>) throws(LayerError) -> [UInt8] {
        guard let bytes = PlacedBytes.read(range, of: descriptor) else {
            throw LayerError("what was written to '\(path)' can't be read again")
        }
        return bytes
    }
}
