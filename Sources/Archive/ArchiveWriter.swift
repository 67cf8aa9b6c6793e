import CZstd
import Foundation

/// Writes files into one: a tar archive of regular files without times and owners, compressed with zstd. The same files in
/// the same order give the same bytes.
///
/// Entries are compressed in frames of their own, so that several are worked on at once and a reader may stop early.
package struct ArchiveWriter: ~Copyable {
    /// A file as it stands in an archive.
    package struct Entry: Sendable {
        package var name: String
        package var bytes: [UInt8]
        package var isExecutable: Bool

        package init(_ name: String, _ bytes: [UInt8], isExecutable: Bool = false) {
            self.name = name
            self.bytes = bytes
            self.isExecutable = isExecutable
        }
    }

    private let descriptor: Int32

    /// A writer to an open file.
    package init(to descriptor: Int32) { self.descriptor = descriptor }

    /// Writes what ``frame(_:)`` made. Throws the system's error number.
    package func write(_ frame: [UInt8]) throws(ArchiveWriteProblem) {
        var done = 0
        var failure: Int32 = 0
        frame.withUnsafeBytes { buffer in
            while done < buffer.count, failure == 0 {
                let count = Foundation.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if count >= 0 { done += count } else if errno != EINTR { failure = errno }
            }
        }
        if failure != 0 { throw ArchiveWriteProblem(number: failure) }
    }

    /// Writes the end of the archive.
    package consuming func finish() throws(ArchiveWriteProblem) {
        try write(Self.compressed([UInt8](repeating: 0, count: 2 * TarHeader.block)))
    }

    /// Entries as a frame of the archive. Of what is compressed already, zstd finds out soonest at its fastest level.
    package static func frame(_ entries: [Entry], isPacked: Bool = false) -> [UInt8] {
        var tar: [UInt8] = []
        for entry in entries { append(entry, to: &tar) }
        return compressed(tar, level: isPacked ? fastest : level)
    }

    private static func append(_ entry: Entry, to tar: inout [UInt8]) {
        let name = Array(entry.name.utf8)
        var extended: [UInt8] = []
        if name.count > 100 { extended += TarHeader.record("path", name) }
        if entry.bytes.count >= TarHeader.largest {
            extended += TarHeader.record("size", Array("\(entry.bytes.count)".utf8))
        }
        if !extended.isEmpty {
            tar += TarHeader.encoded(
                Array("extended".utf8), size: extended.count, kind: UInt8(ascii: "x"))
            tar += padded(extended)
        }
        tar += TarHeader.encoded(
            name.count > 100 ? Array("long".utf8) : name,
            size: entry.bytes.count >= TarHeader.largest ? 0 : entry.bytes.count, isExecutable: entry.isExecutable)
        tar += padded(entry.bytes)
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        let rest = bytes.count % TarHeader.block
        return rest == 0 ? bytes : bytes + [UInt8](repeating: 0, count: TarHeader.block - rest)
    }

    /// The level of zstd: beyond it, packing takes longer than it saves.
    private static let level: Int32 = 3
    private static let fastest: Int32 = -5

    static func compressed(_ bytes: [UInt8], level: Int32 = level) -> [UInt8] {
        let context = ZSTD_createCCtx()
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        let bound = ZSTD_compressBound(bytes.count)
        return [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let size = bytes.withUnsafeBytes {
                ZSTD_compress2(context, buffer.baseAddress, bound, $0.baseAddress, $0.count)
            }
            // A buffer of this size is always long enough.
            precondition(ZSTD_isError(size) == 0, "zstd can't compress")
            count = size
        }
    }
}

/// An archive that can't be written: the system's error number.
package struct ArchiveWriteProblem: Error, Hashable, Sendable {
    package let number: Int32
}
