import StageKit

/// The digest of a set of rows: the sum of their SHA-256 hashes modulo 2^256.
///
/// Terms of a sum can come in any order and be subtracted again, so the digest follows each change of a row and says
/// nothing about the order in which the rows came. (Bellare and Micciancio 1997, AdHash.)
package struct SetDigest: Hashable, Sendable {
    /// Least significant word first.
    private var words: SIMD4<UInt64> = .zero
    /// How many rows the set has.
    package private(set) var rows = 0

    /// The digest of no rows.
    package init() {}

    /// The digest of one row, whose canonical bytes these are; or of several that come and go together, as so many.
    package init(row bytes: UnsafeRawBufferPointer, counted rows: Int = 1) {
        var hash = SHA256()
        hash.update(bytes)
        hash.withDigest { digest in
            for k in 0..<4 {
                words[k] = UInt64(littleEndian: digest.loadUnaligned(fromByteOffset: 8 * k, as: UInt64.self))
            }
        }
        self.rows = rows
    }

    /// The digest of one row, whose canonical bytes these are.
    package init(row bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { SetDigest(row: $0) }
    }

    /// Adds the rows of `other`.
    package static func += (sum: inout SetDigest, other: SetDigest) {
        var carry: UInt64 = 0
        for k in 0..<4 {
            let (part, over) = sum.words[k].addingReportingOverflow(other.words[k])
            let (all, again) = part.addingReportingOverflow(carry)
            sum.words[k] = all
            carry = over || again ? 1 : 0
        }
        sum.rows &+= other.rows
    }

    /// Takes the rows of `other` away, which have to be in it.
    package static func -= (sum: inout SetDigest, other: SetDigest) {
        var borrow: UInt64 = 0
        for k in 0..<4 {
            let (part, under) = sum.words[k].subtractingReportingOverflow(other.words[k])
            let (all, again) = part.subtractingReportingOverflow(borrow)
            sum.words[k] = all
            borrow = under || again ? 1 : 0
        }
        sum.rows &-= other.rows
    }

    /// The sum as 32 bytes, least significant first.
    package var bytes: [UInt8] {
        (0..<4).flatMap { k in (0..<8).map { UInt8(truncatingIfNeeded: words[k] >> (8 * $0)) } }
    }

    /// The digest that was written as `bytes` with `rows`; nil unless there are 32.
    package init?(bytes: [UInt8], rows: Int) {
        guard bytes.count == 32 else { return nil }
        bytes.withUnsafeBytes { bytes in
            for k in 0..<4 {
                words[k] = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * k, as: UInt64.self))
            }
        }
        self.rows = rows
    }

    /// In lower-case hexadecimal.
    package var description: String { ContentDigest(bytes)?.description ?? "" }
}
