import Digests
import StageKit

/// `link-claims.sources`: the claims with the entities of their sources, where the user decides about one with that.
///
/// Only a decision by hand names a claim by its id, which the id of the document is part of: without one, the claims of a
/// renamed document are those that it had.
struct JoinSources: MapStep {
    static let contract = StepContract(
        "sources", reads: [Attributions.name, Mentions.name, DocumentText.name], writes: [Claims.name])

    private let hand: HandLinks

    init(options: OptionReader) throws(OptionProblem) { hand = try HandLinks(options.file("decisions")) }

    var alsoAsks: Set<DocumentFact> { hand.sources.isEmpty ? [] : [.id] }

    func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
        let mentions = try input.layer(Mentions.self).mentions
        var claims = try input.layer(Attributions.self).claims
        for k in claims.indices {
            guard let mention = claims[k].sourceMention, mentions.indices.contains(mention) else { continue }
            claims[k].sourceEntity = mentions[mention].entity
        }
        guard !hand.sources.isEmpty else { return StepOutput(Claims(claims)) }
        let references = ClaimReference.of(claims.map(\.span), in: try input.layer(DocumentText.self).bytes)
        var ids = PassageIDs(input.facts.id)
        for (k, reference) in references.enumerated() {
            guard let entity = hand.sources[ids.claim(reference)] else { continue }
            let mention = mentions.firstIndex { $0.entity == entity }
            claims[k].sourceEntity = entity
            claims[k].sourceMention = mention
            claims[k].source = mention.map { mentions[$0].span }
            claims[k].sourceDescription = nil
            claims[k].voice = .source
        }
        return StepOutput(Claims(claims))
    }
}
