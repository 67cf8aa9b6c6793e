import Digests

/// Values in their canonical bytes, as they are hashed: each after its type, whole numbers and texts at their full
/// length, so that no two lists of values have the same bytes.
struct RowBytes {
    private(set) var bytes: [UInt8] = []

    /// What stands before each value.
    enum Tag {
        static let null: UInt8 = 0
        static let integer: UInt8 = 1
        static let real: UInt8 = 2
        static let text: UInt8 = 3
    }

    /// Begins a row of `table`.
    mutating func begin(_ table: String) {
        bytes.removeAll(keepingCapacity: true)
        append(text: table.utf8)
    }

    mutating func appendNull() { bytes.append(Tag.null) }

    mutating func append(_ value: Int) {
        bytes.append(Tag.integer)
        append(word: UInt64(bitPattern: Int64(value)))
    }

    mutating func append(_ value: Double) {
        bytes.append(Tag.real)
        append(word: value == 0 ? 0 : value.bitPattern)
    }

    mutating func append(text: some Collection<UInt8>) {
        bytes.append(Tag.text)
        append(word: UInt64(text.count))
        bytes.append(contentsOf: text)
    }

    /// Appends all that `other` holds.
    mutating func append(_ other: RowBytes) { bytes.append(contentsOf: other.bytes) }

    /// The digest of what was appended, as that of so many rows.
    func digest(rows: Int = 1) -> SetDigest { bytes.withUnsafeBytes { SetDigest(row: $0, counted: rows) } }

    private mutating func append(word: UInt64) {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
