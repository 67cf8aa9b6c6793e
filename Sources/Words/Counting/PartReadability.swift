import StatisticsStage

/// What readability is reckoned from in a part of a corpus, counted from its texts.
package enum PartReadability {
    /// Of one part; nil for one without words.
    package static func of(_ part: CorpusPart, in source: WordSource) throws -> Readability? {
        var texts = CountedTexts()
        var frequencies: [Int] = []
        var sentences = 0
        let reader = try part.reader(in: source)
        while try reader.next() {
            texts.read(reader.document)
            sentences += texts.sentences.count { !$0.isEmpty }
            if frequencies.count < texts.terms.count {
                frequencies += Array(repeating: 0, count: texts.terms.count - frequencies.count)
            }
            for id in texts.ids { frequencies[id] += 1 }
        }
        var total = Readability(sentences: sentences)
        for (id, frequency) in frequencies.enumerated() where frequency > 0 {
            total.add(WordSize(of: texts.terms[id]), times: frequency)
        }
        return total.words == 0 ? nil : total
    }
}
