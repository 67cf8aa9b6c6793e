import CZstd
import Foundation

/// Reads single entries of an archive, wherever they stand in it: ``ArchiveWriter`` compresses each of the first ones by
/// itself, so what lies between need not be decompressed to come to one.
///
/// Of everything else only the lengths are looked at. What is read is compared with what is expected of it, and no more
/// memory is taken than that needs.
package final class ArchiveFrames: Sendable {
    private let descriptor: Int32
    private let size: Int
    /// Where the first frames begin, with the end of the last of them behind it.
    private let places: [Int]

    /// The first `count` frames of the archive at `path`, each with one entry.
    package init(path: String, count: Int) throws(ArchiveProblem) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var info = stat()
        guard descriptor >= 0, fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            if descriptor >= 0 { close(descriptor) }
            throw ArchiveProblem("'\(path)' is not a file that can be read")
        }
        var places = [0]
        while places.count <= count, let last = places.last {
            guard let length = Self.length(of: descriptor, from: last, size: Int(info.st_size)) else {
                close(descriptor)
                throw ArchiveProblem("the archive is cut off, or was not made by 'colophon pack'")
            }
            places.append(last + length)
        }
        self.descriptor = descriptor
        size = Int(info.st_size)
        self.places = places
    }

    deinit { close(descriptor) }

    /// The bytes of the entry in frame `number`, which has to have this name and this size.
    package func entry(inFrame number: Int, name: String, size: Int) throws(ArchiveProblem) -> [UInt8] {
        let problem = ArchiveProblem("'\(name)' is listed and does not come in its place")
        guard (0..<places.count - 1).contains(number), size >= 0, name.utf8.count <= 100,
            size < TarHeader.largest
        else { throw problem }
        let length = (size + TarHeader.block - 1) / TarHeader.block * TarHeader.block + TarHeader.block
        let packed = places[number + 1] - places[number]
        // What an entry says of its size is no reason to take more memory than its frame may need.
        guard packed <= ZSTD_compressBound(length), length <= max(packed, 1) << 16,
            let frame = Self.bytes(of: descriptor, from: places[number], count: packed)
        else { throw problem }
        var found = 0
        let tar = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            found = ZSTD_decompress(buffer.baseAddress, length, frame, frame.count)
            count = ZSTD_isError(found) == 0 ? found : 0
        }
        guard found == length else { throw problem }
        let header = try TarHeader.read(tar[..<TarHeader.block])
        guard header.kind == UInt8(ascii: "0"), header.size == size, header.name == Array(name.utf8) else {
            throw problem
        }
        return Array(tar[TarHeader.block..<TarHeader.block + size])
    }

    /// How long the frame is that begins at `start`: a header, blocks that each say how long they are, and a checksum
    /// (RFC 8878). Nil where there is no whole frame.
    private static func length(of descriptor: Int32, from start: Int, size: Int) -> Int? {
        guard let head = bytes(of: descriptor, from: start, count: 5), head.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
        else {
            return nil
        }
        let isSingle = head[4] & 0x20 != 0
        let lengths = [isSingle ? 1 : 0, 2, 4, 8]
        var place =
            start + 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][Int(head[4] & 3)] + lengths[Int(head[4] >> 6)]
        while true {
            guard let block = bytes(of: descriptor, from: place, count: 3) else { return nil }
            let word = Int(block[0]) | Int(block[1]) << 8 | Int(block[2]) << 16
            let kind = word >> 1 & 3
            guard kind != 3 else { return nil }
            // A block of one byte again and again holds that byte.
            place += 3 + (kind == 1 ? 1 : word >> 3)
            guard word & 1 == 1 else { continue }
            place += head[4] & 4 != 0 ? 4 : 0
            return place <= size ? place - start : nil
        }
    }

    private static func bytes(of descriptor: Int32, from start: Int, count: Int) -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            while done < count {
                let read = pread(descriptor, buffer.baseAddress?.advanced(by: done), count - done, off_t(start + done))
                if read > 0 { done += read } else if read == 0 || errno != EINTR { break }
            }
        }
        return bytes.count == count ? bytes : nil
    }
}
