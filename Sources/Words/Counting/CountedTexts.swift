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
    private let unit: CountingUnit
    /// By word, the number of its lemma; -1 where it was not asked for.
    private var lemmas: [Int] = []
    private var languages: [String?: Language] = [:]
    /// By word, what it does in a text.
    private var classes: [WordClass] = []
    /// By word, the language in which it was met last; -1 for none.
    private var met: [Int32] = []

    /// How the words of a language are told apart, and what they do.
    private struct Language {
        let number: Int32
        let folding: WordFolding
        let classes: WordClasses
        let hasLemmas: Bool
    }

    init(_ unit: CountingUnit = .term) { self.unit = unit }

    /// Takes the document at hand in.
    mutating func read(_ document: WordDocument) {
        let language =
            languages[document.language]
            ?? Language(
                number: Int32(languages.count), folding: WordFolding(language: document.language),
                classes: WordClasses.of(language: document.language),
                hasLemmas: unit == .lemma && BasicForm.covers(language: document.language))
        languages[document.language] = language
        terms.folding = language.folding
        ids.removeAll(keepingCapacity: true)
        sentences.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        let words = document.words
        let names = language.hasLemmas ? names(in: document) : []
        for sentence in words.sentences {
            let first = ids.count
            for k in sentence {
                guard !words.isNumber[k], var id = terms.insert(words.span(k), of: document.text) else {
                    places.append(-1)
                    continue
                }
                if language.hasLemmas, !names.contains(id) { id = lemma(of: id) }
                places.append(ids.count)
                ids.append(id)
                if id >= met.count || met[id] != language.number { classify(id, language) }
            }
            sentences.append(first..<ids.count)
        }
    }

    /// The words that a document writes with a capital within sentences and never without: names are no forms of words.
    private mutating func names(in document: WordDocument) -> Set<Int> {
        var capitals: Set<Int> = []
        var small: Set<Int> = []
        let words = document.words
        for sentence in words.sentences {
            for k in sentence where !words.isNumber[k] {
                let isCapital = UTF8Decoding.scalar(in: document.text, at: words.starts[k]).0.properties.isUppercase
                guard k > sentence.lowerBound || !isCapital, let id = terms.insert(words.span(k), of: document.text)
                else { continue }
                if isCapital { capitals.insert(id) } else { small.insert(id) }
            }
        }
        return capitals.subtracting(small)
    }

    /// The number of the basic form of a word.
    private mutating func lemma(of id: Int) -> Int {
        if id < lemmas.count, lemmas[id] >= 0 { return lemmas[id] }
        let form = term(id)
        let basic = BasicForm.of(form)
        let bytes = Array(basic.utf8)
        let number = basic == form ? id : terms.insert(ByteSpan(0, bytes.count), of: bytes) ?? id
        if lemmas.count < terms.count { lemmas += Array(repeating: -1, count: terms.count - lemmas.count) }
        lemmas[id] = number
        return number
    }

    /// Notes what a word does in one more language. In texts of several languages a word that is no content in one of
    /// them is none at all: the German *die* is more frequent than the English one.
    private mutating func classify(_ id: Int, _ language: Language) {
        let wordClass = language.classes.wordClass(id, of: terms)
        if met.count < terms.count {
            met += Array(repeating: -1, count: terms.count - met.count)
            classes += Array(repeating: .content, count: terms.count - classes.count)
        }
        // the order of the documents makes no difference
        if met[id] < 0 || Self.rank(wordClass) > Self.rank(classes[id]) { classes[id] = wordClass }
        met[id] = language.number
    }

    private static func rank(_ wordClass: WordClass) -> Int {
        switch wordClass {
        case .content: 0
        case .saying: 1
        case .numeral: 2
        case .function: 3
        }
    }

    /// The word with a number.
    func term(_ id: Int) -> String { String(decoding: terms[id], as: UTF8.self) }

    /// `content`, `function`, `numeral` or `saying`.
    func wordClass(_ id: Int) -> String { classes[id].rawValue }

    /// The numbers of the words in the order of their bytes.
    var sorted: [Int] { (0..<terms.count).sorted { terms[$0].lexicographicallyPrecedes(terms[$1]) } }
}
