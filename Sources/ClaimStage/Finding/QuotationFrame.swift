import StageKit
import Text

/// Finds who speaks in a quotation by the sentence around it, where no pattern of a verb does: `Holm wrote on the door,
/// “…”`, `The decree read: “…”`, `“…,” she recalls thinking`.
struct QuotationFrame {
    private let reading: Reading
    private let words: [Word]
    private let phrases: NounPhrases
    private let clauses: ClauseTest
    private let verbs: VerbClaims

    /// A finder over `reading`.
    init(_ reading: Reading) {
        self.reading = reading
        words = reading.words
        phrases = NounPhrases(reading)
        clauses = ClauseTest(reading, phrases)
        verbs = VerbClaims(reading, phrases)
    }

    /// The claim of the quotation with the words `piece`; nil where the sentence names no speaker.
    func draft(of piece: Range<Int>, in range: Range<Int>, sentence: Int) -> Draft? {
        guard piece.lowerBound > range.lowerBound, words[piece.lowerBound - 1].isQuoteMark else { return nil }
        let mark = piece.lowerBound - 1
        if let end = closingMark(piece, range), let named = behind(end, range) {
            return Draft(
                source: named.source, cue: named.cue, content: [piece], stance: .asserted, sentence: sentence,
                isSpeech: true)
        }
        guard let named = before(mark, piece, range) else { return nil }
        let isWhole = isSentence(piece) || words[mark - 1].isPunctuation || named.cue.upperBound == mark
        let content = isWhole ? piece : named.cue.upperBound..<end(of: piece, in: range)
        let kind: Claim.Kind =
            isWhole || clauses.hasMainVerb(content)
            ? .clause : words[content.lowerBound].key == Self.to ? .intention : .topic
        return Draft(
            source: named.source, cue: named.cue, content: [content], kind: kind, stance: .asserted, sentence: sentence,
            isSpeech: true)
    }

    /// Who speaks before the quotation whose opening mark is at `mark`.
    private func before(_ mark: Int, _ piece: Range<Int>, _ range: Range<Int>) -> (source: Range<Int>, cue: Range<Int>)?
    {
        // behind a quotation of the same sentence begins another clause
        let start =
            (range.lowerBound..<mark).last { words[$0].isQuoteMark || words[$0].mark == UInt8(ascii: ";") }
            .map { $0 + 1 } ?? range.lowerBound
        guard mark - start > 1 else { return nil }
        let cue = self.cue(start, mark)
        if let cue, mark - cue < Self.farthest { return speaker(of: cue, start) }
        // a verb in no list gives a whole quotation behind a comma or a colon
        guard [UInt8(ascii: ","), UInt8(ascii: ":")].contains(words[mark - 1].mark),
            piece.count > 3, clauses.hasMainVerb(piece)
        else { return nil }
        guard let (first, verb) = mainClause(start, mark), !words[verb].isAny([.be, .modal]) else { return nil }
        let group = VerbGroup(verb: verb, from: first, in: words, phrases: phrases)
        let subject = first..<max(first, group.range.lowerBound)
        // "Reed met Holm: “…”": either may speak
        guard !subject.isEmpty, isSpeaker(subject), reading.kind(at: mark - 2) != .person else { return nil }
        return (subject, group.range)
    }

    /// The last verb before the mark that may give words.
    private func cue(_ start: Int, _ mark: Int) -> Int? {
        guard mark > start + 1 else { return nil }
        return (start + 1..<mark).last { index in
            guard let cue = words[index].cue, !words[index].isName,
                !cue.frames.isDisjoint(with: [.speech, .voicing, .quoting])
            else { return false }
            if cue.form == .base { return mover(before: index, start) != nil }
            return cue.form == .progressive ? words[index - 1].mark == UInt8(ascii: ",") : isFinite(index, start)
        }
    }

    /// Who speaks by the verb at `cue`.
    private func speaker(of cue: Int, _ start: Int) -> (source: Range<Int>, cue: Range<Int>)? {
        guard let verb = words[cue].cue else { return nil }
        let group = VerbGroup(verb: cue, from: start, in: words, phrases: phrases)
        if let moved = mover(before: cue, start) { return (moved, group.range) }
        guard !group.isPassive, let subject = verbs.subject(of: group, start, verb) else { return nil }
        return (subject, group.range)
    }

    /// Who is brought to say something by what stands before: "led Holm to express “…”".
    private func mover(before cue: Int, _ start: Int) -> Range<Int>? {
        guard words[cue].cue?.form == .base, cue > start + 3, words[cue - 1].key == Self.to,
            let verb = (max(start + 1, cue - 10)..<cue - 2).last(where: { Self.movers.contains(words[$0].key) }),
            isSpeaker(verb + 1..<cue - 1), !(verb + 1..<cue - 1).contains(where: { words[$0].isPunctuation })
        else { return nil }
        return verb + 1..<cue - 1
    }

