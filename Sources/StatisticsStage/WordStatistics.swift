import StageKit
import Text

/// Words, and what readability is reckoned from.
struct WordStatistics: FoldStep {
    static let contract = StepContract(
        "words", reads: [DocumentText.name, Sentences.name, Tokens.name, Metadata.name], facts: [.id],
        publishes: .statistics([.publishers, .terms, .readability, .timeline]))

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let metadata = try input.layer(Metadata.self)
        let words = DocumentWords(
            text: try input.layer(DocumentText.self), sentences: try input.layer(Sentences.self),
            tokens: try input.layer(Tokens.self), language: metadata.language)
        let setting = Setting(metadata)
        let classes = words.classes
        let order = KeyOrder(words.table.inOrderOfKeys)
        var frequencies = Array(repeating: 0, count: words.table.count)
        for id in words.ids { frequencies[id] += 1 }

        var counts = Counts()
        addSizes(of: words, frequencies, setting, document: input.facts.id, to: &counts)
        addTerms(of: words, frequencies, classes, order, setting, to: &counts)
        return counts.summary
    }

    private func addSizes(
        of words: DocumentWords, _ frequencies: [Int], _ setting: Setting, document: String, to counts: inout Counts
    ) {
        var letters = 0
        var syllables = 0
        var long = 0
        for (id, frequency) in frequencies.enumerated() {
            let size = WordSize(of: words.table[id])
            letters += frequency * size.letters
            syllables += frequency * size.syllables
            if size.isLong { long += frequency }
        }
        let sentences = words.sentences.count { !$0.isEmpty }
        counts.add(
            .publishers, setting.publisher,
            measures: [(.documents, 1), (.sentences, sentences), (.words, words.ids.count)])
        counts.add(
            .readability, document,
            measures: [
                (.sentences, sentences), (.words, words.ids.count), (.types, words.table.count), (.letters, letters),
                (.syllables, syllables), (.longWords, long),
            ])
        counts.addTimeline(setting, series: "publisher", name: setting.publisher, occurrences: words.ids.count)
    }

    private func addTerms(
        of words: DocumentWords, _ frequencies: [Int], _ classes: [WordClass], _ order: KeyOrder, _ setting: Setting,
        to counts: inout Counts
    ) {
        for wordClass in WordClass.allCases {
            var prefix = ByteWriter()
            prefix.write(StatisticsTable.terms.name)
            prefix.write(wordClass.rawValue)
            // in order of their keys, so that they need no sorting
            for id in order.sorted where classes[id] == wordClass {
                let word = words.table[id]
                var writer = ByteWriter()
                writer.reserve(prefix.bytes.count + word.count + setting.publisher.utf8.count + 4)
                writer.append(prefix.bytes)
                writer.write(word)
                writer.write(setting.publisher)
                counts.add(writer.bytes, .documents, 1)
                counts.add(writer.bytes, .repeats, frequencies[id] - 1)
            }
        }
    }
}
