import Results

/// The words of the corpus, for hints.
package enum Vocabulary {
    /// Words that are spelt nearly like `word` and occur; none where `summarize-statistics` did not count.
    package static func near(_ word: String, in source: WordSource) throws -> [String] {
        let rows = try source.rows("select term, sum(occurrences) from term_totals group by term")
        return NearWords.of(word, among: rows.lazy.map { ($0[0].text ?? "", $0[1].integer ?? 0) })
    }

    /// Whether any document has its words in the results.
    package static func hasWords(_ source: WordSource) throws -> Bool {
        try !source.rows("select 1 from _document_words limit 1").isEmpty
    }
}
