#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
import Results
import StageKit
import StatisticsStage

/// Which names one sentence mentions together, counted in each part of a corpus: the measures of the view `cooccurrence`.
package struct NameCompany {
    /// Two names.
    package struct Row: Sendable {
        package let part: String
        /// The ids, in order of their bytes, and the names.
        package let entities: (a: String, b: String)
        package let names: (a: String?, b: String?)
        /// Documents with such a sentence, and sentences that mention both.
        package let documents: Int
        package let sentences: Int
        /// log₂ of sentences with both × all sentences / (sentences of a × sentences of b) (Church and Hanks 1990).
        package let pmi: Double
        /// The same divided by −log₂ of the share of sentences with both (Bouma 2009).
        package let npmi: Double
    }

    /// In order of the parts, then of the ids.
    package let rows: [Row]

    private struct Key: Hashable {
        let part: Int
        let pair: NamePair
    }

    /// Counts the names in the parts that `grouping` makes; without one in the whole corpus.
    package init(by grouping: String?, in source: WordSource) throws {
        let parts = try CorpusPart.all(by: grouping, in: source)
        var partOf: [Int: Int] = [:]
        for (k, part) in parts.enumerated() { for document in part.documents ?? [] { partOf[document] = k } }
        func part(of document: Int) -> Int? { grouping == nil ? 0 : partOf[document] }

        var sentences = Array(repeating: 0, count: parts.count)
        for (document, count) in try Self.sentences(in: source) {
            if let part = part(of: document) { sentences[part] += count }
        }
        var alone: [Key: Int] = [:]
        var together: [Key: (sentences: Int, documents: Int, last: Int)] = [:]
        try Self.forEachSentence(in: source) { document, mentions in
            guard let part = part(of: document) else { return }
            for name in Set(mentions) { alone[Key(part: part, pair: NamePair(name, name)), default: 0] += 1 }
            for pair in NamePair.all(in: mentions) {
                var count = together[Key(part: part, pair: pair)] ?? (0, 0, -1)
                count.sentences += 1
                if count.last != document { count.documents += 1 }
                count.last = document
                together[Key(part: part, pair: pair)] = count
            }
        }
        let ids = try Self.ids(in: source)
        let names = Dictionary(
            try source.rows("select entity, name from entities").map { ($0[0].shown, $0[1].text) },
            uniquingKeysWith: { a, _ in a })
        rows = together.compactMap { key, count in
            guard var a = ids[key.pair.a], var b = ids[key.pair.b] else { return nil }
            if b.utf8.lexicographicallyPrecedes(a.utf8) { swap(&a, &b) }
            let (c, n) = (Double(count.sentences), Double(sentences[key.part]))
            let with = [key.pair.a, key.pair.b].map { name in
                Double(alone[Key(part: key.part, pair: NamePair(name, name))] ?? 0)
            }
            let pmi = log2(c * n / (with[0] * with[1]))
            return Row(
                part: parts[key.part].name, entities: (a, b), names: (names[a] ?? nil, names[b] ?? nil),
                documents: count.documents, sentences: count.sentences, pmi: pmi,
                npmi: c >= n ? 1 : pmi / -log2(c / n))
        }.sorted { one, other in
            let (x, y) = (
                [one.part, one.entities.a, one.entities.b], [other.part, other.entities.a, other.entities.b]
            )
            return x.lexicographicallyPrecedes(y) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    /// How many sentences with a word each document has.
    private static func sentences(in source: WordSource) throws -> [(document: Int, count: Int)] {
        let statement = try WordStatement("select d, words from _document_words order by d", on: source)
        var counts: [(document: Int, count: Int)] = []
        var words = WordSpans()
        while try statement.step() {
            guard words.read(statement.bytes(1), length: .max) else { continue }
            let count = words.sentences.count { sentence in sentence.contains { !words.isNumber[$0] } }
            counts.append((statement.value(0).integer ?? 0, count))
        }
        return counts
    }

    /// Hands over the names of each sentence, by their numbers, in order of the text.
    private static func forEachSentence(
        in source: WordSource, _ body: (_ document: Int, _ mentions: [Int]) -> Void
    ) throws {
        let kinds = Mention.Kind.allCases.filter(\.isName).map { "'\($0.label)'" }.joined(separator: ", ")
        let statement = try WordStatement(
            """
            select d, sentence, entity_number from _mention_rows
                where entity_number is not null and sentence is not null and type in (\(kinds)) order by d, n
            """, on: source)
        var place = (document: -1, sentence: -1)
        var mentions: [Int] = []
        while try statement.step() {
            let here = (statement.value(0).integer ?? 0, statement.value(1).integer ?? 0)
            if here != place {
                if !mentions.isEmpty { body(place.document, mentions) }
                mentions = []
                place = here
            }
            mentions.append(statement.value(2).integer ?? 0)
            try source.charge?(32)
        }
        if !mentions.isEmpty { body(place.document, mentions) }
    }

    /// The ids of names by their numbers.
    private static func ids(in source: WordSource) throws -> [Int: String] {
        Dictionary(
            try source.rows("select k, text from _searched_texts").map { ($0[0].integer ?? 0, $0[1].shown) },
            uniquingKeysWith: { a, _ in a })
    }
}
