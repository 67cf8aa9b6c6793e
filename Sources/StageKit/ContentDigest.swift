import Text

/// A SHA-256 digest: the name of a content, a key or a tree.
public struct ContentDigest: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// The digest with these bytes; nil unless there are 32.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.bytes = Array(bytes)
    }

    /// In lower-case hexadecimal.
    public var description: String {
        String(decoding: bytes.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// By bytes.
    public static func < (a: ContentDigest, b: ContentDigest) -> Bool { a.bytes.precedes(b.bytes) }
}
