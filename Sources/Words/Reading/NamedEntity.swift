import Results
import Text

/// Somebody or something that a name means, with where it is mentioned.
package struct NamedEntity: Hashable, Sendable {
    /// The id.
    package let entity: String
    /// The name under which results show it.
    package let name: String

    /// Those whose id, name or other form is `name`, in order; capitals and diacritics do not count.
    package static func all(named name: String, in source: WordSource) throws -> [NamedEntity] {
        var folder = WordFolder(.folded)
        let wanted = folder.folded(name)
        var names: [(entity: String, name: String)] = []
        var found: Set<String> = []
        var forms: [(String, Int)] = []
        for row in try source.rows("select entity, name, mentions from entities order by entity") {
            let (entity, shown) = (row[0].text ?? "", row[1].text ?? "")
            names.append((entity, shown))
            forms.append((shown, row[2].integer ?? 0))
            if entity == name || folder.folded(shown) == wanted { found.insert(entity) }
        }
        for row in try source.rows("select entity, alias, mentions from aliases order by entity, alias") {
            let (entity, alias) = (row[0].text ?? "", row[1].text ?? "")
            forms.append((alias, row[2].integer ?? 0))
            if folder.folded(alias) == wanted { found.insert(entity) }
        }
        guard !found.isEmpty else {
            let near = NearWords.of(name, among: forms)
            throw PatternProblem(
                "no name '\(name)' was found in the texts",
                hint: near.isEmpty
                    ? (names.isEmpty
                        ? "The pipeline has no stage 'tag-entities', or found no name."
                        : "Leave '@' out to look for the words.")
                    : "There are \(near.map { "'@\($0)'" }.joined(separator: ", ")).",
                id: "unknown-name")
        }
        return names.filter { found.contains($0.entity) }.map { NamedEntity(entity: $0.entity, name: $0.name) }
    }

    /// Where `entities` are mentioned by name: the code points of each mention, by the number of the document, in order.
    package static func mentions(of entities: [NamedEntity], in source: WordSource) throws -> [Int: [Range<Int>]] {
        var places: [Int: [Range<Int>]] = [:]
        for entity in entities {
            let rows = try source.rows(
                """
                select p.d, m.start, m."end" from mentions m join _paths p using (document)
                    where m.entity = ? and m.type <> 'role'
                """, [entity.entity])
            for row in rows {
                guard let d = row[0].integer, let start = row[1].integer, let end = row[2].integer else { continue }
                places[d, default: []].append(start..<max(start, end))
            }
        }
        return places.mapValues { $0.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) } }
    }
}

extension WordDocument {
    /// The words that stand in these ranges of code points; a range without a word is left out.
    package func places(ofCodePoints ranges: [Range<Int>]) -> [Range<Int>] {
        guard !ranges.isEmpty else { return [] }
        let offsets = CodePointOffsets(text)
        return ranges.compactMap { range in
            guard let start = offsets.byte(ofCodePoint: range.lowerBound),
                let end = offsets.byte(ofCodePoint: range.upperBound)
            else { return nil }
            let first = firstWord { words.ends[$0] > start }
            let behind = firstWord { words.starts[$0] >= end }
            return first < behind ? first..<behind : nil
        }
    }

    /// The first word of which `condition` holds; it holds of all behind that.
    private func firstWord(_ condition: (Int) -> Bool) -> Int {
        var low = 0
        var high = words.starts.count
        while low < high {
            let middle = (low + high) / 2
            if condition(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
