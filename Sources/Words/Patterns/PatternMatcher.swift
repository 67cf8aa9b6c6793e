import Results
import Text

/// Finds a pattern among the words of documents, one document after another.
///
/// The words of a phrase follow each other in one sentence with nothing but blanks between them, or one hyphen, as the
/// keywords of `summarize-statistics` do. Places do not overlap: where several alternatives fit, the longest counts.
package struct PatternMatcher {
    private let sequences: [[WordTest]]
    /// Whether a word that begins with this byte may be the first of a place; nil where the first word may be any.
    private let mayBegin: [Bool]?
    private var folder: WordFolder
    private var word: [UInt8] = []
    /// Which words fit tests that take long, by test and word.
    private var known: [Int: [[UInt8]: Bool]] = [:]
    /// Which words may be the first of a place, where their first byte does not tell.
    private var beginnings = WordMemo()

    /// Alternatives of alternatives make more sequences than this only by mistake.
    private static let mostSequences = 1000

    /// A matcher for a pattern of words.
    package init(_ pattern: WordPattern, folding: SearchFolding = .folded) throws(PatternProblem) {
        var folder = WordFolder(folding)
        var sequences: [[WordTest]] = []
        for alternative in pattern.alternatives {
            sequences += try Self.sequences(of: alternative, folding, &folder)
            guard sequences.count <= Self.mostSequences else {
                throw PatternProblem(
                    "the pattern has more than \(Self.mostSequences) alternatives", id: "pattern-syntax")
            }
        }
        self.sequences = sequences
        var mayBegin: [Bool]? = Array(repeating: false, count: 256)
        for sequence in sequences {
            guard let bytes = sequence.first?.firstBytes else {
                mayBegin = nil
                break
            }
            for byte in bytes { mayBegin?[Int(byte)] = true }
        }
        self.mayBegin = mayBegin
        self.folder = folder
    }

    private static func sequences(
        of items: [WordPattern.Item], _ folding: SearchFolding, _ folder: inout WordFolder
    ) throws(PatternProblem) -> [[WordTest]] {
        var found: [[WordTest]] = [[]]
        for item in items {
            let next = try sequences(of: item, folding, &folder)
            guard found.count * next.count <= mostSequences else {
                throw PatternProblem("the pattern has more than \(mostSequences) alternatives", id: "pattern-syntax")
            }
            found = found.flatMap { start in next.map { start + $0 } }
        }
        return found
    }

    private static func sequences(
        of item: WordPattern.Item, _ folding: SearchFolding, _ folder: inout WordFolder
    ) throws(PatternProblem) -> [[WordTest]] {
        switch item {
        case .any: return [[.any]]
        case .word(let text):
            // a word with a hyphen is one word of a text or several
            let whole = folder.folded(text)
            let parts = whole.split(separator: UInt8(ascii: "-")).map { Array($0) }
            guard !whole.isEmpty else { throw PatternProblem("'\(text)' holds no word", id: "empty-pattern") }
            // one that is counted is one word
            return [[.words([whole])]] + (parts.count > 1 && folding != .term ? [parts.map { .words([$0]) }] : [])
        case .glob(let parts):
            var copy = folder
            return [[.glob(WordGlob(parts) { copy.folded($0) })]]
        case .lemma(let lemma): return [[.words(Lemma.forms(of: lemma).map { folder.folded($0) })]]
        case .regularExpression(let text):
            // tells what is wrong with it as it was written
            _ = try RegularExpression(text, isFolded: folding != .exact)
            let plain =
                folding == .folded
                ? text.unicodeScalars.map { $0.isASCII ? String($0) : WordFolder.plain($0) }.joined() : text
            return [[.regularExpression(try RegularExpression("\\A(?:\(plain))\\z", isFolded: folding != .exact))]]
        case .group(let alternatives):
            var found: [[WordTest]] = []
            for alternative in alternatives { found += try sequences(of: alternative, folding, &folder) }
            return found
        }
    }

    /// The places in a document, each as the range of its words, from left to right.
    package mutating func places(in document: WordDocument) throws(PatternProblem) -> [Range<Int>] {
        folder.begin(language: document.language)
        let words = document.words
        // a word as it is counted is compared as the language of its document says
        let isOpen = mayBegin == nil && folder.keepsFirstByte
        let mayBegin = folder.keepsFirstByte ? mayBegin : nil
        var found: [Range<Int>] = []
        for sentence in words.sentences {
            var at = sentence.lowerBound
            while at < sentence.upperBound {
                if let mayBegin {
                    let byte = document.text[words.starts[at]]
                    // capitals of ASCII are folded, or are what was asked for
                    if byte < 0x80, !mayBegin[Int(byte)], !(byte &- 0x41 < 26 && mayBegin[Int(byte | 0x20)]) {
                        at += 1
                        continue
                    }
                } else if isOpen {
                    if try !begins(words.starts[at], words.ends[at], of: document.text) {
                        at += 1
                        continue
                    }
                }
                let length = try length(at: at, until: sentence.upperBound, in: document)
                if length > 0 { found.append(at..<at + length) }
                at += max(1, length)
            }
        }
        return found
    }

    /// Whether a word may be the first of a place.
    private mutating func begins(_ start: Int, _ end: Int, of text: [UInt8]) throws(PatternProblem) -> Bool {
        if let known = beginnings[start, end, of: text] { return known }
        folder.fold(start, end, of: text, to: &word)
        var fits = false
        for sequence in sequences where !fits { fits = try sequence[0].fits(word) }
        beginnings.note(fits, start, end, of: text)
        return fits
    }

    /// How many words the longest place has that begins with the word `at`; 0 for none.
    private mutating func length(
        at: Int, until end: Int, in document: WordDocument
    ) throws(PatternProblem) -> Int {
        folder.fold(document.words.starts[at], document.words.ends[at], of: document.text, to: &word)
        let first = word
        var longest = 0
        for (k, sequence) in sequences.enumerated() where sequence.count > longest && at + sequence.count <= end {
            guard try fits(first, sequence[0], k << 8) else { continue }
            var length = 1
            while length < sequence.count {
                guard document.touches(at + length) else { break }
                folder.fold(
                    document.words.starts[at + length], document.words.ends[at + length], of: document.text, to: &word)
                guard try fits(word, sequence[length], k << 8 | min(length, 255)) else { break }
                length += 1
            }
            if length == sequence.count { longest = length }
        }
        return longest
    }

    private mutating func fits(_ word: [UInt8], _ test: WordTest, _ number: Int) throws(PatternProblem) -> Bool {
        guard case .regularExpression = test, number & 255 < 255 else { return try test.fits(word) }
        if let known = known[number]?[word] { return known }
        let fits = try test.fits(word)
        known[number, default: [:]][word] = fits
        return fits
    }
}
