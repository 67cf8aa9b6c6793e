import StageKit

/// `link-claims.sources`: the claims with the entities of their sources.
struct JoinSources: MapStep {
    static let contract = StepContract(
        "sources", reads: [Attributions.name, Mentions.name], writes: [Claims.name])

    init(options: OptionReader) throws(OptionProblem) {}

    func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
        let mentions = try input.layer(Mentions.self).mentions
        var claims = try input.layer(Attributions.self).claims
        for k in claims.indices {
            guard let mention = claims[k].sourceMention, mentions.indices.contains(mention) else { continue }
            claims[k].sourceEntity = mentions[mention].entity
        }
        return StepOutput(Claims(claims))
    }
}
