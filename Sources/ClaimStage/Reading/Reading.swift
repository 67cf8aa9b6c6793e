package import StageKit
package import Text

/// A token as the rules see it.
struct Word {
    /// Where it stands.
    var span: ByteSpan
    /// Its hash, folded.
    var key: UInt64
    /// What it is.
    var kind: Tokens.Kind
    /// Its closed classes.
    var classes: WordClasses
    /// The verb or noun of saying that it may be.
    var cue: Cue?
    /// What form of a word it may be; nothing for words of closed classes and unknown ones.
    var forms: WordForms
    /// Whether it begins with a capital letter.
    var isCapital: Bool
    /// Whether it ends in -ly.
    var endsInLy: Bool
    /// Whether it ends in -ed.
    var endsInEd: Bool
    /// The ASCII mark that it is, curly ones straightened; 0 for anything else.
    var mark: UInt8
    /// The index of the name or quantity that it belongs to; nil for none.
    var mention: Int?
    /// Whether it is part of a name.
    var isName = false
    /// Whether it is part of a date.
    var isDate = false
    /// The outermost quotation that it stands in, by index; nil for none, and for words kept at a distance.
    var quotation: Int?

    /// Whether it is in any of `classes`.
    func isAny(_ classes: WordClasses) -> Bool { !self.classes.isDisjoint(with: classes) }
    /// Whether it is punctuation, whatever its mark.
    var isPunctuation: Bool { kind == .punctuation }
    /// Whether it may stand between a subject and its verb.
    var isAdverb: Bool { endsInLy || isAny(.adverb) }
    /// Whether it opens or closes a quotation.
    var isQuoteMark: Bool { mark == UInt8(ascii: "\"") }
}

