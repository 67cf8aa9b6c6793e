import StageKit

/// What follows a verb of saying.
enum Complement {
    /// "that" and a clause, from the first word on.
    case that(Int)
    /// "whether", "how" … and a clause.
    case question(Int)
    /// A clause without an introduction.
    case clause(Int)
    /// Words in quotation marks.
    case quotation(Int)
    /// A colon, behind which the content begins.
    case colon(Int)
    /// "to" and an infinitive.
    case infinitive(Int)
    /// The verb of a clause whose subject is a relative pronoun before the verb of saying: "which X said was …".
    case rest(Int)
    /// The subject, behind its verb.
    case inverted(Range<Int>)
    /// The end of the clause, or a comma.
    case nothing(Int)
    /// Something else: the verb gives no content.
    case other
}

/// Reads what stands behind a verb of saying.
struct ComplementReader {
    private let reading: Reading
    private let words: [Word]
    private let phrases: NounPhrases
    private let clauses: ClauseTest
    private static let farthest = 18

    /// A reader over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases) {
        self.reading = reading
        words = reading.words
        self.phrases = phrases
        clauses = ClauseTest(reading, phrases)
    }

    /// What follows the verb at `verb`, up to `end`.
    func complement(of verb: Int, frames: Cue.Frames, to end: Int, isPassive: Bool, hasSubject: Bool) -> Complement {
        var next = verb + 1
        while next < end, words[next].isAdverb || words[next].isAny(.particle), !words[next].isAny(.that),
            !words[next].isAny([.determiner, .subject])
        { next += 1 }
        if let near = mark(at: next, end: end) { return near }
        if let clause = clauseBehindDate(next, end, frames) { return .that(clause) }
        let word = words[next]
        if frames.contains(.impersonal), word.key == Self.as, next + 2 < end,
            words[next + 1].key == Self.conditional || words[next + 1].key == Self.though
        {
            return .that(next)
        }
        if word.isAny(.that), frames.contains(.that), clauses.isClause(behindThat: next, to: end) {
            return .that(next)
        }
        if word.isAny(.clausal), frames.contains(.wh), !word.isAny(.subordinator) { return .question(next) }
        if word.key == Self.conditional, frames.contains(.wh) { return .question(next) }
        // "were told to stay": a request
        if word.key == Self.to, isPassive, frames.contains(.request), !frames.contains(.passive) { return .other }
        if word.key == Self.to, frames.contains(.infinitive) || isPassive && frames.contains(.passive) {
            return .infinitive(next)
        }
        if hasSubject, frames.contains(.bare), reading.isFiniteVerb(next), !phrases.isPossessiveMark(next) {
            return .rest(next)
        }
        if frames.contains(.bare), !frames.contains(.object) || word.isAny(.subject),
            clauses.verb(ofClauseAt: next, to: end) != nil
        {
            return .clause(next)
        }
        if hasSubject, !isPassive, frames.contains(.clausal), mayBeginClause(next, end) {
            return .clause(next)
        }
        if frames.contains(.speech), !word.isAny(.preposition), !reading.isDate(next),
            let subject = phrases.invertedSubject(at: next, to: end), phrases.mayBeSpeaker(subject),
            closes(subject.upperBound, end)
        {
            if !frames.contains(.object) { return .inverted(subject) }
        }
        guard !frames.isDisjoint(with: [.object, .speech]) || isPassive else { return .other }
        guard frames.contains(.object) || word.isAny(.sayTo) || reading.isDate(next) || isPassive else { return .other }
        return beyond(next, end, frames)
    }

    /// Where "that" stands behind a date that begins at `first`: "said on Tuesday that …".
    private func clauseBehindDate(_ first: Int, _ end: Int, _ frames: Cue.Frames) -> Int? {
        var next = first
        while next < end, reading.isDate(next) { next += 1 }
        guard next > first, next < end, words[next].isAny(.that), frames.contains(.that),
            clauses.isClause(behindThat: next, to: end)
        else {
            return nil
        }
        return next
    }

    /// Past the person addressed, a date or a phrase of place.
    private func beyond(_ first: Int, _ end: Int, _ frames: Cue.Frames) -> Complement {
        var next = first
        // "tweeted about a march that followed": what is behind may describe the matter
        let isMatter = words[first].key == Self.about
        while next < end, next - first < Self.farthest {
            if let found = mark(at: next, end: end) { return found }
            let word = words[next]
            if isMatter {
                if word.isAny([.auxiliary, .that, .clausal]), !phrases.isPossessiveMark(next) { return .other }
                next += 1
                continue
            }
            if word.isAny(.that), frames.contains(.that), clauses.isClause(behindThat: next, to: end) {
                return .that(next)
            }
            if word.isAny(.clausal), !word.isAny(.subordinator), frames.contains([.wh, .object]), next > first {
                return .question(next)
            }
            if next > first, frames.contains(.bare),
                !words[next - 1].isAny([.determiner, .preposition, .conjunction])
                    || next == first + 1 && words[first].key == Self.her && word.isName,
                words[next - 1].kind != .number || words[next - 1].isDate,
                word.isAny([.subject, .determiner]) || word.kind == .number
                    || word.isCapital && words[next - 1].mention != word.mention,
                clauses.verb(ofClauseAt: next, to: end) != nil
            {
                return .clause(next)
            }
            if word.isAny(.auxiliary), !phrases.isPossessiveMark(next) { return .other }
            if next > first, word.key == Self.to || word.isAny(.subordinator) { return .other }
            next += 1
        }
        return next >= end ? .nothing(end) : .other
    }

    /// What a punctuation mark at `next` announces; nil when there is none.
    private func mark(at next: Int, end: Int) -> Complement? {
        guard next < end else { return .nothing(end) }
        let word = words[next]
        if word.isQuoteMark { return .quotation(next) }
        if word.mark == UInt8(ascii: ":") {
            return next + 1 < end && words[next + 1].isQuoteMark ? .quotation(next + 1) : .colon(next + 1)
        }
        guard word.isPunctuation, word.mark != UInt8(ascii: "(") else { return nil }
        if word.mark == UInt8(ascii: ","), next + 1 < end {
            if words[next + 1].isQuoteMark { return .quotation(next + 1) }
            if let mark = markBehindPhrase(next + 1, end) { return .quotation(mark) }
            if let that = thatBehindPhrase(next + 1, end) { return .that(that) }
            // "no wall, Weir told the board, that can hold": a relative clause
            if words[next + 1].isAny(.that), next + 2 >= end || !words[next + 2].isAny(.auxiliary) {
                return .that(next + 1)
            }
        }
        return .nothing(next)
    }

    /// The opening mark behind a phrase between commas: `told a guard, in tears, “…”`.
    private func markBehindPhrase(_ first: Int, _ end: Int) -> Int? {
        guard words[first].isAny(.preposition) else { return nil }
        for index in first..<min(end - 1, first + 12) {
            if words[index].mark == UInt8(ascii: ",") { return words[index + 1].isQuoteMark ? index + 1 : nil }
            if words[index].isPunctuation || reading.isFiniteVerb(index) { return nil }
        }
        return nil
    }

    /// "That" behind a phrase between commas: "alleges, among other things, that …".
    private func thatBehindPhrase(_ first: Int, _ end: Int) -> Int? {
        guard first < end - 2, words[first].isAny(.preposition) else { return nil }
        for index in first..<min(end - 2, first + 12) {
            if words[index].mark == UInt8(ascii: ",") {
                return words[index + 1].isAny(.that) && clauses.isClause(behindThat: index + 1, to: end)
                    ? index + 1 : nil
            }
            if words[index].isPunctuation || reading.isFiniteVerb(index) { return nil }
        }
        return nil
    }

    /// Whether a noun phrase follows with enough behind it to be a clause, whose verb is in no list.
    private func mayBeginClause(_ start: Int, _ end: Int) -> Bool {
        let word = words[start]
        guard !word.isPunctuation, !word.isAny([.preposition, .auxiliary, .conjunction, .relative, .subordinator]),
            word.isAny([.determiner, .subject]) || word.isCapital || word.kind == .number, word.key != Self.to
        else { return false }
        let last = (start..<end).first { Self.stops.contains(words[$0].mark) } ?? end
        return last - start >= 5
    }

    /// Whether a noun phrase that ends at `index` can be a subject behind its verb: nothing of the clause follows.
    private func closes(_ index: Int, _ end: Int) -> Bool {
        index >= end || words[index].isPunctuation || words[index].isAny([.preposition, .relative, .subordinator])
            || reading.isDate(index)
    }

    private static let stops: Set<UInt8> = [UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "?")]
    private static let `as` = Folding.key("as")
    private static let her = Folding.key("her")
    private static let about = Folding.key("about")
    private static let though = Folding.key("though")
    private static let to = Folding.key("to")
    private static let conditional = Folding.key("if")
}
