import StageKit
import Text

/// `link-claims.claims-and-links`: the claims with the entities of their sources, and their links.
struct JoinClaims: JoinStep {
    static let contract = StepContract(
        "link-claims.claims-and-links", reads: [Statements.name, ClaimSignatures.name, Mentions.name],
        writes: [Claims.name, Links.name], facts: [.id], after: DecideLinks.name)

    init(options: OptionReader) throws(OptionProblem) {}

    /// All links of the document are addressed to it.
    func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey] { [] }

    func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
        let mentions = try input.layer(Mentions.self).mentions
        var claims = try input.layer(Statements.self).claims
        for k in claims.indices {
            guard let mention = claims[k].sourceMention, mentions.indices.contains(mention) else { continue }
            claims[k].sourceEntity = mentions[mention].entity
        }
        return StepOutput(Claims(claims), Links(try links(input, decisions)))
    }

    private func links(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> [Links.Link] {
        let decided = decisions.values.flatMap { (try? LinkDecision(encoded: $0))?.links ?? [] }
        guard !decided.isEmpty else { return [] }
        var claims: [ClaimReference: Int] = [:]
        for (claim, signature) in try input.layer(ClaimSignatures.self).signatures.enumerated() {
            claims[signature.reference] = claim
        }
        return unique(decided).compactMap { link in
            claims[link.own].map { claim in
                Links.Link(
                    claim: claim, document: link.document, other: link.other, relation: link.comparison.relation,
                    score: link.comparison.score, reason: link.comparison.reason.words)
            }
        }.inOrder
    }

    /// Each pair once: the bands in which two claims meet say the same of them.
    private func unique(_ links: [LinkDecision.Link]) -> [LinkDecision.Link] {
        var unique: [LinkDecision.Link] = []
        for link in links.sorted() where unique.last.map({ !$0.links(sameAs: link) }) ?? true { unique.append(link) }
        return unique
    }
}

extension [Links.Link] {
    /// By claim; they come by document and other claim within each.
    fileprivate var inOrder: [Links.Link] {
        indices.sorted { (self[$0].claim, $0) < (self[$1].claim, $1) }.map { self[$0] }
    }
}
