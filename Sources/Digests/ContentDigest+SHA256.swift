package import StageKit

extension ContentDigest {
    /// The SHA-256 of `bytes`.
    package init(of bytes: [UInt8]) {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update($0) }
        self = hash.withDigest { ContentDigest($0) }
    }

    /// The first 64 bits of the SHA-256 of `bytes`, the first byte foremost: for names that need no more.
    package static func leadingBits(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = SHA256()
        hash.update(bytes)
        return hash.withDigest { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
    }
}

/// The SHA-256 of bytes that come piece by piece.
package struct DigestStream {
    private var hash = SHA256()

    /// A digest of nothing yet.
    package init() {}

    /// Takes in a piece.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bytes) }

    /// Whether the digest of all pieces begins with these bytes: all 32 of them, or as many as are kept.
    package func begins(with bytes: UnsafeRawBufferPointer) -> Bool {
        hash.withDigest { $0.starts(with: bytes) }
    }

    /// The digest of all pieces.
    package func finish() -> ContentDigest { hash.withDigest { ContentDigest($0) } }
}
