import StatisticsStage

/// The lexical diversity of parts of a corpus.
package enum PartDiversity {
    /// Of one part, whose documents follow each other; nil for one without words.
    package static func of(
        _ part: CorpusPart, window: Int, unit: CountingUnit = .term, in source: WordSource
    ) throws -> LexicalDiversity? {
        // each part has numbers of its own, so that the work follows its length
        var texts = CountedTexts(unit)
        var ids: [Int] = []
        let reader = try part.reader(in: source)
        while try reader.next() {
            texts.read(reader.document)
            ids += texts.ids
        }
        return ids.isEmpty ? nil : LexicalDiversity(ids, typeCount: texts.terms.count, window: window)
    }
}
