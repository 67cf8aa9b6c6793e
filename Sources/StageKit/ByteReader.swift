public import Text

/// Bytes that are not what a codec wrote.
public struct LayerError: Error, Equatable, Sendable {
    /// What was expected, and where it was not found.
    public let message: String

    /// An error that says `message`.
    public init(_ message: String) { self.message = message }
}

/// Reads what ``ByteWriter`` wrote, and throws instead of trusting: damaged bytes never crash.
public struct ByteReader {
    private let bytes: [UInt8]
    private var offset = 0

    /// A reader at the beginning of `bytes`.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether everything has been read.
    public var isAtEnd: Bool { offset == bytes.count }

    /// One byte.
    public mutating func byte() throws(LayerError) -> UInt8 {
        guard offset < bytes.count else { throw LayerError("ended early at byte \(offset)") }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// An unsigned number in LEB128.
    public mutating func unsigned() throws(LayerError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 64, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw LayerError("a number is too long at byte \(offset)")
    }

    /// A signed, zigzag-coded number.
    public mutating func integer() throws(LayerError) -> Int {
        let value = try unsigned()
        return Int(truncatingIfNeeded: Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
    }

    /// One bit.
    public mutating func bool() throws(LayerError) -> Bool { try byte() != 0 }

    /// A number with a fraction.
    public mutating func double() throws(LayerError) -> Double {
        var bits: UInt64 = 0
        for k in 0..<8 { bits |= UInt64(try byte()) << UInt64(8 * k) }
        return Double(bitPattern: bits)
    }

    /// Bytes after their count.
    public mutating func blob() throws(LayerError) -> [UInt8] {
        let count = try unsigned()
        guard count <= UInt64(bytes.count - offset) else {
            throw LayerError("\(count) bytes expected at byte \(offset)")
        }
        defer { offset += Int(count) }
        return Array(bytes[offset..<offset + Int(count)])
    }

    /// A string after its byte count; invalid UTF-8 is an error.
    public mutating func string() throws(LayerError) -> String {
        let bytes = try blob()
        guard let string = String(validating: bytes, as: UTF8.self) else { throw LayerError("a string is not UTF-8") }
        return string
    }

    /// A value that may be missing.
    public mutating func optional<Value>(
        _ body: (inout ByteReader) throws(LayerError) -> Value
    ) throws(LayerError) -> Value? {
        try bool() ? try body(&self) : nil
    }

    /// A list after its count.
    public mutating func list<Element>(
        _ body: (inout ByteReader) throws(LayerError) -> Element
    ) throws(LayerError) -> [Element] {
        let count = try unsigned()
        guard count <= UInt64(bytes.count) else { throw LayerError("a list of \(count) is longer than its bytes") }
        var elements: [Element] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count { elements.append(try body(&self)) }
        return elements
    }

    /// A span that was written after `previous`, which moves to the span's start.
    public mutating func span(after previous: inout Int) throws(LayerError) -> ByteSpan {
        let (start, overflow) = previous.addingReportingOverflow(try integer())
        let (end, longer) = start.addingReportingOverflow(try integer())
        guard !overflow, !longer, start >= 0, end >= start else { throw LayerError("a span is out of order") }
        previous = start
        return ByteSpan(start, end)
    }

    /// Throws unless everything has been read.
    public func finish() throws(LayerError) {
        guard isAtEnd else { throw LayerError("\(bytes.count - offset) bytes too many") }
    }
}
