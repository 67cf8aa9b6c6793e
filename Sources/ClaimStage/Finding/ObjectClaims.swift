import StageKit
import Text

/// Finds what is said of an object by its frame: `called the plan a mistake`, `described it as sound`, `urged the council to
/// act`, `accused the firm of fraud`; and the passives of these.
struct ObjectClaims {
    private let reading: Reading
    private let words: [Word]
    private let phrases: NounPhrases
    private let clauses: ClauseTest
    private let verbs: VerbClaims

    /// A finder over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases, _ verbs: VerbClaims) {
        self.reading = reading
        words = reading.words
        self.phrases = phrases
        self.verbs = verbs
        clauses = ClauseTest(reading, phrases)
    }

    /// The claim whose cue is the verb at `verb`; nil when no frame of it stands there.
    func draft(at verb: Int, _ cue: Cue, _ scope: Scope) -> Draft? {
        guard !cue.frames.isDisjoint(with: [.characterisation, .request, .prepositional]) else { return nil }
        let start = scope.range.lowerBound, end = scope.range.upperBound
        let group = VerbGroup(verb: verb, from: start, in: words, phrases: phrases)
        guard verbs.isVerb(verb, cue, group, start), !group.isInfinitive,
            let subject = verbs.subject(of: group, start, cue)
        else { return nil }
        var first = verb + 1
        while first < end, words[first].isAdverb, !words[first].isAny([.determiner, .subject]) { first += 1 }
        guard first + 1 < end,
            let found = group.isPassive
                ? passive(first, end, cue)
                : characterisation(first, end, cue, isGap: isGap(subject, start)) ?? request(first, end, cue)
                    ?? charge(first, end, cue)
        else { return nil }
        var draft = Draft(
            source: subject, cue: group.range, content: [], kind: found.kind,
            stance: verbs.stance(cue, group, scope, kind: found.kind),
            sentence: scope.sentence, within: scope.quotation)
        let last =
            found.kind == .request
            ? clauses.end(ofInfinitiveAt: first, to: end) : clauses.end(ofContentAt: first, to: end)
        if group.isPassive, words[subject.lowerBound].isAny([.relative, .that, .pronoun]), subject.count == 1,
            !words[subject.lowerBound].isAny(.subject)
        {
            return nil
        }
        if group.isPassive {
            draft.source = by(found.marker, last)
            draft.content = [subject, found.marker..<(draft.source.map { $0.lowerBound - 1 } ?? last)]
            if draft.source == nil, draft.stance == .asserted { draft.stance = .hedged }
        } else {
            draft.content = [words[first].key == Self.as ? first + 1..<last : first..<last]
        }
        return draft
    }

    /// "called it a mistake", "described the plan as sound": the object, and what it is called behind "as", an article or an
    /// opening mark.
    private func characterisation(_ first: Int, _ end: Int, _ cue: Cue, isGap: Bool) -> (kind: Claim.Kind, marker: Int)?
    {
        guard cue.frames.contains(.characterisation) else { return nil }
        // "what she described as a gap"
        if words[first].key == Self.as {
            return isGap && isName(behind: first, end) ? (.characterisation, first) : nil
        }
        if let marker = marker(first, end, where: { $0 == Self.as }), isName(behind: marker, end) {
            return (.characterisation, marker)
        }
        guard cue.frames.contains(.voicing) else { return nil }
        let name = opening(first + 1, end) { index in
            words[index].isQuoteMark || Self.articles.contains(words[index].key)
        }
        return name.flatMap { words[$0 - 1].isAny([.preposition, .determiner]) ? nil : (.characterisation, $0) }
    }

    /// Whether the object is a relative pronoun before the subject.
    private func isGap(_ subject: Range<Int>, _ start: Int) -> Bool {
        subject.lowerBound > start && words[subject.lowerBound - 1].isAny([.relative, .clausal, .that])
    }

    /// "urged the council to act".
    private func request(_ first: Int, _ end: Int, _ cue: Cue) -> (kind: Claim.Kind, marker: Int)? {
        guard cue.frames.contains(.request), !cue.frames.isDisjoint(with: [.speech, .voicing]) else { return nil }
        return marker(first, end, where: { $0 == Self.to }, isTo: true).map { (.request, $0) }
    }

    /// "accused the firm of fraud", "blamed the storm for it": a verb that takes a thing and says something against or
    /// for it.
    private func charge(_ first: Int, _ end: Int, _ cue: Cue) -> (kind: Claim.Kind, marker: Int)? {
        guard cue.frames.contains([.nominal, .prepositional, .voicing]), !words[first].isAny(.preposition) else {
            return nil
        }
        return marker(first, end, where: { Self.charges.contains($0) }).map { (.topic, $0) }
    }

    private func passive(_ first: Int, _ end: Int, _ cue: Cue) -> (kind: Claim.Kind, marker: Int)? {
        let word = words[first]
        if cue.frames.contains(.characterisation), word.key == Self.as, isName(behind: first, end),
            cue.frames.contains(.voicing) || by(first, end) != nil
        {
            return (.characterisation, first)
        }
        if cue.frames.contains(.request), !cue.frames.isDisjoint(with: [.speech, .voicing]), isInfinitive(first, end),
            !cue.frames.contains(.passive), cue.stance != .hedged
        {
            return (.request, first)
        }
        if word.key == Self.of, cue.frames.contains([.nominal, .prepositional, .voicing]) { return (.topic, first) }
        return nil
    }

    /// Who does it: "by" and a phrase behind the marker.
    private func by(_ marker: Int, _ end: Int) -> Range<Int>? {
        guard let by = (marker..<end).last(where: { words[$0].key == Self.by }) else { return nil }
        return phrases.beginning(at: by + 1, to: end)
    }

    /// The first word that `isMarker` behind the object at `first`, before a verb or a mark.
    private func marker(_ first: Int, _ end: Int, where isMarker: (UInt64) -> Bool, isTo: Bool = false) -> Int? {
        opening(first + 1, end) { isMarker(words[$0].key) && (!isTo || isInfinitive($0, end)) }
    }

    private func opening(_ first: Int, _ end: Int, _ isOpening: (Int) -> Bool) -> Int? {
        for index in first..<max(first, min(end, first + Self.reach)) {
            if isOpening(index) { return index }
            let word = words[index]
            if word.isPunctuation, word.mark != UInt8(ascii: "-"), !word.isQuoteMark { return nil }
            if word.isAny([.that, .relative, .subordinator, .clausal]) || reading.isFiniteVerb(index) { return nil }
        }
        return nil
    }

    /// Whether "to" at `index` stands before an infinitive.
    private func isInfinitive(_ index: Int, _ end: Int) -> Bool {
        guard words[index].key == Self.to, index + 1 < end else { return false }
        let next = words[index + 1]
        return next.forms.contains(.base) || next.isAny(.auxiliary) || next.isQuoteMark || next.isAny(.negation)
    }

    /// Whether a name for something stands behind "as" at `index`, and no clause.
    private func isName(behind index: Int, _ end: Int) -> Bool {
        guard index + 1 < end else { return false }
        let next = words[index + 1]
        if next.isPunctuation { return next.isQuoteMark }
        return !next.isAny([.subject, .subordinator, .auxiliary]) || next.isAny(.determiner)
            ? clauses.verb(ofClauseAt: index + 1, to: end) == nil : false
    }

    private static let reach = 16
    private static let `as` = Folding.key("as")
    private static let to = Folding.key("to")
    private static let of = Folding.key("of")
    private static let by = Folding.key("by")
    private static let articles = Set(["a", "an"].map { Folding.key($0) })
    private static let charges = Set(["of", "for", "with", "on"].map { Folding.key($0) })
}
