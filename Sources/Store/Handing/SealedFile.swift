import Digests
import Foundation
import Model
import StageKit

/// Files by which processes on several hosts hand work to each other over a shared file system.
///
/// A file is written aside, synced and renamed, and is never changed after that. Its footer has its length and its SHA-256:
/// what another host sees of a file may be late or incomplete, so a reader takes a file only if it is whole.
package enum SealedFile {
    /// The last bytes of such a file, and the form of its footer: length (8 bytes, little endian), SHA-256, these bytes.
    private static let mark = Array("colseal1".utf8)
    private static let footer = 8 + ContentDigest.count + mark.count

    /// Writes `bytes` and the footer to `path`. Each path is written once, by one process.
    package static func write(_ bytes: [UInt8], to path: String) throws(FileWriteProblem) {
        let length = withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Array($0) }
        try FileWriting.write(bytes + length + ContentDigest(of: bytes).bytes + mark, to: path)
        // A rename is only sure to outlast a power failure once the folder is synced as well.
        let descriptor = open(Pipeline.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileWriteProblem(path: path, number: errno) }
        fsync(descriptor)
        close(descriptor)
    }

    /// The bytes that were written to `path`; nil where there is no such file, or not all of it to be seen yet.
    package static func read(_ path: String) -> [UInt8]? {
        guard let all = FileWriting.contents(of: path), all.count >= footer else { return nil }
        let bytes = Array(all.dropLast(footer))
        let length = withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Array($0) }
        guard Array(all.suffix(footer)) == length + ContentDigest(of: bytes).bytes + mark else { return nil }
        return bytes
    }

    /// A part of the bytes that were written to `path`; nil where there is not so much of it. The footer is not looked at:
    /// what stands in the part has to vouch for itself.
    static func part(_ range: Range<Int>, of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var info = stat()
        guard range.lowerBound >= 0, fstat(descriptor, &info) == 0, range.upperBound <= Int(info.st_size) - footer
        else {
            return nil
        }
        return PlacedBytes.read(range, of: descriptor)
    }
}
