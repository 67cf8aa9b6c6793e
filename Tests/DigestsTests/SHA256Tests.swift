import StageKit
import Testing

@testable import Digests

@Suite("SHA-256") struct SHA256Tests {
    /// The examples of NIST's publication of the standard (FIPS 180-2, appendix B) and the digest of nothing.
    @Test(
        "digests are those of the standard",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ])
    func standard(text: String, digest: String) {
        #expect(ContentDigest(of: Array(text.utf8)).description == digest)
    }

    @Test("pieces have the digest of the whole, wherever the cuts fall", arguments: [1, 63, 64, 65, 200])
    func pieces(length: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var stream = DigestStream()
        for start in stride(from: 0, to: bytes.count, by: length) {
            bytes[start..<min(start + length, bytes.count)].withUnsafeBytes { stream.update($0) }
        }
        #expect(stream.finish() == ContentDigest(of: bytes))
    }

    @Test("a stream that was asked for its digest goes on from there")
    func goesOn() {
        var stream = DigestStream()
        Array("ab".utf8).withUnsafeBytes { stream.update($0) }
        #expect(stream.finish() == ContentDigest(of: Array("ab".utf8)))
        Array("c".utf8).withUnsafeBytes { stream.update($0) }
        #expect(stream.finish() == ContentDigest(of: Array("abc".utf8)))
    }
}
