import StageKit
import Text

/// The neighbours of the words that the pipeline asks for, and the use of its keywords by month.
struct KeywordStatistics: FoldStep {
    static let contract = StepContract(
        "keywords", reads: [DocumentText.name, Sentences.name, Tokens.name, Metadata.name],
        publishes: .statistics([.nodes, .collocations, .timeline]))

    private let window: Int
    private let keywords: [Keyword]
    private let allWords: Bool

    init(options: OptionReader) throws(OptionProblem) {
        allWords = options.string("collocations") == "words"
        keywords = try options.strings("keywords").map { text throws(OptionProblem) in
            guard let keyword = Keyword(text) else {
                throw OptionProblem(
                    option: "keywords", "'\(text)' holds no word",
                    hint: "name a word or a phrase, as it stands in the text")
            }
            return keyword
        }
        // Where it counts nothing, the window does not matter.
        window = keywords.isEmpty && !allWords ? 0 : options.integer("window") ?? 5
    }

    var isIdle: Bool { keywords.isEmpty && !allWords }

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        var counts = Counts()
        guard !isIdle else { return counts.summary }
        let text = try input.layer(DocumentText.self)
        let metadata = try input.layer(Metadata.self)
        let words = DocumentWords(
            text: text, sentences: try input.layer(Sentences.self), tokens: try input.layer(Tokens.self),
            language: metadata.language)
        let content = words.classes.map { $0 == .content }
        let order = KeyOrder(words.table.inOrderOfKeys)
        addNodes(of: words, content, order, to: &counts)
        addKeywords(
            of: words, in: text.bytes, WordFolding(language: metadata.language), content, order, Setting(metadata),
            to: &counts)
        return counts.summary
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
}
