import StageKit

/// `link-claims.links`: which claims of a band are linked, and how, told to the documents that make them.
struct DecideLinks: FinishStep {
    static let name = "link-claims.links"
    static let contract = StepContract(name, after: ClaimIndex.name)

    /// Up to this many claims in a band, each is compared with each.
    private static let fullComparison = 64
    /// In a larger band, a claim is compared with so many behind it in the order of their elements.
    private static let window = 12
    /// In so many of the bands that two claims share, the first ones, their link is decided: one might be too large
    /// for the two to be compared in it, and in all of them would be the same said ten times.
    private static let meetings = 2

    init(options: OptionReader) throws(OptionProblem) {}

    func decide(_ rows: [FoldRow], _ table: FoldLookup) -> [Decision] { rows.flatMap { decide($0, table) } }

    private func decide(_ row: FoldRow, _ table: FoldLookup) -> [Decision] {
        guard row.elements.count > 1, let band = row.key.band else { return [] }
        let members = row.elements.compactMap { BandMember(element: $0.bytes, table) }
        let reach = members.count > Self.fullComparison ? Self.window : members.count
        var links: [String: [LinkDecision.Link]] = [:]
        for (k, member) in members.enumerated() {
            for other in members[(k + 1)...].prefix(reach) where meet(member, other, in: band) {
                // every band says the same of a pair: it takes its two ends in the same order
                let isFirst = member.claim.document.utf8.lexicographicallyPrecedes(other.claim.document.utf8)
                let (a, b) = isFirst ? (member.claim, other.claim) : (other.claim, member.claim)
                guard let comparison = Comparison(a.signature, b.signature) else { continue }
                links[a.document, default: []].append(.init(a, b, comparison))
                links[b.document, default: []].append(.init(b, a, comparison.mirrored))
            }
        }
        return links.map { Decision(to: $0, LinkDecision(links: $1).encoded, owner: row.key) }
            .sorted { $0.key < $1.key }
    }

    /// Whether it is for this band to say how two claims stand to each other.
    private func meet(_ a: BandMember, _ b: BandMember, in band: Int) -> Bool {
        guard a.claim.document != b.claim.document else { return false }
        return (0..<band).count { a.bands[$0] == b.bands[$0] } < Self.meetings
    }
}

/// A claim of a band, looked up.
private struct BandMember {
    var claim: IndexedClaim
    var bands: [UInt64]

    /// Nil for bytes that can't be read, which the store has kept out.
    init?(element: [UInt8], _ table: FoldLookup) {
        guard let row = FoldKey(claimOf: element).flatMap(table), let bytes = row.elements.first?.bytes,
            let claim = try? IndexedClaim(encoded: bytes)
        else { return nil }
        self.claim = claim
        bands = Bands.of(claim.signature)
        guard !bands.isEmpty else { return nil }
    }
}
