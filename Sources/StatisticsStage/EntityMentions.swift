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
        // numbered as they come, and by their names when all are known
        var numbers: [String: Int] = [:]
        var met: [String] = []
        var found: [Item] = []
        // an office beside a name would count its holder twice
        for k in all.indices where all[k].kind.isName {
            guard let entity = all[k].entity else { continue }
            let number = numbers[entity] ?? met.count
            if number == met.count {
                numbers[entity] = number
                met.append(entity)
            }
            found.append(Item(span: all[k].span, entity: number))
        }
        let byName = KeyOrder(met.indices.sorted { met[$0].precedes(met[$1]) })
        let entities = byName.sorted.map { met[$0] }
        let items = found.map { Item(span: $0.span, entity: byName.places[$0.entity]) }
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
