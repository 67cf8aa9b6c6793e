/// Writes JSON (RFC 8259) straight into bytes: compact, keys in the order in which they are written, numbers in the
/// shortest form that reads back the same.
///
/// What takes a closure is inlinable: objects of a few fields are written by the hundred thousand.
public struct JSONOutput: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []
    /// Whether the next key or element needs a comma before it.
    private var needsComma = false

    /// An empty output.
    public init() {}

    /// `{ … }` around what `body` writes.
    @inlinable
    public mutating func object(_ body: (inout JSONOutput) throws -> Void) rethrows {
        open(UInt8(ascii: "{"))
        try body(&self)
        close(UInt8(ascii: "}"))
    }

    /// `[ … ]` around what `body` writes.
    @inlinable
    public mutating func array(_ body: (inout JSONOutput) throws -> Void) rethrows {
        open(UInt8(ascii: "["))
        try body(&self)
        close(UInt8(ascii: "]"))
    }

    /// An array with one element for each of `elements`.
    @inlinable
    public mutating func array<Element>(
        _ elements: some Sequence<Element>, _ body: (inout JSONOutput, Element) throws -> Void
    ) rethrows {
        try array { for element in elements { try body(&$0, element) } }
    }

    /// A key of an object; the value has to follow.
    public mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A key that stands in the code, of ASCII characters that need no escape; the value has to follow.
    public mutating func key(fixed name: StaticString) {
        // put together first, so that the output grows once
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: name.utf8CodeUnitCount + 4) { key in
            var end = 0
            func add(_ byte: UInt8) {
                key[end] = byte
                end += 1
            }
            if needsComma { add(UInt8(ascii: ",")) }
            add(UInt8(ascii: "\""))
            name.withUTF8Buffer { for byte in $0 { add(byte) } }
            add(UInt8(ascii: "\""))
            add(UInt8(ascii: ":"))
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: key[..<end]))
        }
        needsComma = false
    }

    /// A string.
    public mutating func string(_ value: String) {
        var value = value
        value.withUTF8 { string(utf8: $0) }
    }

    /// A string whose UTF-8 this is, which has to be valid.
    public mutating func string(utf8: some Collection<UInt8>) {
        if utf8.withContiguousStorageIfAvailable({ quoted($0) }) == nil {
            Array(utf8).withUnsafeBufferPointer { quoted($0) }
        }
    }

    private mutating func quoted(_ utf8: UnsafeBufferPointer<UInt8>) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        var plain = 0
        for offset in utf8.indices {
            let byte = utf8[offset]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[plain..<offset]))
            plain = offset + 1
            escape(byte)
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[plain...]))
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0..<0x20:
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(Self.digits[Int(byte >> 4)])
            bytes.append(Self.digits[Int(byte & 15)])
        default:
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        }
    }

    /// A whole number.
    public mutating func integer(_ value: Int) {
        // from the last digit to the first: 2⁶⁴ has twenty, before which a sign and a comma may stand
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 22) { digits in
            var first = digits.count
            var rest = value.magnitude
            repeat {
                first -= 1
                digits[first] = UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0")
                rest /= 10
            } while rest > 0
            if value < 0 {
                first -= 1
                digits[first] = UInt8(ascii: "-")
            }
            if needsComma {
                first -= 1
                digits[first] = UInt8(ascii: ",")
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
        }
        needsComma = true
    }

    /// A number; one that JSON can't hold is written as null.
    public mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        raw(value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)")
    }

    /// A number that reads back as one with a fraction, if it is whole as well: `3.0`. One that JSON can't hold is
    /// written as null.
    public mutating func real(_ value: Double) {
        guard value.isFinite else { return null() }
        raw("\(value)")
    }

    /// True or false.
    public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

    /// Null.
    public mutating func null() { raw("null") }

    /// A value that was written apart.
    public mutating func embed(_ value: JSONOutput) {
        comma()
        bytes.append(contentsOf: value.bytes)
        needsComma = true
    }

    /// A line end, after which a new value begins.
    public mutating func endLine() {
        bytes.append(0x0A)
        needsComma = false
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private mutating func raw(_ text: String) {
        comma()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func comma() { if needsComma { bytes.append(UInt8(ascii: ",")) } }

    @usableFromInline
    mutating func open(_ bracket: UInt8) {
        comma()
        bytes.append(bracket)
        needsComma = false
    }

    @usableFromInline
    mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }
}
