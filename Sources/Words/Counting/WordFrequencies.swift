import Results
import StatisticsStage

/// How often each word occurs in each part of a corpus, counted when it is asked for. A part is a value of the metadata,
/// a document, or all documents.
package struct WordFrequencies {
    /// A part of the corpus.
    package struct Part: Sendable {
        package let name: String
        package var documents = 0
        package var words = 0
    }

    /// The counts of a word in a part.
    package struct Count: Sendable {
        package let term: Int
        package let part: Int
        package var occurrences: Int
        package var documents: Int
    }

    package private(set) var parts: [Part] = []
    /// In order of the words' bytes, then of the parts.
    package private(set) var counts: [Count] = []
    private let texts: CountedTexts

    /// Counts the documents that `filter` keeps, in the parts that `grouping` makes: `document`, a column of metadata, or
    /// nil for one part.
    package init(
        by grouping: String?, unit: CountingUnit = .term, filter: DocumentFilter = DocumentFilter(),
        in source: WordSource
    ) throws {
        let column = try grouping.map { try MetadataColumn($0, in: source) }
        let reader = try WordReader(
            source, where: filter.sql, columns: column.map { ["coalesce(\($0.sql), '')"] } ?? [],
            arguments: (column?.arguments ?? []) + filter.arguments)
        var texts = CountedTexts(unit)
        var parts: [Part] = []
        var numbers: [String: Int] = [:]
        var index: [UInt64: Int] = [:]
        var counts: [Count] = []
        var local: [Int] = []
        var met: [Int] = []
        while try reader.next() {
            texts.read(reader.document)
            let name = column == nil ? "" : reader.value(0) ?? ""
            let part = numbers[name] ?? parts.count
            if part == parts.count {
                numbers[name] = part
                parts.append(Part(name: name))
            }
            parts[part].documents += 1
            parts[part].words += texts.ids.count
            if local.count < texts.terms.count {
                local += Array(repeating: 0, count: 2 * texts.terms.count - local.count)
            }
            for id in texts.ids {
                if local[id] == 0 { met.append(id) }
                local[id] += 1
            }
            for id in met {
                let key = UInt64(id) << 32 | UInt64(part)
                if let place = index[key] {
                    counts[place].occurrences += local[id]
                    counts[place].documents += 1
                } else {
                    index[key] = counts.count
                    counts.append(Count(term: id, part: part, occurrences: local[id], documents: 1))
                }
                local[id] = 0
            }
            met.removeAll(keepingCapacity: true)
        }
        // in an order that no history of numbers shows in
        var place = Array(repeating: 0, count: texts.terms.count)
        for (k, id) in texts.sorted.enumerated() { place[id] = k }
        let order = parts.indices.sorted { parts[$0].name.utf8.lexicographicallyPrecedes(parts[$1].name.utf8) }
        var rank = Array(repeating: 0, count: parts.count)
        for (k, part) in order.enumerated() { rank[part] = k }
        self.parts = order.map { parts[$0] }
        self.counts = counts.map {
            Count(term: $0.term, part: rank[$0.part], occurrences: $0.occurrences, documents: $0.documents)
        }.sorted { (place[$0.term], $0.part) < (place[$1.term], $1.part) }
        self.texts = texts
    }

    /// The word with a number.
    package func term(_ id: Int) -> String { texts.term(id) }

    /// `content`, `function`, `numeral` or `saying`.
    package func wordClass(_ id: Int) -> String { texts.wordClass(id) }

    /// The words of all parts.
    package var words: Int { parts.reduce(0) { $0 + $1.words } }

    /// The number of a part by its name. Near names are told where there is none.
    package func part(named name: String) throws(PatternProblem) -> Int {
        if let number = parts.firstIndex(where: { $0.name == name }) { return number }
        let near = NearWords.of(name, among: parts.map { ($0.name, $0.documents) })
        let names = near.isEmpty ? parts.map(\.name).filter { !$0.isEmpty } : near
        throw PatternProblem(
            "no document belongs to '\(name)'",
            hint: names.isEmpty ? nil : "There are \(names.prefix(10).map { "'\($0)'" }.joined(separator: ", ")).",
            id: "unknown-metadata")
    }

    /// The documents of all parts.
    package var documents: Int { parts.reduce(0) { $0 + $1.documents } }

    /// The counts word by word.
    package var byTerm: [ArraySlice<Count>] {
        var slices: [ArraySlice<Count>] = []
        var first = 0
        for k in counts.indices where k + 1 == counts.count || counts[k + 1].term != counts[k].term {
            slices.append(counts[first...k])
            first = k + 1
        }
        return slices
    }
}
