import StageKit
import Text

/// The mentions of entities, by sentence, each with the number of its entity.
struct EntityMentions {
    struct Item {
        let span: ByteSpan
        let entity: Int
    }

    /// The ids of the entities, sorted by bytes, so that the smaller number has the smaller id.
    let entities: [String]
    /// How the entities are sorted in keys.
    let order: KeyOrder
    /// The mentions that begin in each sentence, in order of the text.
    let sentences: [[Item]]

    init(_ all: [Mention], sentences spans: [ByteSpan]) {
        // an office beside a name would count its holder twice
        let mentions = all.filter(\.kind.isName)
        let entities = Set(mentions.compactMap(\.entity)).sorted { $0.precedes($1) }
        let numbers = Dictionary(entities.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let items = mentions.compactMap { mention in
            mention.entity.flatMap { numbers[$0] }.map { Item(span: mention.span, entity: $0) }
        }
        var next = 0
        sentences = spans.map { sentence in
            while next < items.count, items[next].span.start < sentence.start { next += 1 }
            let first = next
            while next < items.count, items[next].span.start < sentence.end { next += 1 }
            return Array(items[first..<next])
        }
        self.entities = entities
        // where each stands behind its length: the shorter first, those of one length as they are
        order = KeyOrder(
            entities.indices.sorted { a, b in
                let (x, y) = (entities[a].utf8.count, entities[b].utf8.count)
                return x == y ? a < b : x < y
            })
    }
}
