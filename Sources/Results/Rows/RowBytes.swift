import Digests

/// Values in their canonical bytes, as they are hashed and handed to the writer: each after its type, whole numbers and texts at their full
/// length, so that no two lists of values have the same bytes.
struct RowBytes {
    private(set) var bytes: [UInt8] = []

    /// What stands before each value.
    enum Tag {
        static let null: UInt8 = 0
        static let integer: UInt8 = 1
        static let real: UInt8 = 2
        static let text: UInt8 = 3
        /// A text that is stored as a number, by the kinds of ``SharedTexts``; in bytes that are hashed, it is a text.
        static let shared: UInt8 = 4
        static let searched: UInt8 = 6
        /// The path of a document, which is stored as its number; in bytes that are hashed, it is a text.
        static let path: UInt8 = 5
        /// Bytes that are no text.
        static let blob: UInt8 = 7
    }

    /// Forgets what was appended.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

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

    mutating func append(text: some Collection<UInt8>) { append(text: text, as: Tag.text) }

    mutating func append(text: some Collection<UInt8>, as tag: UInt8) {
        bytes.append(tag)
        append(word: UInt64(text.count))
        bytes.append(contentsOf: text)
    }

    mutating func append(_ value: Int?) { if let value { append(value) } else { appendNull() } }

    mutating func append(_ text: String, sharedAs kind: SharedTexts.Kind) { append(text: text.utf8, as: kind.tag) }

    mutating func append(blob: some Collection<UInt8>) { append(text: blob, as: Tag.blob) }

    mutating func append(path: String) { append(text: path.utf8, as: Tag.path) }

    /// Appends all that `other` holds.
    mutating func append(_ other: RowBytes) { bytes.append(contentsOf: other.bytes) }

    /// The digest of what was appended, as that of so many rows.
    func digest(rows: Int = 1) -> SetDigest { bytes.withUnsafeBytes { SetDigest(row: $0, counted: rows) } }

    private mutating func append(word: UInt64) {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
