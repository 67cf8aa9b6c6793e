import CZstd
import Foundation

/// Reads an archive entry by entry, and refuses whatever ``ArchiveWriter`` does not write: links, devices, folders, names
/// that lead elsewhere or collide, entries that are shorter than they say, and more bytes than the bounds allow. Nothing of
/// the archive is kept in memory but the entry at hand.
package final class ArchiveReader {
    private let descriptor: Int32
    private let size: Int
    private let bounds: ArchiveBounds
    private let context: OpaquePointer?
    private var input: [UInt8]
    private var inputRange = 0..<0
    private var output: [UInt8]
    private var outputRange = 0..<0
    /// Whether the last frame is complete: an archive that ends within one is cut.
    private var isBetweenFrames = true
    /// Whether zstd may have more to give than there was room for.
    private var isFull = false
    private var isAtEnd = false
    private var names = EntryNames()
    private var count = 0
    /// Bytes that have come out so far.
    private var total = 0

    /// What is at hand of an entry.
    package struct Entry: Sendable {
        package let name: String
        package let size: Int
        package let isExecutable: Bool
    }

    /// Bytes of the entry at hand that were not read yet, and its filling up to a whole block.
    private var left = 0
    private var padding = 0

    /// A reader of the archive at `path`.
    package init(path: String, bounds: ArchiveBounds = ArchiveBounds()) throws(ArchiveProblem) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var info = stat()
        guard descriptor >= 0, fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            if descriptor >= 0 { close(descriptor) }
            throw ArchiveProblem("'\(path)' is not a file that can be read")
        }
        size = Int(info.st_size)
        self.bounds = bounds
        context = ZSTD_createDCtx()
        // A frame that asks for more memory is none of ours.
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 27)
        input = [UInt8](repeating: 0, count: ZSTD_DStreamInSize())
        output = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
    }

    deinit {
        ZSTD_freeDCtx(context)
        close(descriptor)
    }

    /// The next entry; nil behind the last. What was not read of the one before is passed over.
    package func next() throws(ArchiveProblem) -> Entry? {
        while left > 0 { _ = try read() }
        try skip(padding)
        padding = 0
        guard !isAtEnd else { return nil }
        var extended: [String: [UInt8]] = [:]
        while true {
            let block = try exactly(TarHeader.block, of: "a header")
            if block.allSatisfy({ $0 == 0 }) {
                guard extended.isEmpty, try exactly(TarHeader.block, of: "the end").allSatisfy({ $0 == 0 }) else {
                    throw ArchiveProblem("the archive has no proper end")
                }
                guard try fill() == 0 else { throw ArchiveProblem("something stands behind the end of the archive") }
                isAtEnd = true
                return nil
            }
            let header = try TarHeader.read(block[...])
            switch header.kind {
            case UInt8(ascii: "x"):
                guard extended.isEmpty, header.size <= 4 * EntryName.longest else {
                    throw ArchiveProblem("an extended header of \(header.size) bytes is too long")
                }
                let bytes = try exactly(header.size, of: "an extended header")
                try skip(Self.filling(header.size))
                extended = try Self.records(bytes)
            case UInt8(ascii: "0"), 0: return try begin(header, extended)
            default: throw ArchiveProblem("the entry \(TarHeader.shown(header.name)) is \(Self.kind(header.kind))")
            }
        }
    }

    private func begin(_ header: TarHeader.Read, _ extended: [String: [UInt8]]) throws(ArchiveProblem) -> Entry {
        var size = header.size
        if let text = extended["size"] {
            guard let number = Int(String(decoding: text, as: UTF8.self)), number >= 0 else {
                throw ArchiveProblem("an extended header has no sound size")
            }
            size = number
        }
        let name = try EntryName.checked(extended["path"] ?? header.name)
        try names.take(name)
        count += 1
        guard count <= bounds.entries else {
            throw ArchiveProblem("the archive has more than \(bounds.entries) entries", hint: Self.raise)
        }
        guard size <= bounds.total - total else { throw tooMuch }
        left = size
        padding = Self.filling(size)
        return Entry(name: name, size: size, isExecutable: header.isExecutable)
    }

    /// The next piece of the entry at hand; empty at its end.
    package func read() throws(ArchiveProblem) -> ArraySlice<UInt8> {
        guard left > 0 else { return [] }
        guard try fill() > 0 else { throw cut }
        let count = min(left, outputRange.count)
        defer { outputRange = outputRange.lowerBound + count..<outputRange.upperBound }
        left -= count
        return output[outputRange.lowerBound..<outputRange.lowerBound + count]
    }

    /// All of the entry at hand, which may have `most` bytes.
    package func contents(most: Int) throws(ArchiveProblem) -> [UInt8] {
        guard left <= most else { throw ArchiveProblem("an entry has \(left) bytes, more than \(most)") }
        var bytes: [UInt8] = []
        // What an entry says of its size is believed as it comes.
        bytes.reserveCapacity(min(left, 16 << 20))
        while left > 0 { bytes += try read() }
        return bytes
    }

    private static func filling(_ size: Int) -> Int { (TarHeader.block - size % TarHeader.block) % TarHeader.block }

    private static func kind(_ kind: UInt8) -> String {
        switch kind {
        case UInt8(ascii: "1"), UInt8(ascii: "2"): "a link"
        case UInt8(ascii: "3"), UInt8(ascii: "4"): "a device"
        case UInt8(ascii: "5"): "a folder; only files are expected"
        case UInt8(ascii: "6"): "a named pipe"
        default: "of a kind that is not expected (\(kind))"
        }
    }

    private static func records(_ bytes: [UInt8]) throws(ArchiveProblem) -> [String: [UInt8]] {
        var records: [String: [UInt8]] = [:]
        var rest = bytes[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0 != UInt8(ascii: " ") }
            guard digits.count <= 6, let length = Int(String(decoding: digits, as: UTF8.self)),
                length > digits.count + 2,
                length <= rest.count, rest[rest.startIndex + length - 1] == UInt8(ascii: "\n")
            else { throw ArchiveProblem("an extended header is damaged") }
            let record = rest[rest.startIndex + digits.count + 1..<rest.startIndex + length - 1]
            guard let sign = record.firstIndex(of: UInt8(ascii: "=")) else {
                throw ArchiveProblem("an extended header is damaged")
            }
            let key = String(decoding: record[..<sign], as: UTF8.self)
            guard key == "path" || key == "size", records[key] == nil else {
                throw ArchiveProblem("an extended header has a record '\(key.prefix(40))', which is not expected")
            }
            records[key] = Array(record[(sign + 1)...])
            rest = rest[(rest.startIndex + length)...]
        }
        return records
    }

    private func exactly(_ count: Int, of what: String) throws(ArchiveProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard try fill() > 0 else { throw cut }
            let part = min(count - bytes.count, outputRange.count)
            bytes += output[outputRange.lowerBound..<outputRange.lowerBound + part]
            outputRange = outputRange.lowerBound + part..<outputRange.upperBound
        }
        return bytes
    }

    private func skip(_ count: Int) throws(ArchiveProblem) { _ = try exactly(count, of: "the filling of an entry") }

    private var cut: ArchiveProblem { ArchiveProblem("the archive is cut off") }

    private static let raise = "If you trust where it comes from, give higher bounds: --max-size, --max-ratio."

    private var tooMuch: ArchiveProblem {
        ArchiveProblem(
            "the archive unpacks to more than \(bounds.total) bytes, or to more than \(bounds.ratio) times its own size",
            hint: Self.raise)
    }

    /// Sees to it that there is something in `output`, and gives how much; 0 at the end of the archive.
    private func fill() throws(ArchiveProblem) -> Int {
        while outputRange.isEmpty {
            if inputRange.isEmpty, !isFull {
                let count = Foundation.read(descriptor, &input, input.count)
                guard count >= 0 else { throw ArchiveProblem("the archive can't be read") }
                guard count > 0 else {
                    guard isBetweenFrames else { throw cut }
                    return 0
                }
                inputRange = 0..<count
            }
            try decompress()
        }
        return outputRange.count
    }

    private func decompress() throws(ArchiveProblem) {
        var status = 0
        var (read, made) = (0, 0)
        input.withUnsafeBytes { source in
            output.withUnsafeMutableBytes { target in
                var from = ZSTD_inBuffer(
                    src: source.baseAddress?.advanced(by: inputRange.lowerBound), size: inputRange.count, pos: 0)
                var to = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                status = ZSTD_decompressStream(context, &to, &from)
                (read, made) = (from.pos, to.pos)
            }
        }
        guard ZSTD_isError(status) == 0 else {
            throw ArchiveProblem(
                total == 0 && made == 0 ? "this is no archive that 'colophon pack' made" : "the archive is damaged")
        }
        isBetweenFrames = status == 0
        isFull = made == output.count
        inputRange = inputRange.lowerBound + read..<inputRange.upperBound
        outputRange = 0..<made
        total += made
        let isBomb = total > ArchiveBounds.small && total / bounds.ratio > size
        // Headers and fillings come on top of the entries.
        guard !isBomb, total <= bounds.total + bounds.total / 8 + 1 << 20 else { throw tooMuch }
    }
}
