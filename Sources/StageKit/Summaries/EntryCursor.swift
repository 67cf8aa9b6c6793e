import Text

/// Reads entries of a fold in their canonical bytes one after another, in buffers that are used again for each.
package struct EntryCursor {
    private let bytes: [UInt8]
    private var offset = 0
    /// The key of the entry that was read last.
    package private(set) var key: [UInt8] = []
    /// Its element.
    package private(set) var element: [UInt8] = []
    /// Its count.
    package private(set) var count = 0

    /// A cursor before the first entry of `bytes`, as ``EntryWriter`` wrote them.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Goes on to the next entry; false at the end. Bytes that are no entries throw.
    package mutating func next() throws(LayerError) -> Bool {
        guard offset < bytes.count else { return false }
        let (sharedKey, keyEnd) = try part(of: key.count)
        key.removeSubrange(sharedKey...)
        key.append(contentsOf: bytes[offset..<keyEnd])
        offset = keyEnd
        let (sharedElement, elementEnd) = try part(of: element.count)
        element.removeSubrange(sharedElement...)
        element.append(contentsOf: bytes[offset..<elementEnd])
        offset = elementEnd
        let value = try unsigned()
        count = Int(truncatingIfNeeded: Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
        return true
    }

    /// How much of the part before, of this length, goes on to hold, and where the rest ends that comes after it.
    private mutating func part(of length: Int) throws(LayerError) -> (shared: Int, end: Int) {
        let shared = try unsigned()
        let count = try unsigned()
        guard shared <= UInt64(length), count <= UInt64(bytes.count - offset) else {
            throw LayerError("no entry of a table at byte \(offset)")
        }
        return (Int(shared), offset + Int(count))
    }

    private mutating func unsigned() throws(LayerError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count, shift < 64 {
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw LayerError("a number is cut at byte \(offset)")
    }
}
