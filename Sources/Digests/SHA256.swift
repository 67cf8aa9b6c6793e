import COpenSSL

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece. A value: a copy goes on by itself.
struct SHA256 {
    private var context = SHA256_CTX()

    /// A hash of nothing yet.
    init() { SHA256_Init(&context) }

    /// Takes in a piece.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        SHA256_Update(&context, start, bytes.count)
    }

    /// Calls `body` with the 32 bytes of the digest of all pieces so far.
    func withDigest<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        var finished = context
        return withUnsafeTemporaryAllocation(byteCount: Int(SHA256_DIGEST_LENGTH), alignment: 8) { digest in
            SHA256_Final(digest.bindMemory(to: UInt8.self).baseAddress, &finished)
            return body(UnsafeRawBufferPointer(digest))
        }
    }
}
