import StageKit
import Text

/// `link-claims.claims-and-links`: the claims with the entities of their sources, and their links.
struct JoinClaims: JoinStep {
    static let contract = StepContract(
        "link-claims.claims-and-links", reads: [Statements.name, ClaimSignatures.name, Mentions.name],
        writes: [Claims.name, Links.name], facts: [.id], after: DecideLinks.name)

    init(options: OptionReader) throws(OptionProblem) {}

    func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey] {
        try input.layer(ClaimSignatures.self).signatures.flatMap { keys($0, in: input.facts.id) }
    }

    func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
        let mentions = try input.layer(Mentions.self).mentions
        var claims = try input.layer(Statements.self).claims
        for k in claims.indices {
            guard let mention = claims[k].sourceMention, mentions.indices.contains(mention) else { continue }
            claims[k].sourceEntity = mentions[mention].entity
        }
        var links: [Links.Link] = []
        for (claim, signature) in try input.layer(ClaimSignatures.self).signatures.enumerated() {
            let found = keys(signature, in: input.facts.id).compactMap { decisions[$0] }
                .flatMap { (try? LinkDecision(encoded: $0))?.links ?? [] }
            links += unique(found).map {
                Links.Link(
                    claim: claim, document: $0.document, other: $0.claim, relation: $0.comparison.relation,
                    score: $0.comparison.score, reason: $0.comparison.reason)
            }
        }
        return StepOutput(Claims(claims), Links(links))
    }

    private func keys(_ signature: ClaimSignature, in document: String) -> [FoldKey] {
        Bands.of(signature).map { FoldKey(band: FoldKey(band: $0), document: document, claim: signature.reference) }
    }

    /// Each other claim once: the bands in which two claims meet say the same of them.
    private func unique(_ links: [LinkDecision.Link]) -> [LinkDecision.Link] {
        let sorted = links.sorted { a, b in
            a.document == b.document ? a.claim < b.claim : a.document.utf8.lexicographicallyPrecedes(b.document.utf8)
        }
        var unique: [LinkDecision.Link] = []
        for link in sorted where unique.last.map({ $0.document != link.document || $0.claim != link.claim }) ?? true {
            unique.append(link)
        }
        return unique
    }
}
