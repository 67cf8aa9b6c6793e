import StageKit
import Text

/// Words, readability, and the neighbours of the words that the pipeline asks for.
struct WordStatistics: FoldStep {
    static let contract = StepContract(
        "summarize-statistics.words", reads: [DocumentText.name, Sentences.name, Tokens.name, Metadata.name],
        facts: [.id])

    private let window: Int
    private let keywords: WordTable
    private let allWords: Bool

    init(options: OptionReader) throws(OptionProblem) {
        window = options.integer("window") ?? 5
        allWords = options.string("collocations") == "words"
        var keywords = WordTable()
        for word in options.strings("keywords") {
            let bytes = Array(word.utf8)
            guard !bytes.contains(where: { $0 <= 0x20 }), keywords.insert(ByteSpan(0, bytes.count), of: bytes) != nil
            else {
                throw OptionProblem(
                    option: "keywords", "'\(word)' is not a single word",
                    hint: "name one word, as it stands in the text")
            }
        }
        self.keywords = keywords
    }

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let words = DocumentWords(
            text: try input.layer(DocumentText.self), sentences: try input.layer(Sentences.self),
            tokens: try input.layer(Tokens.self))
        let setting = Setting(try input.layer(Metadata.self))
        let content = words.content
        var frequencies = Array(repeating: 0, count: words.table.count)
        for id in words.ids { frequencies[id] += 1 }

        var counts = Counts()
        addSizes(of: words, frequencies, setting, document: input.facts.id, to: &counts)
        addTerms(of: words, frequencies, content, setting, to: &counts)
        addNodes(of: words, frequencies, content, setting, to: &counts)
        return counts.summary
    }

    private func addSizes(
        of words: DocumentWords, _ frequencies: [Int], _ setting: Setting, document: String, to counts: inout Counts
    ) {
        var letters = 0
        var syllables = 0
        var long = 0
        for (id, frequency) in frequencies.enumerated() {
            let word = words.table[id]
            let length = Self.letters(in: word)
            letters += frequency * length
            syllables += frequency * Syllables.count(in: word)
            if length > 6 { long += frequency }
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
        of words: DocumentWords, _ frequencies: [Int], _ content: [Bool], _ setting: Setting, to counts: inout Counts
    ) {
        let inOrder = words.table.inOrderOfKeys
        for (name, isContent) in [("content", true), ("function", false)] {
            var prefix = ByteWriter()
            prefix.write(StatisticsTable.terms.name)
            prefix.write(name)
            // in order of their keys, so that they need no sorting
            for id in inOrder where content[id] == isContent {
                let word = words.table[id]
                var writer = ByteWriter()
                writer.reserve(prefix.bytes.count + word.count + setting.publisher.utf8.count + 4)
                writer.append(prefix.bytes)
                writer.write(word)
                writer.write(setting.publisher)
                let key = FoldKey(writer.bytes)
                counts.add(key, .documents, 1)
                counts.add(key, .repeats, frequencies[id] - 1)
            }
        }
    }

    private func addNodes(
        of words: DocumentWords, _ frequencies: [Int], _ content: [Bool], _ setting: Setting, to counts: inout Counts
    ) {
        guard allWords || keywords.count > 0 else { return }
        let isKeyword = (0..<words.table.count).map { keywords.contains($0, of: words.table) }
        var nodes: [Int: Neighbours] = [:]
        for sentence in words.sentences {
            for token in sentence {
                let id = words.ids[token]
                guard isKeyword[id] || allWords && content[id] else { continue }
                nodes[id, default: Neighbours(kind: "term", node: words.table[id])].add(
                    words.neighbours(of: token..<token + 1, in: sentence, window: window), ids: words.ids,
                    isCollocate: { content[$0] && $0 != id })
            }
        }
        let order = KeyOrder(words.table.inOrderOfKeys)
        let sorted = nodes.sorted { order.precedes($0.key, $1.key) }
        for (_, node) in sorted { node.addNode(to: &counts) }
        for (id, node) in sorted {
            node.addTogether(to: &counts, table: words.table, order: order)
            guard isKeyword[id] else { continue }
            let word = String(decoding: words.table[id], as: UTF8.self)
            counts.addTimeline(setting, series: "term", name: word, occurrences: frequencies[id])
        }
    }

    /// Letters and digits, not the apostrophes and hyphens between them.
    private static func letters(in word: ArraySlice<UInt8>) -> Int {
        word.count { !UTF8Decoding.isContinuation($0) && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "-") }
    }
}
