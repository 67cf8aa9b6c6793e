import StageKit
import Text

/// The word tokens of a document, sentence by sentence, each with the number of its word.
struct DocumentWords {
    private(set) var table: WordTable
    /// The word of each token.
    private(set) var ids: [Int] = []
    /// Where each token stands.
    private(set) var spans: [ByteSpan] = []
    /// The tokens of each sentence, as indices; empty for a sentence without words.
    private(set) var sentences: [Range<Int>] = []

    private let language: String?

    /// The words of a text in `language`; nil for one that is not known. Sentences that are not `wanted`, by their index,
    /// are taken for empty.
    init(
        text: DocumentText, sentences: Sentences, tokens: Tokens, language: String?,
        where wanted: (Int) -> Bool = { _ in true }
    ) {
        self.language = language
        table = WordTable(WordFolding(language: language))
        ids.reserveCapacity(tokens.spans.count)
        spans.reserveCapacity(tokens.spans.count)
        var next = 0
        for (k, sentence) in sentences.spans.enumerated() {
            guard wanted(k) else {
                self.sentences.append(ids.count..<ids.count)
                continue
            }
            while next < tokens.spans.count, tokens.spans[next].start < sentence.start { next += 1 }
            let first = ids.count
            while next < tokens.spans.count, tokens.spans[next].end <= sentence.end {
                if tokens.kinds[next] == .word, let id = table.insert(tokens.spans[next], of: text.bytes) {
                    ids.append(id)
                    spans.append(tokens.spans[next])
                }
                next += 1
            }
            self.sentences.append(first..<ids.count)
        }
    }

    /// What the words do in a text of its language, by number.
    var classes: [WordClass] {
        let lists = WordClasses.of(language: language)
        return (0..<table.count).map { lists.wordClass($0, of: table) }
    }

    /// The tokens within `window` of those at `tokens`, on both sides, without them and within their sentence.
    func neighbours(of tokens: Range<Int>, in sentence: Range<Int>, window: Int) -> [Range<Int>] {
        [
            max(sentence.lowerBound, tokens.lowerBound - window)..<tokens.lowerBound,
            tokens.upperBound..<min(sentence.upperBound, tokens.upperBound + window),
        ]
    }
}
