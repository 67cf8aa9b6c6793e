internal import Crypto
package import StageKit

extension ContentDigest {
    /// The SHA-256 of `bytes`.
    package init(of bytes: [UInt8]) {
        self = Self.hash { $0.update(data: bytes) }
    }

    /// The first 64 bits of the SHA-256 of `bytes`, the first byte foremost: for names that need no more.
    package static func leadingBits(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return hasher.finalize().withUnsafeBytes { UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)) }
    }

    private static func hash(_ body: (inout SHA256) -> Void) -> ContentDigest {
        var hasher = SHA256()
        body(&hasher)
        return hasher.finalize().withUnsafeBytes { ContentDigest($0) }
    }
}

/// The SHA-256 of bytes that come piece by piece.
package struct DigestStream {
    private var hasher = SHA256()

    /// A digest of nothing yet.
    package init() {}

    /// Takes in a piece.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) { hasher.update(bufferPointer: bytes) }

    /// Whether the digest of all pieces begins with these bytes: all 32 of them, or as many as are kept.
    package func begins(with bytes: UnsafeRawBufferPointer) -> Bool {
        hasher.finalize().withUnsafeBytes { $0.starts(with: bytes) }
    }

    /// The digest of all pieces.
    package func finish() -> ContentDigest {
        return hasher.finalize().withUnsafeBytes { ContentDigest($0) }
    }
}
