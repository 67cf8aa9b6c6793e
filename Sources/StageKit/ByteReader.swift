public import Text

/// Bytes that are not what a codec wrote.
public struct LayerError: Error, Equatable, Sendable {
    /// What was expected, and where it was not found.
    public let message: String

    /// An error that says `message`.
    public init(_ message: String) { self.message = message }
}

/// Reads what ``ByteWriter`` wrote, and throws instead of trusting: damaged bytes never crash.
///
/// What is read for every element of a layer is inlinable, so that a layer's own loop is compiled for its type.
public struct ByteReader {
    @usableFromInline let bytes: [UInt8]
    @usableFromInline var offset = 0

    /// A reader at the beginning of `bytes`.
    @inlinable
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether everything has been read.
    @inlinable
    public var isAtEnd: Bool { offset == bytes.count }

    /// One byte.
    @inlinable
    public mutating func byte() throws(LayerError) -> UInt8 {
        guard offset < bytes.count else { throw endedEarly }
        defer { offset += 1 }
        return bytes[offset]
    }

    @usableFromInline var endedEarly: LayerError { LayerError("ended early at byte \(offset)") }

    /// An unsigned number in LEB128.
    @inlinable
    public mutating func unsigned() throws(LayerError) -> UInt64 {
        let first = try byte()
        // nearly all numbers are small
        return first < 0x80 ? UInt64(first) : try unsigned(after: first)
    }

    /// The number that goes on behind its first byte.
    @usableFromInline
    mutating func unsigned(after first: UInt8) throws(LayerError) -> UInt64 {
        var value = UInt64(first & 0x7F)
        for shift in stride(from: 7, to: 64, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw LayerError("a number is too long at byte \(offset)")
    }

    /// A signed, zigzag-coded number.
    @inlinable
    public mutating func integer() throws(LayerError) -> Int {
        let value = try unsigned()
        return Int(truncatingIfNeeded: Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
    }

    /// One bit.
    @inlinable
    public mutating func bool() throws(LayerError) -> Bool { try byte() != 0 }

    /// A number with a fraction.
    public mutating func double() throws(LayerError) -> Double {
        var bits: UInt64 = 0
        for k in 0..<8 { bits |= UInt64(try byte()) << UInt64(8 * k) }
        return Double(bitPattern: bits)
    }

    /// Bytes after their count.
    public mutating func blob() throws(LayerError) -> [UInt8] { Array(bytes[try counted()]) }

    /// Where the bytes stand that follow their count, which are passed over.
    private mutating func counted() throws(LayerError) -> Range<Int> {
        let count = try unsigned()
        guard count <= UInt64(bytes.count - offset) else {
            throw LayerError("\(count) bytes expected at byte \(offset)")
        }
        defer { offset += Int(count) }
        return offset..<offset + Int(count)
    }

    /// A string after its byte count; invalid UTF-8 is an error.
    public mutating func string() throws(LayerError) -> String {
        let range = try counted()
        let string: String? = bytes.withUnsafeBufferPointer {
            let part = UnsafeBufferPointer(rebasing: $0[range])
            // ASCII, as most is, needs no more looking: to decode is several times as fast as to validate
            return part.allSatisfy({ $0 < 0x80 })
                ? String(decoding: part, as: UTF8.self) : String(validating: part, as: UTF8.self)
        }
        guard let string else { throw LayerError("a string is not UTF-8") }
        return string
    }

    /// A value that may be missing.
    @inlinable
    public mutating func optional<Value>(
        _ body: (inout ByteReader) throws(LayerError) -> Value
    ) throws(LayerError) -> Value? {
        try bool() ? try body(&self) : nil
    }

    /// A list after its count.
    @inlinable
    public mutating func list<Element>(
        _ body: (inout ByteReader) throws(LayerError) -> Element
    ) throws(LayerError) -> [Element] {
        let count = try unsigned()
        guard count <= UInt64(bytes.count) else { throw longerThanBytes(count) }
        var elements: [Element] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count { elements.append(try body(&self)) }
        return elements
    }

    @usableFromInline
    func longerThanBytes(_ count: UInt64) -> LayerError { LayerError("a list of \(count) is longer than its bytes") }

    /// A span that was written after `previous`, which moves to the span's start.
    @inlinable
    public mutating func span(after previous: inout Int) throws(LayerError) -> ByteSpan {
        let (start, overflow) = previous.addingReportingOverflow(try integer())
        let (end, longer) = start.addingReportingOverflow(try integer())
        guard !overflow, !longer, start >= 0, end >= start else { throw Self.spanOutOfOrder }
        previous = start
        return ByteSpan(start, end)
    }

    @usableFromInline static var spanOutOfOrder: LayerError { LayerError("a span is out of order") }

    /// Throws unless everything has been read.
    public func finish() throws(LayerError) {
        guard isAtEnd else { throw LayerError("\(bytes.count - offset) bytes too many") }
    }
}
