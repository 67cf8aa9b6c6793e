#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
import Results
import StatisticsStage

/// The words around the places of a pattern, with how closely they belong to it.
///
/// The surroundings are the words within `window` on both sides, in the same sentence, without the place itself (surface
/// co-occurrence, Evert 2008). A word that stands near two places counts with both.
package struct Collocates {
    /// A word near the pattern.
    package struct Row: Sendable {
        package let collocate: String
        package let wordClass: String
        /// How often it stands in the surroundings, and how often in the part.
        package let together: Int
        package let occurrences: Int
        /// Surroundings against the rest of the part: `a` is `together`.
        package let table: ContingencyTable
        /// 14 + log₂ (2 together / (occurrences of the pattern + occurrences of the word)) (Rychlý 2008).
        package let logDice: Double
    }

    /// In order of the words' bytes.
    package let rows: [Row]
    /// How many places the pattern has, and how many words stand in their surroundings.
    package let occurrences: Int
    package let slots: Int

    /// The words around a pattern in a part of the corpus.
    package init(
        of places: inout PlaceFinder, window: Int = 5, in part: CorpusPart = .whole, unit: CountingUnit = .term,
        source: WordSource
    ) throws {
        var texts = CountedTexts(unit)
        let reader = try part.reader(in: source)
        var frequencies: [Int] = []
        var together: [Int] = []
        var nodes = 0
        var slots = 0
        var words = 0
        while try reader.next() {
            texts.read(reader.document)
            words += texts.ids.count
            let missing = texts.terms.count - frequencies.count
            if missing > 0 {
                frequencies += Array(repeating: 0, count: missing)
                together += Array(repeating: 0, count: missing)
            }
            for id in texts.ids { frequencies[id] += 1 }
            for place in try places.places(in: reader.document) {
                let counted = place.compactMap { texts.places[$0] < 0 ? nil : texts.places[$0] }
                guard let first = counted.first, let last = counted.last,
                    let sentence = texts.sentences.first(where: { $0.contains(first) })
                else { continue }
                nodes += 1
                for range in [
                    max(sentence.lowerBound, first - window)..<first,
                    last + 1..<max(last + 1, min(sentence.upperBound, last + 1 + window)),
                ] {
                    slots += range.count
                    for k in range { together[texts.ids[k]] += 1 }
                }
            }
        }
        occurrences = nodes
        self.slots = slots
        rows = texts.sorted.filter { together[$0] > 0 }.map { id in
            let (a, f) = (Double(together[id]), Double(frequencies[id]))
            return Row(
                collocate: texts.term(id), wordClass: texts.wordClass(id), together: together[id],
                occurrences: frequencies[id],
                table: ContingencyTable(
                    a: a, b: Double(slots) - a, c: f - a, d: Double(words - slots) - (f - a)),
                logDice: 14 + log2(2 * a / (Double(nodes) + f)))
        }
    }
}
