import Text

/// Reads entries of a fold in their canonical bytes one after another, into buffers that are used again for each.
struct EntryReader: ~Copyable {
    /// Gives the next block of a list that is read block by block; nil at its end.
    typealias Source = () throws(LayerError) -> [UInt8]?

    private var bytes: [UInt8]
    private var offset = 0
    private let more: Source?
    private var key = ByteScratch()
    private var element = ByteScratch()
    private var count = 0

    /// Before the first entry of `bytes`, as ``EntryWriter`` wrote them.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        more = nil
    }

    /// Before the first entry of the blocks that `more` gives, each as an ``EntryWriter`` of its own wrote it.
    init(blocks more: @escaping Source) {
        bytes = []
        self.more = more
    }

    /// The entry that was read last.
    var entry: EntryView { EntryView(key: key.bytes, element: element.bytes, count: count) }

    /// Goes on to the next entry; false at the end. Bytes that are no entries throw.
    mutating func next() throws(LayerError) -> Bool {
        while offset >= bytes.count {
            guard let more, let block = try more() else { return false }
            (bytes, offset) = (block, 0)
            key.replace(after: 0, with: UnsafeBufferPointer(start: nil, count: 0))
            element.replace(after: 0, with: UnsafeBufferPointer(start: nil, count: 0))
        }
        let start = offset
        let end = bytes.withUnsafeBufferPointer { bytes in
            var scan = Scan(bytes: bytes, offset: start)
            guard let tail = scan.part(of: key.count) else { return nil as Int? }
            key.replace(after: tail.shared, with: tail.rest)
            guard let tail = scan.part(of: element.count) else { return nil }
            element.replace(after: tail.shared, with: tail.rest)
            guard let value = scan.unsigned() else { return nil }
            count = Int(truncatingIfNeeded: Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
            return scan.offset
        }
        guard let end else { throw LayerError("no entry of a table at byte \(start)") }
        offset = end
        return true
    }

    /// Numbers and parts of a list, nil where the bytes are none.
    private struct Scan {
        let bytes: UnsafeBufferPointer<UInt8>
        var offset: Int

        /// How much of the part before, of this length, goes on to hold, and what comes after it.
        mutating func part(of length: Int) -> (shared: Int, rest: UnsafeBufferPointer<UInt8>)? {
            guard let shared = unsigned(), let count = unsigned(), shared <= UInt64(length),
                count <= UInt64(bytes.count - offset)
            else { return nil }
            defer { offset += Int(count) }
            return (Int(shared), UnsafeBufferPointer(rebasing: bytes[offset..<offset + Int(count)]))
        }

        mutating func unsigned() -> UInt64? {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            while offset < bytes.count, shift < 64 {
                let byte = bytes[offset]
                offset += 1
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
            return nil
        }
    }
}
