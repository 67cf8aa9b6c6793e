import StageKit
import Text

/// `link-claims.claims-and-links`: the claims with the entities of their sources, and their links.
struct JoinClaims: JoinStep {
    static let contract = StepContract(
        "link-claims.claims-and-links", reads: [Attributions.name, ClaimSignatures.name, Mentions.name],
        writes: [Claims.name, Links.name], facts: [.id], after: DecideLinks.name)

    init(options: OptionReader) throws(OptionProblem) {}

    /// All links of the document are addressed to it.
    func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey] { [] }

    func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
        let mentions = try input.layer(Mentions.self).mentions
        var claims = try input.layer(Attributions.self).claims
        for k in claims.indices {
            guard let mention = claims[k].sourceMention, mentions.indices.contains(mention) else { continue }
            claims[k].sourceEntity = mentions[mention].entity
        }
        return StepOutput(Claims(claims), Links(try links(input, decisions)))
    }

    private func links(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> [Links.Link] {
        guard !decisions.isEmpty else { return [] }
        var claims: [ClaimReference: Int] = [:]
        for (claim, signature) in try input.layer(ClaimSignatures.self).signatures.enumerated() {
            claims[signature.reference] = claim
        }
        var found: [(claim: Int, link: LinkDecision.Link)] = []
        for bytes in decisions.values {
            for link in (try? LinkDecision(encoded: bytes))?.links ?? [] {
                if let claim = claims[link.own] { found.append((claim, link)) }
            }
        }
        return Self.unique(found)
    }

    /// In order of the claim, the other document and the claim there, each pair once: the bands in which two claims meet
    /// say the same of them.
    private static func unique(_ found: [(claim: Int, link: LinkDecision.Link)]) -> [Links.Link] {
        let order = Set(found.map(\.link.document)).sorted { $0.precedes($1) }
        let ranks = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
        let places = found.indices.map { k in
            Place(
                claim: found[k].claim, document: ranks[found[k].link.document] ?? 0, other: found[k].link.other,
                index: k)
        }.sorted()
        var last: Place?
        return places.compactMap { place in
            defer { last = place }
            if let last, last.isSamePair(as: place) { return nil }
            let link = found[place.index].link
            return Links.Link(
                claim: place.claim, document: link.document, other: link.other, relation: link.comparison.relation,
                score: link.comparison.score, reason: link.comparison.reason.words)
        }
    }

    /// Where a link stands among those of its document.
    private struct Place: Comparable {
        let claim: Int
        /// The number of the other document in the order of their ids.
        let document: Int
        let other: ClaimReference
        let index: Int

        func isSamePair(as other: Place) -> Bool {
            claim == other.claim && document == other.document && self.other == other.other
        }

        static func < (a: Place, b: Place) -> Bool {
            if a.claim != b.claim { return a.claim < b.claim }
            if a.document != b.document { return a.document < b.document }
            return a.other < b.other
        }
    }
}
