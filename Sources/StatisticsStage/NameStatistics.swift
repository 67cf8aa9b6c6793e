import StageKit

/// Entities, and which of them are mentioned together.
struct NameStatistics: FoldStep {
    static let contract = StepContract(
        "names", reads: [Sentences.name, Mentions.name, Metadata.name], optional: true,
        publishes: .statistics([.entities, .cooccurrence, .timeline]))

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let sentences = try input.layer(Sentences.self).spans
        let setting = Setting(try input.layer(Metadata.self))
        let names = EntityMentions(try input.layer(Mentions.self).mentions, sentences: sentences)

        var counts = Counts()
        addEntities(names, setting, to: &counts)
        addPairs(names, to: &counts)
        return counts.summary
    }

    private func addEntities(_ names: EntityMentions, _ setting: Setting, to counts: inout Counts) {
        var mentions = Array(repeating: 0, count: names.entities.count)
        var sentences = mentions
        // the last sentence that was counted for each
        var last = Array(repeating: -1, count: names.entities.count)
        for (k, group) in names.sentences.enumerated() {
            for mention in group {
                mentions[mention.entity] += 1
                if last[mention.entity] != k { sentences[mention.entity] += 1 }
                last[mention.entity] = k
            }
        }
        for id in names.order.sorted where mentions[id] > 0 {
            counts.add(
                .entities, names.entities[id],
                measures: [(.documents, 1), (.sentences, sentences[id]), (.mentions, mentions[id])])
        }
        for id in names.order.sorted where mentions[id] > 0 {
            counts.addTimeline(setting, series: "entity", name: names.entities[id], occurrences: mentions[id])
        }
    }

    private func addPairs(_ names: EntityMentions, to counts: inout Counts) {
        var pairs: [NamePair: Int] = [:]
        for group in names.sentences where group.count > 1 {
            for pair in NamePair.all(in: group.map(\.entity)) { pairs[pair, default: 0] += 1 }
        }
        let sorted = pairs.sorted { one, other in
            one.key.a == other.key.a
                ? names.order.precedes(one.key.b, other.key.b) : names.order.precedes(one.key.a, other.key.a)
        }
        for (pair, sentences) in sorted {
            counts.add(
                .cooccurrence, names.entities[pair.a], names.entities[pair.b],
                measures: [(.documents, 1), (.sentences, sentences)])
        }
    }
}