/// One document as the rules of claims read it.
///
/// A class, because each of them holds it: one reference to count where a structure has half a dozen.
package final class Reading: Sendable {
    /// The text.
    let text: [UInt8]
    /// Its tokens.
    let words: [Word]
    /// Its sentences, as ranges of `words`.
    let sentences: [Range<Int>]
    /// The names and quantities.
    let mentions: [Mention]
    /// Which pronouns and descriptions mean which of these.
    let references: References
    /// The quotations.
    let quotations: [Quotations.Quotation]
    /// The layout.
    let blocks: [Blocks.Block]

    /// Where each word begins, in bytes: a contraction is two words.
    package var wordStarts: [Int] { words.map(\.span.start) }

    /// How many words there are.
    package var wordCount: Int { words.count }

    /// Reads the layers of one document together. Spans that don't fit the text are left out.
    package init(
        text: [UInt8], tokens: Tokens, sentences: [ByteSpan], mentions: [Mention],
        references: References = References([]), quotations: [Quotations.Quotation], blocks: [Blocks.Block]
    ) {
        self.text = text
        self.mentions = mentions
        self.references = references
        self.quotations = quotations.filter { $0.span.start >= 0 && $0.span.end <= text.count }
        self.blocks = blocks
        var reader = WordReader(text)
        var words: [Word] = []
        words.reserveCapacity(tokens.spans.count)
        var mention = 0
        let all = self.quotations
        let outer = all.indices.filter { all[$0].form != .scare && all[$0].depth == 0 }
        var next = 0
        let marks = Set(
            all.flatMap { [ByteSpan($0.span.start, $0.content.start), ByteSpan($0.content.end, $0.span.end)] })
        for (span, kind) in zip(tokens.spans, tokens.kinds) where span.start >= 0 && span.end <= text.count {
            let first = words.count
            reader.append(span, kind, to: &words)
            while mention < mentions.count, mentions[mention].span.end <= span.start { mention += 1 }
            while next < outer.count, all[outer[next]].span.end <= span.start { next += 1 }
            for k in first..<words.count {
                if mention < mentions.count, mentions[mention].span.overlaps(words[k].span) {
                    words[k].mention = mention
                    words[k].isName = mentions[mention].kind.isName
                    words[k].isDate = Self.dates.contains(mentions[mention].kind)
                }
                if next < outer.count, all[outer[next]].content.overlaps(span) { words[k].quotation = outer[next] }
                if kind == .punctuation, marks.contains(span) { words[k].mark = UInt8(ascii: "\"") }
            }
        }
        self.words = words

        var ranges: [Range<Int>] = []
        var at = 0
        for sentence in sentences {
            while at < words.count, words[at].span.start < sentence.start { at += 1 }
            let first = at
            while at < words.count, words[at].span.end <= sentence.end { at += 1 }
            ranges.append(first..<at)
        }
        self.sentences = ranges
    }

    /// The span of the words in `range`, which is not empty.
    func span(_ range: Range<Int>) -> ByteSpan {
        ByteSpan(words[range.lowerBound].span.start, words[range.upperBound - 1].span.end)
    }

    /// The sentence that holds the word at `index`; nil where none does.
    func sentence(holding index: Int) -> Range<Int>? {
        let next = sentences.lazy.map(\.lowerBound).firstIndex(sortedAtLeast: index + 1)
        return next > 0 && sentences[next - 1].contains(index) ? sentences[next - 1] : nil
    }

    /// The index of the last sentence that begins at or before the word at `index`; 0 where none does.
    func sentenceIndex(before index: Int) -> Int {
        max(0, sentences.lazy.map(\.lowerBound).firstIndex(sortedAtLeast: index + 1) - 1)
    }

    /// The indices of the words inside a span.
    func words(in span: ByteSpan) -> Range<Int> {
        let starts = words.lazy.map { $0.span.start }
        let first = starts.firstIndex(sortedAtLeast: span.start)
        return first..<max(first, starts.firstIndex(sortedAtLeast: span.end))
    }

    /// A piece of a sentence without the marks at its ends that belong to the sentence around it; nil where no word is
    /// left.
    func trimmed(_ piece: Range<Int>) -> Range<Int>? {
        var first = piece.lowerBound, end = piece.upperBound
        while first < end, Self.looseMarks.contains(words[first].mark) { first += 1 }
        while end > first, Self.looseMarks.contains(words[end - 1].mark) { end -= 1 }
        return (first..<end).contains { !words[$0].isPunctuation } ? first..<end : nil
    }

    /// What the mention is that the word at `index` belongs to; nil where it belongs to none.
    func kind(at index: Int) -> Mention.Kind? { words[index].mention.map { mentions[$0].kind } }

    /// Whether the word at `index` is part of a date.
    func isDate(_ index: Int) -> Bool { words[index].isDate }

    /// Whether the word at `index` is part of a name.
    func isName(_ index: Int) -> Bool { words[index].isName }

    /// Whether the word at `index` reads as a finite verb: an auxiliary, or a past or third-person form that stands where
    /// no noun or participle would.
    func isFiniteVerb(_ index: Int) -> Bool {
        let word = words[index]
        if word.isDate, word.isCapital { return false }
        if word.isAny(.auxiliary) {
            return !Self.nonfinite.contains(word.key)
                && !(word.isAny(.possessive) && index > 0 && !words[index - 1].isAny([.subject, .pronoun]))
        }
        if word.isName || word.isPunctuation { return false }
        // "harbour-made": the second half of a compound
        if index > 0, words[index - 1].mark == UInt8(ascii: "-"), words[index - 1].span.count == 1,
            words[index - 1].span.end == word.span.start
        {
            return false
        }
        if word.isAny(.finite) { return index == 0 || !words[index - 1].isAny(.auxiliary) }
        // a word of no list that ends in -ed is a past form
        let isUnknownPast = word.endsInEd && word.forms.isEmpty && !word.isCapital && word.kind == .word
        guard isUnknownPast || !word.forms.isDisjoint(with: [.past, .third]), index > 0 else { return false }
        var previous = index - 1
        while previous > 0, index - previous < 4, words[previous].isAdverb || words[previous].isAny(.negation),
            !words[previous].isAny(.determiner)
        { previous -= 1 }
        let before = words[previous]
        if before.isAny([.determiner, .possessive]) && !before.isAny([.pronoun, .that]) || before.isAny(.preposition) {
            return false
        }
        if before.isAny(.auxiliary) { return false }
        if word.forms.contains(.third) {
            // "some questions": with more than one the verb has no -s
            if before.isAny(.determiner) { return false }
            return before.isAny([.pronoun, .relative]) || before.isName || before.forms.contains(.noun)
        }
        return !before.forms.contains(.adjective) || before.forms.contains(.noun)
    }

    private static let looseMarks = [UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";")]
    private static let nonfinite = Set(["be", "been", "being", "having"].map { Folding.key($0) })
    private static let dates: [Mention.Kind] = [.date, .time, .set]
}
