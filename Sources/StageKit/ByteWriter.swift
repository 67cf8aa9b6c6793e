public import Text

/// Writes the canonical bytes of a layer, a summary or a key: varints, length-prefixed strings, delta-coded spans.
public struct ByteWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// A writer with nothing in it.
    public init() {}

    /// Makes room for `count` more bytes, where it is known how many come.
    public mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

    /// An unsigned number in LEB128: seven bits a byte, low bits first.
    public mutating func write(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A signed number, zigzag-coded, so that small negative numbers stay short.
    public mutating func write(_ value: Int) {
        write(UInt64(bitPattern: Int64(value << 1) ^ Int64(value >> 63)))
    }

    /// One bit as a byte.
    public mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// One byte.
    public mutating func write(byte: UInt8) { bytes.append(byte) }

    /// A number with a fraction, as the eight bytes of its IEEE 754 pattern; every NaN is written as one.
    public mutating func write(_ value: Double) {
        let bits = value.isNaN ? Double.nan.bitPattern : value == 0 ? 0 : value.bitPattern
        for k in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * k))) }
    }

    /// Bytes after their count.
    public mutating func write(_ value: some Collection<UInt8>) {
        write(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// A string as its UTF-8 after its byte count.
    public mutating func write(_ value: String) {
        var value = value
        value.withUTF8 {
            write(UInt64($0.count))
            bytes.append(contentsOf: $0)
        }
    }

    /// A value that may be missing: a byte that says so, then the value.
    public mutating func write<Value>(optional value: Value?, _ body: (inout ByteWriter, Value) -> Void) {
        write(value != nil)
        if let value { body(&self, value) }
    }

    /// A list: its count, then each element as `body` writes it.
    public mutating func write<Element>(list: some Collection<Element>, _ body: (inout ByteWriter, Element) -> Void) {
        write(UInt64(list.count))
        for element in list { body(&self, element) }
    }

    /// A span whose start is near `previous`: the difference, then the length. Returns the span's start, for the next.
    @discardableResult
    public mutating func write(_ span: ByteSpan, after previous: Int) -> Int {
        write(span.start - previous)
        write(span.count)
        return span.start
    }
}
