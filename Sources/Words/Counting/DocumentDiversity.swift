import StatisticsStage

/// The lexical diversity of documents.
package enum DocumentDiversity {
    /// Of each document with a word, in order.
    package static func all(
        window: Int, in source: WordSource
    ) throws -> [(document: String, diversity: LexicalDiversity)] {
        let reader = try WordReader(source, columns: ["p.document"])
        var found: [(document: String, diversity: LexicalDiversity)] = []
        while try reader.next() {
            // each document has numbers of its own, so that the work follows its length
            var texts = CountedTexts()
            texts.read(reader.document)
            guard !texts.ids.isEmpty else { continue }
            found.append(
                (
                    reader.value(0) ?? "",
                    LexicalDiversity(texts.ids, typeCount: texts.terms.count, window: window)
                ))
        }
        return found
    }
}
