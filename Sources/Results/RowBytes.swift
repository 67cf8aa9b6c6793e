import Digests

/// The canonical bytes of a row as they are hashed: the table's name, then each value with its type.
struct RowBytes {
    private var bytes: [UInt8] = []

    /// Begins a row of `table`.
    mutating func begin(_ table: String) {
        bytes.removeAll(keepingCapacity: true)
        append(text: table.utf8)
    }

    mutating func appendNull() { bytes.append(0) }

    mutating func append(_ value: Int) {
        bytes.append(1)
        append(word: UInt64(bitPattern: Int64(value)))
    }

    mutating func append(_ value: Double) {
        bytes.append(2)
        append(word: value == 0 ? 0 : value.bitPattern)
    }

    mutating func append(text: some Collection<UInt8>) {
        bytes.append(3)
        append(word: UInt64(text.count))
        bytes.append(contentsOf: text)
    }

    /// The digest of the row alone.
    var digest: SetDigest { bytes.withUnsafeBytes { SetDigest(row: $0) } }

    private mutating func append(word: UInt64) {
        for k in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * k))) }
    }
}
