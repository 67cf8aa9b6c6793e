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
        let documents = Documents(members)
        guard documents.ids.count > 1 else { return [] }
        // most pairs of a band have met before, and then their claims need not be read
        var claims: [IndexedClaim?] = Array(repeating: nil, count: members.count)
        func claim(_ k: Int) -> IndexedClaim? {
            if claims[k] == nil { claims[k] = members[k].claim }
            return claims[k]
        }
        var links: [[LinkDecision.Link]] = Array(repeating: [], count: documents.ids.count)
        for k in members.indices {
            for other in (k + 1)..<max(k + 1, min(members.count, k + 1 + reach)) {
                let (one, two) = (documents.numbers[k], documents.numbers[other])
                guard one != two, members[k].meets(members[other], in: band, atMost: Self.meetings) else { continue }
                // every band says the same of a pair: it takes its two ends in the same order
                guard let a = claim(one < two ? k : other), let b = claim(one < two ? other : k),
                    let comparison = Comparison(a.signature, b.signature)
                else { continue }
                links[min(one, two)].append(.init(a, b, comparison))
                links[max(one, two)].append(.init(b, a, comparison.mirrored))
            }
        }
        return documents.ids.indices.filter { !links[$0].isEmpty }.map { k in
            Decision(to: documents.ids[k], LinkDecision(links: links[k]).encoded, owner: row.key)
        }
    }

    /// The documents of a band's claims, by number in the order of their ids.
    private struct Documents {
        let ids: [String]
        let numbers: [Int]

        init(_ members: [BandMember]) {
            let documents = members.map(\.document)
            let ids = Set(documents).sorted { $0.precedes($1) }
            let places = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
            numbers = documents.map { places[$0] ?? 0 }
            self.ids = ids
        }
    }
}

/// A claim of a band, looked up: as it stands in the table, since a large corpus has them by the million.
final class BandMember: Sendable {
    private let bytes: [UInt8]
    private let bands: [UInt64]

    /// Nil for bytes that can't be read, which the store has kept out.
    init?(_ bytes: [UInt8]) {
        guard let claim = try? IndexedClaim(encoded: bytes) else { return nil }
        self.bytes = bytes
        bands = Bands.of(claim.signature)
        guard !bands.isEmpty else { return nil }
    }

    /// The document that makes the claim.
    var document: String { (try? IndexedClaim.document(of: bytes)) ?? "" }

    /// What is compared.
    var claim: IndexedClaim? { try? IndexedClaim(encoded: bytes) }

    /// Whether it is for `band` to say how the two stand to each other: they share it, and fewer than `most` before it.
    func meets(_ other: BandMember, in band: Int, atMost most: Int) -> Bool {
        var shared = 0
        for k in 0..<band where bands[k] == other.bands[k] {
            shared += 1
            if shared == most { return false }
        }
        return true
    }
}
