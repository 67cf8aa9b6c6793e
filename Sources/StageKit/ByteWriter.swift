public import Text

/// Writes the canonical bytes of a layer, a summary or a key: varints, length-prefixed strings, delta-coded spans.
///
/// What is written for every element of a layer is inlinable, so that a layer's own loop is compiled for its type.
public struct ByteWriter: Sendable {
    @usableFromInline var written: [UInt8] = []

    /// What has been written.
    @inlinable
    public var bytes: [UInt8] { written }

    /// A writer with nothing in it.
    public init() {}

    /// Makes room for `count` more bytes, where it is known how many come.
    public mutating func reserve(_ count: Int) { written.reserveCapacity(written.count + count) }

    /// An unsigned number in LEB128: seven bits a byte, low bits first.
    @inlinable
    public mutating func write(_ value: UInt64) {
        // nearly all numbers are small
        if value < 0x80 { written.append(UInt8(truncatingIfNeeded: value)) } else { write(long: value) }
    }

    @usableFromInline
    mutating func write(long value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            written.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        written.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A signed number, zigzag-coded, so that small negative numbers stay short.
    @inlinable
    public mutating func write(_ value: Int) {
        write(UInt64(bitPattern: Int64(value << 1) ^ Int64(value >> 63)))
    }

    /// One bit as a byte.
    @inlinable
    public mutating func write(_ value: Bool) { written.append(value ? 1 : 0) }

    /// One byte.
    @inlinable
    public mutating func write(byte: UInt8) { written.append(byte) }

    /// A number with a fraction, as the eight bytes of its IEEE 754 pattern; every NaN is written as one.
    public mutating func write(_ value: Double) {
        let bits = value.isNaN ? Double.nan.bitPattern : value == 0 ? 0 : value.bitPattern
        for k in 0..<8 { written.append(UInt8(truncatingIfNeeded: bits >> (8 * k))) }
    }

    /// Bytes that a writer wrote: what several keys begin with.
    public mutating func append(_ begun: [UInt8]) { written.append(contentsOf: begun) }

    /// Bytes after their count.
    @inlinable
    public mutating func write(_ value: some Collection<UInt8>) {
        write(UInt64(value.count))
        written.append(contentsOf: value)
    }

    /// A string as its UTF-8 after its byte count.
    public mutating func write(_ value: String) {
        var value = value
        value.withUTF8 {
            write(UInt64($0.count))
            written.append(contentsOf: $0)
        }
    }

    /// A value that may be missing: a byte that says so, then the value.
    @inlinable
    public mutating func write<Value>(optional value: Value?, _ body: (inout ByteWriter, Value) -> Void) {
        write(value != nil)
        if let value { body(&self, value) }
    }

    /// A list: its count, then each element as `body` writes it.
    @inlinable
    public mutating func write<Element>(list: some Collection<Element>, _ body: (inout ByteWriter, Element) -> Void) {
        write(UInt64(list.count))
        for element in list { body(&self, element) }
    }

    /// A span whose start is near `previous`: the difference, then the length. Returns the span's start, for the next.
    @discardableResult @inlinable
    public mutating func write(_ span: ByteSpan, after previous: Int) -> Int {
        write(span.start - previous)
        write(span.count)
        return span.start
    }
}