    /// Who speaks in a quotation behind a sentence that ends in a colon: "…, he described the town:".
    func introduced(by sentence: Range<Int>) -> (source: Range<Int>, cue: Range<Int>)? {
        guard let last = sentence.last, words[last].mark == UInt8(ascii: ":"),
            let cue = cue(sentence.lowerBound, last), last - cue < Self.farthest
        else { return nil }
        return speaker(of: cue, sentence.lowerBound)
    }

    /// Where the clause before a quotation begins, behind what introduces it, and its verb.
    private func mainClause(_ start: Int, _ mark: Int) -> (first: Int, verb: Int)? {
        var first = start
        while first < mark {
            while first < mark, words[first].isAny([.opener, .conjunction]) || words[first].isPunctuation { first += 1 }
            if let verb = clauses.verb(ofClauseAt: first, to: mark) { return (first, verb) }
            guard let comma = (first..<mark).first(where: { words[$0].mark == UInt8(ascii: ",") }) else { return nil }
            first = comma + 1
        }
        return nil
    }

    /// Who speaks behind the quotation whose closing mark is before `start`.
    private func behind(_ start: Int, _ range: Range<Int>) -> (source: Range<Int>, cue: Range<Int>)? {
        guard start < range.upperBound, let verb = clauses.verb(ofClauseAt: start, to: range.upperBound) else {
            return nil
        }
        let group = VerbGroup(verb: verb, from: start, in: words, phrases: phrases)
        let subject = start..<max(start, group.range.lowerBound)
        guard !subject.isEmpty, isSpeaker(subject) else { return nil }
        let isCue = words[verb].cue.map { !$0.frames.isDisjoint(with: [.speech, .quoting]) } ?? false
        // "“Who signed this?” the judge wanted to know"
        if reading.wantsToKnow(verb) { return (subject, group.range) }
        let isGoingOn = words[start - 1].mark == UInt8(ascii: ",") || words[max(0, start - 2)].mark == UInt8(ascii: ",")
        return isCue || isGoingOn ? (subject, group.range) : nil
    }

    /// Where the words behind the closing mark begin; nil where the sentence ends there.
    private func closingMark(_ piece: Range<Int>, _ range: Range<Int>) -> Int? {
        var at = piece.upperBound
        var isClosed = false
        while at < range.upperBound, words[at].isPunctuation {
            isClosed = isClosed || words[at].isQuoteMark
            at += 1
        }
        return isClosed && at < range.upperBound ? at : nil
    }

    /// Whether the word is a finite verb, by itself or with an auxiliary some words before: "has, in a letter, called on".
    private func isFinite(_ index: Int, _ start: Int) -> Bool {
        if reading.isFiniteVerb(index) { return true }
        // "the decree read": a past form that is the first one too
        if words[index].cue?.form.contains([.base, .past]) == true, index > start {
            return !words[index - 1].isPunctuation && words[index - 1].key != Self.to
                && !words[index - 1].isAny([.determiner, .preposition, .auxiliary])
        }
        guard words[index].cue?.form.contains(.participle) == true, index > start else { return false }
        return words[max(start, index - 8)..<index].contains { $0.isAny(.auxiliary) && !$0.isAny(.be) }
    }

    /// Whether the words are a sentence that begins within the marks.
    private func isSentence(_ piece: Range<Int>) -> Bool {
        guard let first = piece.first(where: { !words[$0].isPunctuation }) else { return false }
        return words[first].isCapital && piece.count > 3 && clauses.hasMainVerb(piece)
    }

    /// Where the clause ends that a quotation is a part of.
    private func end(of piece: Range<Int>, in range: Range<Int>) -> Int {
        var at = piece.upperBound
        while at < range.upperBound, words[at].isQuoteMark { at += 1 }
        while at < range.upperBound, !words[at].isPunctuation { at += 1 }
        return at
    }

    /// Whether the words may mean somebody, or a text, that speaks.
    private func isSpeaker(_ source: Range<Int>) -> Bool {
        let first = words[source.lowerBound]
        if source.count == 1 {
            return first.isName || first.isAny(.pronoun) && !first.isAny([.neuter, .that, .relative, .first])
                || first.isAny([.personRole, .groupRole])
        }
        return !first.isAny([.that, .subordinator, .preposition])
            && (first.isAny([.determiner, .possessive])
                || source.contains { words[$0].isName || words[$0].isAny(.personRole) })
    }

    private static let farthest = 24
    private static let movers = Set(
        ["led", "prompted", "forced", "caused", "pushed", "moved", "inspired", "compelled", "spurred", "drove"].map {
            Folding.key($0)
        })
    private static let to = Folding.key("to")
}
