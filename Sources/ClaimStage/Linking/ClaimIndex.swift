import StageKit
import Text

/// `link-claims.index`: for each band the claims that fall into it, over the corpus, and each claim once in full.
///
/// A claim stands in full in a row of its own, under an address that is the hash of what stands there; that row never
/// changes. The rows of bands hold addresses, a few bytes each.
struct ClaimIndex: FoldStep {
    static let name = "link-claims.index"
    static let contract = StepContract(name, reads: [ClaimSignatures.name], facts: [.id])

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let document = input.facts.id
        var entries = SummaryBuilder()
        // what a document says again in the same words adds nothing that could be compared
        for signature in try input.layer(ClaimSignatures.self).signatures where signature.reference.occurrence == 0 {
            let bands = Bands.of(signature)
            guard !bands.isEmpty else { continue }
            let claim = IndexedClaim(signature: signature, document: document)
            let bytes = claim.encoded
            let address = ClaimAddress(of: claim, encoded: bytes)
            entries.add(FoldKey(claim: address), bytes)
            for (band, value) in bands.enumerated() {
                let next = bands[(band + 1) % bands.count]
                entries.add(FoldKey(band: band, value), address.element(beside: next))
            }
        }
        return entries.summary()
    }
}

/// A claim with the document that makes it: what two claims are compared by.
final class IndexedClaim: Sendable {
    /// What is compared.
    let signature: ClaimSignature
    /// The document that makes the claim.
    let document: String

    /// The canonical bytes.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        signature.encode(into: &writer)
        writer.write(document)
        return writer.bytes
    }

    init(signature: ClaimSignature, document: String) {
        self.signature = signature
        self.document = document
    }

    init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        signature = try ClaimSignature(decoding: &reader)
        document = try reader.string()
        try reader.finish()
    }
}

/// Where a claim stands in full: two bytes that claims of the same words have in common, and eight of a hash.
struct ClaimAddress {
    static let count = 10
    let bytes: [UInt8]

    /// The address of `claim`, whose canonical bytes are `encoded`.
    init(of claim: IndexedClaim, encoded: [UInt8]) {
        bytes = claim.signature.exact.bytes(2) + StableHash.of(encoded).bytes(8)
    }

    /// What stands for the claim in a band. In a large band only neighbours are compared, so elements begin with a
    /// hash of what the claim has in the next band: what has much in common stands together.
    func element(beside next: UInt64) -> [UInt8] { Bands.mixed(next).bytes(2) + bytes }
}

extension FoldKey {
    private static let claimMark: UInt8 = 0xFF

    /// The row of a band: its number, and what the claims in it have in common.
    init(band: Int, _ value: UInt64) { self.init([UInt8(band)] + value.bytes(6)) }

    /// The row of a claim.
    init(claim address: ClaimAddress) { self.init([Self.claimMark] + address.bytes) }

    /// The row of the claim that `element` of a band stands for; nil for bytes that are no element.
    init?(claimOf element: [UInt8]) {
        guard element.count == 2 + ClaimAddress.count else { return nil }
        self.init([Self.claimMark] + element[2...])
    }

    /// The number of the band whose row this is; nil for the row of a claim.
    var band: Int? { bytes.first.flatMap { $0 < Bands.count ? Int($0) : nil } }
}

extension UInt64 {
    /// The low `count` bytes, high ones first.
    fileprivate func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: self >> (8 * UInt64(count - 1 - $0))) }
    }
}
