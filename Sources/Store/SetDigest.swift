import StageKit

/// A digest of a set of rows that can be kept up to date: the sum of the rows' SHA-256 hashes modulo 2^256.
///
/// Adding and taking away commute, so the digest tells the set and not its history. (Bellare and Micciancio 1997,
/// AdHash.)
package struct SetDigest: Hashable, Sendable, CustomStringConvertible {
    /// The sum, least significant word first.
    private var words: [UInt64] = [0, 0, 0, 0]

    /// The digest of the empty set.
    package init() {}

    /// The digest whose 32 bytes these are; nil unless there are 32.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        words = Self.words(of: bytes)
    }

    /// Takes a row in.
    package mutating func add(_ row: [UInt8]) {
        var carry = false
        for (k, word) in Self.words(of: ContentDigest(of: row).bytes).enumerated() {
            let (sum, over) = words[k].addingReportingOverflow(word)
            let (total, more) = sum.addingReportingOverflow(carry ? 1 : 0)
            words[k] = total
            carry = over || more
        }
    }

    /// Takes a row out.
    package mutating func remove(_ row: [UInt8]) {
        var borrow = false
        for (k, word) in Self.words(of: ContentDigest(of: row).bytes).enumerated() {
            let (difference, under) = words[k].subtractingReportingOverflow(word)
            let (total, more) = difference.subtractingReportingOverflow(borrow ? 1 : 0)
            words[k] = total
            borrow = under || more
        }
    }

    /// The 32 bytes, least significant first.
    package var bytes: [UInt8] { words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } } }

    /// In lower-case hexadecimal.
    package var description: String { ContentDigest(bytes)?.description ?? "" }

    private static func words(of bytes: [UInt8]) -> [UInt64] {
        (0..<4).map { k in (0..<8).reduce(0) { $0 | UInt64(bytes[8 * k + $1]) << UInt64(8 * $1) } }
    }
}
