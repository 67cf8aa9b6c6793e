// What comes in lists whose neighbours have much in common, and hashes, which no variable length makes shorter.

extension ByteWriter {
    /// A string as what it shares with `previous`, which becomes this string, and the rest.
    public mutating func write(_ text: String, after previous: inout [UInt8]) {
        var text = text
        text.withUTF8 { text in
            let most = min(text.count, previous.count)
            var shared = 0
            while shared < most, text[shared] == previous[shared] { shared += 1 }
            write(UInt64(shared))
            write(UnsafeBufferPointer(rebasing: text[shared...]))
            previous.removeLast(previous.count - shared)
            previous.append(contentsOf: text[shared...])
        }
    }

    /// The eight bytes of a hash.
    public mutating func write(hash: UInt64) {
        for k in 0..<8 { write(byte: UInt8(truncatingIfNeeded: hash >> (8 * k))) }
    }
}

extension ByteReader {
    /// A string that was written as what it shares with `previous`, which becomes this string.
    public mutating func string(after previous: inout [UInt8]) throws(LayerError) -> String {
        let shared = try unsigned()
        let rest = try blob()
        guard shared <= UInt64(previous.count) else { throw LayerError("a string shares more than there is") }
        previous.removeLast(previous.count - Int(shared))
        previous.append(contentsOf: rest)
        guard let text = String(validating: previous, as: UTF8.self) else { throw LayerError("a string is not UTF-8") }
        return text
    }

    /// The eight bytes of a hash.
    public mutating func hash() throws(LayerError) -> UInt64 {
        var hash: UInt64 = 0
        for k in 0..<8 { hash |= UInt64(try byte()) << (8 * UInt64(k)) }
        return hash
    }
}
