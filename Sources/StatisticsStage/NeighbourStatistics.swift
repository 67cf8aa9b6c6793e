import StageKit
import Text

/// The words around names.
struct NeighbourStatistics: FoldStep {
    static let contract = StepContract(
        "neighbours",
        reads: [DocumentText.name, Sentences.name, Tokens.name, Mentions.name, Metadata.name], optional: true,
        publishes: .statistics([.nodes, .collocations]))

    private let window: Int

    /// Whether the pipeline wants no neighbours of names.
    let isIdle: Bool

    init(options: OptionReader) throws(OptionProblem) {
        isIdle = options.string("collocations") == "none"
        // Where it counts nothing, the window does not matter.
        window = isIdle ? 0 : options.integer("window") ?? 5
    }

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        var counts = Counts()
        guard !isIdle else { return counts.summary }
        let sentences = try input.layer(Sentences.self)
        let names = EntityMentions(try input.layer(Mentions.self).mentions, sentences: sentences.spans)
        let words = DocumentWords(
            text: try input.layer(DocumentText.self), sentences: sentences, tokens: try input.layer(Tokens.self),
            language: try input.layer(Metadata.self).language, where: { !names.sentences[$0].isEmpty })
        let content = words.classes.map { $0 == .content }
        var nodes: [Int: Neighbours] = [:]
        for (sentence, group) in zip(words.sentences, names.sentences) {
            var next = sentence.lowerBound
            for mention in group {
                while next < sentence.upperBound, words.spans[next].end <= mention.span.start { next += 1 }
                var end = next
                while end < sentence.upperBound, words.spans[end].start < mention.span.end { end += 1 }
                nodes[
                    mention.entity, default: Neighbours(kind: "entity", node: names.entities[mention.entity].utf8)
                ].add(
                    words.neighbours(of: next..<end, in: sentence, window: window), ids: words.ids,
                    isCollocate: { content[$0] })
            }
        }
        let order = KeyOrder(words.table.inOrderOfKeys)
        let sorted = nodes.sorted { names.order.precedes($0.key, $1.key) }
        for (_, node) in sorted { node.addNode(to: &counts) }
        for (_, node) in sorted { node.addTogether(to: &counts, table: words.table, order: order) }
        return counts.summary
    }
}
