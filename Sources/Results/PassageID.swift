import Digests
package import StageKit

/// The ids of claims and mentions. They are digests of the document's id, the passage's own words and, for words that
/// recur, the number of their occurrence. No position enters: a decision still fits when the text around was edited.
package enum PassageID {
    /// The id of a claim: `c-` and twelve characters.
    package static func claim(_ reference: ClaimReference, in document: String) -> String {
        id("c", reference, document)
    }

    /// The id of a mention: `m-` and twelve characters.
    package static func mention(_ reference: ClaimReference, in document: String) -> String {
        id("m", reference, document)
    }

    /// Sixty bits of SHA-256 in the base32 alphabet of RFC 4648, in lower case.
    private static func id(_ letter: String, _ reference: ClaimReference, _ document: String) -> String {
        var writer = ByteWriter()
        writer.write(letter)
        writer.write(document)
        writer.write(reference.passage)
        writer.write(reference.occurrence)
        var bits: UInt64 = 0
        for byte in ContentDigest(of: writer.bytes).bytes.prefix(8) { bits = bits << 8 | UInt64(byte) }
        let digits = (0..<12).map { alphabet[Int(bits >> UInt64(59 - 5 * $0)) & 31] }
        return "\(letter)-\(String(decoding: digits, as: UTF8.self))"
    }

    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
}
