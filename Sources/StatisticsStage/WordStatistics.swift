import StageKit
import Text

/// Words, readability, and the neighbours of the words that the pipeline asks for.
struct WordStatistics: FoldStep {
    static let contract = StepContract(
        "words", reads: [DocumentText.name, Sentences.name, Tokens.name, Metadata.name], facts: [.id],
        publishes: .statistics)

    private let window: Int
    private let keywords: [Keyword]
    private let allWords: Bool

    init(options: OptionReader) throws(OptionProblem) {
        window = options.integer("window") ?? 5
        allWords = options.string("collocations") == "words"
        keywords = try options.strings("keywords").map { text throws(OptionProblem) in
            guard let keyword = Keyword(text) else {
                throw OptionProblem(
                    option: "keywords", "'\(text)' holds no word",
                    hint: "name a word or a phrase, as it stands in the text")
            }
            return keyword
        }
    }

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let text = try input.layer(DocumentText.self)
        let metadata = try input.layer(Metadata.self)
        let folding = WordFolding(language: metadata.language)
        let words = DocumentWords(
            text: text, sentences: try input.layer(Sentences.self), tokens: try input.layer(Tokens.self),
            language: metadata.language)
        let setting = Setting(metadata)
        let classes = words.classes
        let content = classes.map { $0 == .content }
        let order = KeyOrder(words.table.inOrderOfKeys)
        var frequencies = Array(repeating: 0, count: words.table.count)
        for id in words.ids { frequencies[id] += 1 }

        var counts = Counts()
        addSizes(of: words, frequencies, setting, document: input.facts.id, to: &counts)
        addTerms(of: words, frequencies, classes, order, setting, to: &counts)
        addNodes(of: words, content, order, to: &counts)
        addKeywords(of: words, in: text.bytes, folding, content, order, setting, to: &counts)
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
                let key = FoldKey(writer.bytes)
                counts.add(key, .documents, 1)
                counts.add(key, .repeats, frequencies[id] - 1)
            }
        }
    }

    /// Adds every content word with its neighbours, where the pipeline asks for it. Those that are keywords come with
    /// the keywords.
    private func addNodes(of words: DocumentWords, _ content: [Bool], _ order: KeyOrder, to counts: inout Counts) {
        guard allWords else { return }
        var nodes: [Int: Neighbours] = [:]
        for sentence in words.sentences {
            for token in sentence where content[words.ids[token]] {
                let id = words.ids[token]
                nodes[id, default: Neighbours(kind: "term", node: words.table[id])].add(
                    words.neighbours(of: token..<token + 1, in: sentence, window: window), ids: words.ids,
                    isCollocate: { content[$0] && $0 != id })
            }
        }
        let isKeyword = Set(keywords.flatMap { $0.singles(in: words.table) })
        let sorted = nodes.filter { !isKeyword.contains($0.key) }.sorted { order.precedes($0.key, $1.key) }
        for (_, node) in sorted { node.addNode(to: &counts) }
        for (_, node) in sorted { node.addTogether(to: &counts, table: words.table, order: order) }
    }

    /// Adds the keywords, words and phrases alike, with their neighbours and the month.
    private func addKeywords(
        of words: DocumentWords, in text: [UInt8], _ folding: WordFolding, _ content: [Bool], _ order: KeyOrder,
        _ setting: Setting, to counts: inout Counts
    ) {
        guard !keywords.isEmpty else { return }
        var done: Set<[UInt8]> = []
        for keyword in keywords {
            let name = keyword.name(folding)
            // two keywords may be one word in the language of the document
            guard done.insert(name).inserted else { continue }
            let places = keyword.occurrences(in: words, of: text)
            guard !places.isEmpty else { continue }
            var node = Neighbours(kind: "term", node: name)
            for (tokens, sentence) in places {
                let own = Set(words.ids[tokens])
                node.add(
                    words.neighbours(of: tokens, in: sentence, window: window), ids: words.ids,
                    isCollocate: { content[$0] && !own.contains($0) })
            }
            node.addNode(to: &counts)
            node.addTogether(to: &counts, table: words.table, order: order)
            counts.addTimeline(
                setting, series: "term", name: String(decoding: name, as: UTF8.self), occurrences: places.count)
        }
    }

    /// Letters and digits, not the apostrophes and hyphens between them.
    private static func letters(in word: ArraySlice<UInt8>) -> Int {
        word.count { !UTF8Decoding.isContinuation($0) && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "-") }
    }
}
