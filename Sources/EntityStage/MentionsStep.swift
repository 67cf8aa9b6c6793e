import StageKit

/// Tells each name of a document its entity.
struct MentionsStep: JoinStep {
    static let contract = StepContract(
        "mentions", reads: [Names.name, NameForms.name], writes: [Mentions.name],
        after: EntitiesStep.contract.name)

    init(options: OptionReader) throws(OptionProblem) {}

    func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey] {
        Set(try input.layer(NameForms.self).keys.compactMap { $0 }).sorted()
    }

    func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
        var entities: [FoldKey: EntityDecision] = [:]
        entities.reserveCapacity(decisions.count)
        for (key, value) in decisions {
            do {
                entities[key] = try EntityDecision(encoded: value)
            } catch {
                throw StageFailure("a decision can't be read: \(error.message)", code: "damaged-decision")
            }
        }
        let keys = try input.layer(NameForms.self).keys
        var mentions = try input.layer(Names.self).mentions
        for (k, key) in zip(mentions.indices, keys) {
            guard let decision = key.flatMap({ entities[$0] }) else { continue }
            mentions[k].entity = decision.entity
            // the corpus knows better than a document what a name is
            if mentions[k].kind.isName { mentions[k].kind = decision.kind }
        }
        return StepOutput(Mentions(mentions))
    }
}
