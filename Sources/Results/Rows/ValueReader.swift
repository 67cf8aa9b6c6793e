/// Reads what ``RowBytes`` wrote in this process: nothing else gets here, so nothing is checked twice.
struct ValueReader {
    private let bytes: UnsafeRawBufferPointer
    private var at = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The whole number that comes next.
    mutating func integer() -> Int {
        at += 1
        return Int(Int64(bitPattern: word()))
    }

    /// The tag of the value that comes next.
    var tag: UInt8 { bytes[at] }

    /// The text that comes next; nil where a value with another tag does, which is left for the next call.
    mutating func text(_ tag: UInt8 = RowBytes.Tag.text) -> UnsafeBufferPointer<UInt8>? {
        guard bytes[at] == tag else { return nil }
        at += 1
        let count = Int(word())
        defer { at += count }
        return UnsafeRawBufferPointer(rebasing: bytes[at..<at + count]).assumingMemoryBound(to: UInt8.self)
    }

    /// Binds the number of the shared text that comes next. Returns whether one does; another value is left.
    mutating func bindText(of texts: [SharedTexts], to statement: BoundStatement, at place: Int) throws -> Bool {
        // most values are none
        guard tag > RowBytes.Tag.text, let texts = texts.first(where: { $0.kind.tag == tag }),
            let text = text(texts.kind.tag)
        else {
            return false
        }
        statement.bind(try texts.number(of: text), at: place)
        return true
    }

    /// Binds the value that comes next. A text stays where it is: the row is written before the bytes go.
    mutating func bind(to statement: BoundStatement, at place: Int) {
        if let text = text() { return statement.bind(text, at: place, isCopied: false) }
        let tag = bytes[at]
        at += 1
        switch tag {
        case RowBytes.Tag.integer: statement.bind(Int(Int64(bitPattern: word())), at: place)
        case RowBytes.Tag.real: statement.bind(Double(bitPattern: word()), at: place)
        case RowBytes.Tag.blob:
            let count = Int(word())
            statement.bind(blob: UnsafeRawBufferPointer(rebasing: bytes[at..<at + count]), at: place)
            at += count
        default: statement.bindNull(at: place)
        }
    }

    private mutating func word() -> UInt64 {
        defer { at += 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
}
