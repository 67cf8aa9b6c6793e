import Digests
import StageKit

/// The ids of claims and mentions of a document. They are digests of the document's id, the passage's own words and, for
/// words that recur, the number of their occurrence. No position enters: a decision still fits when the text around was
/// edited.
struct PassageIDs {
    /// The document that the next passages are in.
    var document: String

    init(_ document: String) { self.document = document }

    /// The id of a claim: `c-` and twelve characters.
    func claim(_ reference: ClaimReference) -> String { id("c", reference) }

    /// The id of a mention: `m-` and twelve characters.
    func mention(_ reference: ClaimReference) -> String { id("m", reference) }

    /// Sixty bits of SHA-256 in the base32 alphabet of RFC 4648, in lower case.
    private func id(_ letter: String, _ reference: ClaimReference) -> String {
        var writer = ByteWriter()
        writer.write(letter)
        writer.write(document)
        writer.write(reference.passage)
        writer.write(reference.occurrence)
        let bits = writer.bytes.withUnsafeBytes(ContentDigest.leadingBits)
        return String(unsafeUninitializedCapacity: 14) { buffer in
            buffer[0] = letter.utf8.first ?? 0
            buffer[1] = UInt8(ascii: "-")
            for k in 0..<12 { buffer[k + 2] = Self.alphabet[Int(bits >> UInt64(59 - 5 * k)) & 31] }
            return 14
        }
    }

    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
}
