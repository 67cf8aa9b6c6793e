import Text

/// A SHA-256 digest: the name of a content, a key or a tree.
public struct ContentDigest: Hashable, Comparable, Sendable, CustomStringConvertible {
    // The 32 bytes as four numbers, high bytes first: a document has dozens of digests, too many for an array each.
    private let a, b, c, d: UInt64

    /// How many bytes a digest has.
    public static let count = 32

    /// The digest with these bytes; nil unless there are 32.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        self = Array(bytes).withUnsafeBytes { ContentDigest($0) }
    }

    /// The digest with these 32 bytes.
    public init(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == Self.count)
        a = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        b = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        c = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
        d = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Self.count) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            raw.storeBytes(of: a.bigEndian, as: UInt64.self)
            raw.storeBytes(of: b.bigEndian, toByteOffset: 8, as: UInt64.self)
            raw.storeBytes(of: c.bigEndian, toByteOffset: 16, as: UInt64.self)
            raw.storeBytes(of: d.bigEndian, toByteOffset: 24, as: UInt64.self)
            count = Self.count
        }
    }

    /// The first eight bytes, as a number.
    public var head: UInt64 { a }

    /// In lower-case hexadecimal.
    public var description: String {
        String(decoding: bytes.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// By bytes.
    public static func < (one: ContentDigest, other: ContentDigest) -> Bool {
        (one.a, one.b, one.c, one.d) < (other.a, other.b, other.c, other.d)
    }

    /// A part of a digest is as good as all of it.
    public func hash(into hasher: inout Hasher) { hasher.combine(a) }
}
