import Results
import StatisticsStage
import Text

/// The words of documents as numbers, told apart as `summarize-statistics` tells them apart: one pass over the texts.
///
/// Numerals written in digits are no words. Positions count words alone.
struct CountedTexts {
    /// The different words.
    private(set) var terms = WordTable()
    /// The word numbers of the document at hand, and its sentences as ranges of them.
    private(set) var ids: [Int] = []
    private(set) var sentences: [Range<Int>] = []
    /// For each word of the results, the place among those that are counted; -1 for a numeral.
    private(set) var places: [Int] = []
    private var languages: [String?: WordFolding] = [:]

    /// Takes the document at hand in.
    mutating func read(_ document: WordDocument) {
        let folding = languages[document.language] ?? WordFolding(language: document.language)
        languages[document.language] = folding
        terms.folding = folding
        ids.removeAll(keepingCapacity: true)
        sentences.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        let words = document.words
        for sentence in words.sentences {
            let first = ids.count
            for k in sentence {
                guard !words.isNumber[k], let id = terms.insert(words.span(k), of: document.text) else {
                    places.append(-1)
                    continue
                }
                places.append(ids.count)
                ids.append(id)
            }
            sentences.append(first..<ids.count)
        }
    }

    /// The word with a number.
    func term(_ id: Int) -> String { String(decoding: terms[id], as: UTF8.self) }

    /// `content` or `function`.
    func wordClass(_ id: Int) -> String { FunctionWords.english.contains(id, of: terms) ? "function" : "content" }

    /// The numbers of the words in the order of their bytes.
    var sorted: [Int] { (0..<terms.count).sorted { terms[$0].lexicographicallyPrecedes(terms[$1]) } }
}
