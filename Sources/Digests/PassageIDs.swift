package import StageKit

/// The ids of claims and mentions of a document. They are digests of the document's id, the passage's own words and, for
/// words that recur, the number of their occurrence. No position enters: a decision still fits when the text around was
/// edited.
package struct PassageIDs {
    /// The document that the next passages are in.
    package var document: String

    /// The ids of passages of `document`.
    package init(_ document: String) { self.document = document }

    /// The id of a claim: `c-` and twelve characters.
    package mutating func claim(_ reference: ClaimReference) -> String { id(UInt8(ascii: "c"), reference) }

    /// The id of a mention: `m-` and twelve characters.
    package mutating func mention(_ reference: ClaimReference) -> String { id(UInt8(ascii: "m"), reference) }

    /// Sixty bits of SHA-256 in the base32 alphabet of RFC 4648, in lower case.
    ///
    /// What is hashed are the bytes of a ``ByteWriter``: letter, document, passage and occurrence. A document has
    /// hundreds of ids, so they are written where they are hashed.
    private mutating func id(_ letter: UInt8, _ reference: ClaimReference) -> String {
        let bits = document.withUTF8 { document in
            withUnsafeTemporaryAllocation(byteCount: document.count + 34, alignment: 1) { buffer in
                var count = 0
                func write(_ byte: UInt8) {
                    buffer[count] = byte
                    count += 1
                }
                func write(number: UInt64) {
                    var rest = number
                    while rest >= 0x80 {
                        write(UInt8(rest & 0x7F) | 0x80)
                        rest >>= 7
                    }
                    write(UInt8(rest))
                }
                write(1)
                write(letter)
                write(number: UInt64(document.count))
                buffer[count..<count + document.count].copyBytes(from: document)
                count += document.count
                write(number: reference.passage)
                let occurrence = Int64(reference.occurrence)
                write(number: UInt64(bitPattern: occurrence << 1 ^ occurrence >> 63))
                return ContentDigest.leadingBits(of: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
        return String(unsafeUninitializedCapacity: 14) { buffer in
            buffer[0] = letter
            buffer[1] = UInt8(ascii: "-")
            for k in 0..<12 { buffer[k + 2] = Self.alphabet[Int(bits >> UInt64(59 - 5 * k)) & 31] }
            return 14
        }
    }

    /// Whether `id` may be that of a claim.
    package static func isClaim(_ id: String) -> Bool {
        let bytes = Array(id.utf8)
        return bytes.count == 14 && bytes[0] == UInt8(ascii: "c") && bytes[1] == UInt8(ascii: "-")
            && bytes[2...].allSatisfy(alphabet.contains)
    }

    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
}
