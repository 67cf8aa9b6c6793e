import StageKit
import Text

/// Entities, the words around them, and which of them are mentioned together.
struct NameStatistics: FoldStep {
    static let contract = StepContract(
        "names",
        reads: [DocumentText.name, Sentences.name, Tokens.name, Mentions.name, Metadata.name], optional: true,
        publishes: .statistics)

    /// Two mentions are together when fewer than this many stand between them in their sentence. The bound makes the
    /// work follow the length of the text even where a sentence is a list of a thousand names.
    private static let reach = 16

    private let window: Int
    private let countsNeighbours: Bool

    init(options: OptionReader) throws(OptionProblem) {
        window = options.integer("window") ?? 5
        countsNeighbours = options.string("collocations") != "none"
    }

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let words = DocumentWords(
            text: try input.layer(DocumentText.self), sentences: try input.layer(Sentences.self),
            tokens: try input.layer(Tokens.self),
            language: try input.layer(Metadata.self).language)
        let sentences = try input.layer(Sentences.self).spans
        let setting = Setting(try input.layer(Metadata.self))
        let names = EntityMentions(try input.layer(Mentions.self).mentions, sentences: sentences)

        var counts = Counts()
        addEntities(names, setting, to: &counts)
        addPairs(names, to: &counts)
        if countsNeighbours { addNeighbours(names, words, to: &counts) }
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
        struct Pair: Hashable { let a, b: Int }
        var pairs: [Pair: Int] = [:]
        for group in names.sentences where group.count > 1 {
            var here: Set<Pair> = []
            for (k, one) in group.enumerated() {
                for other in group[(k + 1)...].prefix(Self.reach) where one.entity != other.entity {
                    here.insert(Pair(a: min(one.entity, other.entity), b: max(one.entity, other.entity)))
                }
            }
            for pair in here { pairs[pair, default: 0] += 1 }
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

    private func addNeighbours(_ names: EntityMentions, _ words: DocumentWords, to counts: inout Counts) {
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
    }
}
