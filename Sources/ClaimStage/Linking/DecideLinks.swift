import StageKit
import Text

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

    func constants(for row: FoldRow) -> [FoldKey] {
        guard row.elements.count > 1, row.key.band != nil else { return [] }
        return row.elements.compactMap { FoldKey(claimOf: $0.bytes) }
    }

    func constant(_ row: FoldRow) -> BandMember? { row.elements.first.flatMap { BandMember($0.bytes) } }

    func decide(_ rows: [FoldRow], _ table: [FoldKey: BandMember]) -> [Decision] { rows.flatMap { decide($0, table) } }

    private func decide(_ row: FoldRow, _ table: [FoldKey: BandMember]) -> [Decision] {
        guard row.elements.count > 1, let band = row.key.band else { return [] }
        let members = row.elements.compactMap { FoldKey(claimOf: $0.bytes).flatMap { table[$0] } }
        let reach = members.count > Self.fullComparison ? Self.window : members.count
        var links = LinksByDocument()
        BandPairs(members, band: band, atMost: Self.meetings).forEach(reach: reach) { links.add($0, $1) }
        return links.decisions(owner: row.key)
    }

    /// The links that a band gives, by the document that is told of them.
    private struct LinksByDocument {
        private var links: [String: [LinkDecision.Link]] = [:]

        mutating func add(_ one: IndexedClaim, _ two: IndexedClaim) {
            // every band says the same of a pair: it takes its two ends in the same order
            let (a, b) = one.document.precedes(two.document) ? (one, two) : (two, one)
            guard let comparison = Comparison.between(a.signature, b.signature) else { return }
            links[a.document, default: []].append(.init(a, b, comparison))
            links[b.document, default: []].append(.init(b, a, comparison.mirrored))
        }

        func decisions(owner: FoldKey) -> [Decision] {
            links.sorted { $0.key.precedes($1.key) }.map {
                Decision(to: $0.key, LinkDecision(links: $0.value).encoded, owner: owner)
            }
        }
    }
}
