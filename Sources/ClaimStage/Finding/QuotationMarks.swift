import StageKit

/// Finds who speaks in a quotation by the marks around it, where no verb says so: `Weir was blunt: “…”`, `“…” — Weir`.
struct QuotationMarks {
    private let reading: Reading
    private let words: [Word]
    private let phrases: NounPhrases

    /// A finder over `reading`.
    init(_ reading: Reading) {
        self.reading = reading
        words = reading.words
        phrases = NounPhrases(reading)
    }

    /// Cue and source of the quotation whose words begin at `first` and end before `end`; nil where no mark names one.
    func attribution(of first: Int, _ end: Int, in sentence: Range<Int>) -> (cue: Range<Int>, source: Range<Int>)? {
        introduced(first, sentence) ?? signed(end)
    }

    /// By a colon before it: the subject of the words before that, if it is a name or a role, else the person named right
    /// before the colon. Where a verb stands between two who may speak, nobody is taken: `Weir met Holm: “…”`.
    private func introduced(_ first: Int, _ sentence: Range<Int>) -> (cue: Range<Int>, source: Range<Int>)? {
        var colon = first - 1
        while colon >= 0, words[colon].isQuoteMark { colon -= 1 }
        guard colon > 0, words[colon].mark == UInt8(ascii: ":"),
            let around = sentence.contains(colon) ? sentence : reading.sentence(holding: colon)
        else { return nil }
        var start = around.lowerBound
        while start < colon, words[start].isAny([.opener, .conjunction]) || words[start].isPunctuation { start += 1 }
        guard start < colon else { return nil }
        var last: Range<Int>?
        if reading.kind(at: colon - 1) == .person {
            var first = colon - 1
            while first > start, words[first - 1].mention == words[colon - 1].mention { first -= 1 }
            last = first..<colon
        }
        guard let phrase = phrases.beginning(at: start, to: colon) else { return last.map { (colon..<colon + 1, $0) } }
        let verb = phrase.dropFirst().first { at in
            reading.isFiniteVerb(at) || !words[at].isName && words[at].cue?.form.contains(.past) == true
        }
        let subject = phrase.lowerBound..<(verb ?? phrase.upperBound)
        if isSpeaker(subject) { return verb != nil && last != nil ? nil : (colon..<colon + 1, subject) }
        return last.map { (colon..<colon + 1, $0) }
    }

    /// By a dash and a name behind it, with nothing else in the line but a description.
    private func signed(_ end: Int) -> (cue: Range<Int>, source: Range<Int>)? {
        var dash = end
        while dash < words.count, words[dash].isQuoteMark || words[dash].mark == UInt8(ascii: ".") { dash += 1 }
        guard dash + 1 < words.count, words[dash].mark == UInt8(ascii: "-"), words[dash + 1].isName,
            let source = phrases.beginning(at: dash + 1, to: min(words.count, dash + 12)), isSpeaker(source)
        else { return nil }
        let next = source.upperBound
        let isEnd =
            next >= words.count || words[next].isPunctuation
            || reading.sentence(holding: next)?.lowerBound == next
        return isEnd ? (dash..<dash + 1, source) : nil
    }

    /// Cue and source of a sentence that is nothing but somebody, a verb of speech, and who hears it, when or where:
    /// `Holm said.`, `Holm asked the council on Friday.`, `the mayor wanted to know.`
    func tag(_ sentence: Range<Int>) -> (cue: Range<Int>, source: Range<Int>)? {
        guard let last = sentence.last(where: { !words[$0].isPunctuation }), last > sentence.lowerBound,
            let verb = verb(ofTag: sentence.lowerBound..<last + 1),
            let source = phrases.ending(at: verb.lowerBound, from: sentence.lowerBound),
            source == sentence.lowerBound..<verb.lowerBound,
            isSpeaker(source) || source.count == 1 && mayBeName(words[source.lowerBound])
        else { return nil }
        return (verb, source)
    }

    /// The verb of speech of a short sentence in which no other verb and no content stands.
    private func verb(ofTag sentence: Range<Int>) -> Range<Int>? {
        guard sentence.count < Self.longestTag else { return nil }
        let found = sentence.dropFirst().first { index in
            guard let cue = words[index].cue, !words[index].isName else { return false }
            return cue.frames.contains(.speech) && !cue.form.isDisjoint(with: [.past, .third])
                || reading.wants(index)
        }
        guard let at = found, let cue = words[at].cue else { return nil }
        let next = at + 1, end = sentence.upperBound
        if reading.wants(at) { return next + 2 == end && reading.wantsToKnow(at) ? at..<end : nil }
        let rest = next..<end
        guard let first = rest.first else { return at..<next }
        let mayFollow = cue.frames.contains(.object) || words[first].isAny(.preposition) || words[first].isDate
        let isFree = rest.allSatisfy { index in
            let word = words[index]
            return !word.isPunctuation && !word.isAny([.that, .clausal, .subordinator, .relative])
                && word.key != Self.to && word.key != Self.about && !reading.isFiniteVerb(index)
        }
        return mayFollow && isFree ? at..<next : nil
    }

    private static let longestTag = 14
    private static let to = Folding.key("to")
    private static let about = Folding.key("about")

    /// Whether the word is a pronoun, or begins with a capital and is no small word: it names somebody here, though no rule
    /// for names knows it.
    private func mayBeName(_ word: Word) -> Bool {
        word.isAny(.pronoun)
            || word.isCapital && !word.isAdverb
                && !word.isAny([
                    .determiner, .that, .subordinator, .preposition, .conjunction, .auxiliary, .relative, .anyone,
                    .clausal,
                ])
    }

    private func isSpeaker(_ source: Range<Int>) -> Bool {
        source.contains { index in
            guard let kind = reading.kind(at: index) else { return words[index].isAny(.personRole) }
            return kind == .person || kind == .organization || kind == .role
        }
    }
}
