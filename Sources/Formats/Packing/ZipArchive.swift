import CZlib
import StageKit

/// The files in a ZIP archive (APPNOTE.TXT of PKWARE, 6.3), as word processors and books use it: stored or deflated, not
/// encrypted, not over several disks, below 4 GiB.
struct ZipArchive {
    private struct Entry {
        var method: Int
        var flags: Int
        var checksum: UInt32
        var packed: Int
        var size: Int
        var header: Int
    }

    private let bytes: [UInt8]
    private let entries: [String: Entry]

    /// Reads the directory of an archive. `what` is what the file is called in messages.
    init(_ bytes: [UInt8], _ what: String) throws(StageFailure) {
        self.bytes = bytes
        guard bytes.starts(with: [0x50, 0x4B]) else {
            // what Microsoft's programs write when a document has a password
            let isCompound = bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
            throw isCompound
                ? StageFailure(
                    "it is encrypted, or an older format of the program", hint: "save it anew without a password",
                    code: "encrypted-file")
                : .damaged(what, "it is no ZIP archive")
        }
        guard let end = Self.end(of: bytes) else { throw .damaged(what, "its directory is missing") }
        let count = Self.number(bytes, end + 10, 2)
        var at = Self.number(bytes, end + 16, 4)
        var entries: [String: Entry] = [:]
        for _ in 0..<count {
            guard at + 46 <= bytes.count, Self.number(bytes, at, 4) == 0x0201_4B50 else {
                throw .damaged(what, "its directory is damaged")
            }
            let lengths = [28, 30, 32].map { Self.number(bytes, at + $0, 2) }
            let next = at + 46 + lengths.reduce(0, +)
            guard next <= bytes.count else { throw .damaged(what, "its directory is damaged") }
            let name = String(decoding: bytes[(at + 46)..<(at + 46 + lengths[0])], as: UTF8.self)
            entries[name] = Entry(
                method: Self.number(bytes, at + 10, 2), flags: Self.number(bytes, at + 8, 2),
                checksum: UInt32(Self.number(bytes, at + 16, 4)), packed: Self.number(bytes, at + 20, 4),
                size: Self.number(bytes, at + 24, 4), header: Self.number(bytes, at + 42, 4))
            at = next
        }
        self.entries = entries
    }

    /// The names of all files, in order.
    var names: [String] { entries.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// The bytes of a file; nil where there is none of this name.
    func file(_ name: String, _ what: String) throws(StageFailure) -> [UInt8]? {
        guard let entry = entries[name] else { return nil }
        guard entry.flags & 1 == 0 else {
            throw StageFailure("it is encrypted", hint: "save it without a password", code: "encrypted-file")
        }
        let header = entry.header
        guard header + 30 <= bytes.count, Self.number(bytes, header, 4) == 0x0403_4B50 else {
            throw .damaged(what, "'\(name)' is missing")
        }
        let start = header + 30 + Self.number(bytes, header + 26, 2) + Self.number(bytes, header + 28, 2)
        guard start + entry.packed <= bytes.count else { throw .damaged(what, "'\(name)' ends too early") }
        guard entry.size <= Self.limit else { throw .tooLarge }
        let packed = bytes[start..<(start + entry.packed)]
        let content: [UInt8]
        switch entry.method {
        case 0: content = Array(packed)
        case 8: content = try Unpacking.deflated(packed, limit: entry.size)
        default: throw .damaged(what, "'\(name)' is packed in a way that is not read")
        }
        let sum = content.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
        guard content.count == entry.size, UInt32(truncatingIfNeeded: sum) == entry.checksum else {
            throw .damaged(what, "'\(name)' is damaged")
        }
        return content
    }

    /// Whether there is a file of this name.
    func has(_ name: String) -> Bool { entries[name] != nil }

    /// A file in an archive may have this many bytes.
    private static let limit = 256 << 20

    /// Where the record stands that ends an archive.
    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        for at in stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 65535), by: -1)
        where number(bytes, at, 4) == 0x0605_4B50 {
            return at
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ at: Int, _ width: Int) -> Int {
        guard at >= 0, at + width <= bytes.count else { return 0 }
        return (0..<width).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }
}
