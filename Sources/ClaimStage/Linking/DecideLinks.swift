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
        // most pairs of a band have met before, and then their claims need not be read
        var claims: [IndexedClaim?] = Array(repeating: nil, count: members.count)
        for k in members.indices {
            for other in (k + 1)..<max(k + 1, min(members.count, k + 1 + reach))
            where members[k].meets(members[other], in: band, atMost: Self.meetings) {
                if claims[k] == nil { claims[k] = members[k].claim }
                if claims[other] == nil { claims[other] = members[other].claim }
                guard let one = claims[k], let two = claims[other] else { continue }
                links.add(one, two)
            }
        }
        return links.decisions(owner: row.key)
    }

    /// The links that a band gives, by the document that is told of them.
    private struct LinksByDocument {
        private var links: [String: [LinkDecision.Link]] = [:]

        mutating func add(_ one: IndexedClaim, _ two: IndexedClaim) {
            // every band says the same of a pair: it takes its two ends in the same order
            let (a, b) = one.document.precedes(two.document) ? (one, two) : (two, one)
            guard let comparison = Comparison(a.signature, b.signature) else { return }
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

/// A claim of a band, looked up: as it stands in the table, since a large corpus has them by the million.
final class BandMember: Sendable {
    private let bytes: [UInt8]
    private let bands: [UInt64]
    /// What tells its document from others.
    private let document: UInt64

    /// Nil for bytes that can't be read, which the store has kept out.
    init?(_ bytes: [UInt8]) {
        guard let claim = try? IndexedClaim(encoded: bytes) else { return nil }
        self.bytes = bytes
        bands = Bands.of(claim.signature)
        document = StableHash.of(claim.document.utf8)
        guard !bands.isEmpty else { return nil }
    }

    /// What is compared.
    var claim: IndexedClaim? { try? IndexedClaim(encoded: bytes) }

    /// Whether it is for `band`, which they share, to say how the two stand to each other: they share fewer than `most`
    /// before it, and are of two documents.
    func meets(_ other: BandMember, in band: Int, atMost most: Int) -> Bool {
        guard document != other.document else { return false }
        var shared = 0
        for k in 0..<band where bands[k] == other.bands[k] {
            shared += 1
            if shared == most { return false }
        }
        return true
    }
}
