import StageKit
import TestSupport
import Testing

@testable import ClaimStage

@Suite("Signatures")
struct SignatureTests {
    private let signature = ClaimSignature(
        reference: ClaimReference(passage: 99, occurrence: 2), exact: 7, length: 5, opening: 6,
        stems: [3, 9, 12, 4_000_000, ClaimSignature.nameBit | 5], negated: [9], isQuoted: true,
        figures: [Figure(lower: 5, upper: nil, unit: "km", noun: 8, context: [1, 2], text: "at least 5", label: "km")])

    @Test("a signature reads back as it was written")
    func roundTrip() throws {
        let layer = ClaimSignatures([signature, signature])
        #expect(try ClaimSignatures(encoded: layer.encoded) == layer)
        let claim = IndexedClaim(signature: signature, document: "a.txt")
        let read = try IndexedClaim(encoded: claim.encoded)
        #expect(read.signature == signature)
        #expect(read.document == "a.txt")
    }

    @Test("damaged signatures throw or read, and never crash")
    func survivesDamage() {
        for bytes in Damage.variants(of: ClaimSignatures([signature]).encoded) {
            _ = try? ClaimSignatures(encoded: bytes)
            _ = try? IndexedClaim(encoded: bytes)
            _ = try? LinkDecision(encoded: bytes)
        }
    }

    @Test("claims with most stems in common share a band, claims with few to compare have none")
    func shareBands() {
        var other = signature
        other.exact = 8
        other.opening = 9
        other.stems = [3, 9, 12, 4_000_000, 17]
        #expect(zip(Bands.of(signature), Bands.of(other)).contains { $0 == $1 })
        other.stems = [3]
        #expect(Bands.of(other).isEmpty)
    }

    @Test("a claim and its first half share a band, whatever stems are in the rest")
    func sharesOpening() {
        var other = signature
        other.exact = 8
        other.stems = [3, 9]
        #expect(Bands.of(other).last == Bands.of(signature).last)
    }

    @Test("claims without a stem in common share no band")
    func keepApart() {
        var other = signature
        other.exact = 8
        other.opening = 9
        other.stems = [100, 101, 102, 103, 104]
        #expect(!zip(Bands.of(signature), Bands.of(other)).contains { $0 == $1 })
    }
}
