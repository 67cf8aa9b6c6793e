import Results
import StatisticsStage

/// Sequences of words within a sentence.
package struct NGrams {
    /// A sequence.
    package struct Row: Sendable {
        package let text: String
        package let occurrences: Int
        package let documents: Int
    }

    /// In order of their bytes.
    package let rows: [Row]

    /// The sequences of `length` words (1 to 6) that occur at least `least` times in a part of the corpus.
    ///
    /// A sequence is told by the number of the one that is a word shorter and the number of its last word, so that no two
    /// are taken for each other.
    package init(
        _ length: Int, least: Int = 2, of part: CorpusPart = .whole, unit: CountingUnit = .term, in source: WordSource
    ) throws {
        var texts = CountedTexts(unit)
        var numbers: [UInt64: Int] = [:]
        // of each longer sequence: the shorter one, the last word
        var links: [(shorter: Int, word: Int)] = []
        var counts: [(occurrences: Int, documents: Int, last: Int)] = []
        // words come before sequences of two, so their numbers are told apart by a bit
        let isLonger = 1 << 31
        let reader = try part.reader(in: source)
        var full: [UInt64: Int] = [:]
        var fullKeys: [UInt64] = []
        var document = 0
        while try reader.next() {
            texts.read(reader.document)
            document += 1
            for sentence in texts.sentences where sentence.count >= length {
                for first in sentence.lowerBound...sentence.upperBound - length {
                    var number = texts.ids[first]
                    for k in first + 1..<max(first + 1, first + length - 1) {
                        let key = UInt64(number) << 32 | UInt64(texts.ids[k])
                        if let known = numbers[key] {
                            number = known
                        } else {
                            numbers[key] = links.count | isLonger
                            links.append((number, texts.ids[k]))
                            number = (links.count - 1) | isLonger
                        }
                    }
                    let key =
                        length == 1 ? UInt64(number) : UInt64(number) << 32 | UInt64(texts.ids[first + length - 1])
                    let place = full[key] ?? counts.count
                    if place == counts.count {
                        full[key] = place
                        fullKeys.append(key)
                        counts.append((0, 0, 0))
                    }
                    counts[place].occurrences += 1
                    if counts[place].last != document {
                        counts[place].last = document
                        counts[place].documents += 1
                    }
                }
            }
        }
        func text(_ key: UInt64) -> String {
            guard length > 1 else { return texts.term(Int(key)) }
            var words = [texts.term(Int(key & 0xFFFF_FFFF))]
            var number = Int(key >> 32)
            while number & isLonger != 0 {
                words.append(texts.term(links[number & ~isLonger].word))
                number = links[number & ~isLonger].shorter
            }
            words.append(texts.term(number))
            return words.reversed().joined(separator: " ")
        }
        rows = counts.indices.filter { counts[$0].occurrences >= least }
            .map { Row(text: text(fullKeys[$0]), occurrences: counts[$0].occurrences, documents: counts[$0].documents) }
            .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
    }
}
