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
        guard
            !cue.frames.isDisjoint(with: [
                .characterisation, .request, .prepositional, .passive, .speech, .voicing, .particled,
            ])
        else { return nil }
        let start = scope.range.lowerBound, end = scope.range.upperBound
        let group = VerbGroup(verb: verb, from: start, in: words, phrases: phrases)
        guard verbs.isVerb(verb, cue, group, start), !group.isInfinitive,
            let subject = verbs.subject(of: group, start, cue)
        else { return nil }
        var first = verb + 1
        while first < end, words[first].isAdverb, !words[first].isAny([.determiner, .subject]) { first += 1 }
        if cue.frames.contains(.particled), verb + 1 < end, !Self.particles.contains(words[verb + 1].key) { return nil }
        guard first + 1 < end,
            let found = group.isPassive
                ? passive(first, end, cue)
                : disclosure(first, end, cue)
                    ?? (words[subject.lowerBound].isAny(.neuter) ? nil : announcement(first, end, cue))
                    ?? characterisation(first, end, cue, isGap: isGap(subject, start)) ?? request(first, end, cue)
                    ?? charge(first, end, cue) ?? judgement(first, end, cue)
                    ?? (group.isConditional ? nil : cause(first, end, cue))
        else { return nil }
        var draft = Draft(
            source: subject, cue: group.range, content: [], kind: found.kind,
            stance: verbs.stance(cue, group, scope, kind: found.kind),
            sentence: scope.sentence, within: scope.quotation)
        let last =
            found.kind == .request
            ? clauses.end(ofInfinitiveAt: first, to: end) : clauses.end(ofContentAt: first, to: end)
        var object = subject
        if group.isPassive, words[subject.lowerBound].isAny([.relative, .that, .pronoun]), subject.count == 1,
            !words[subject.lowerBound].isAny(.subject)
        {
            // "Reed, who was described as a fool": whom the pronoun takes up
            guard words[subject.lowerBound].isAny(.relative), subject.lowerBound > start,
                let owner = phrases.ending(
                    at: words[subject.lowerBound - 1].mark == UInt8(ascii: ",")
                        ? subject.lowerBound - 1 : subject.lowerBound,
                    from: start)
            else { return nil }
            // "to extradite people who had been accused": behind the verb
            let verb = owner.dropLast().last { words[$0].key == Self.to && words[$0 + 1].forms.contains(.base) }
            object = verb.map { $0 + 2 < owner.upperBound ? $0 + 2..<owner.upperBound : owner } ?? owner
        }
        if group.isPassive {
            let before = found.marker > first ? by(first, found.marker) : nil
            draft.source = before ?? by(found.marker, last)
            draft.content = [
                object, found.marker..<(before == nil ? draft.source.map { $0.lowerBound - 1 } ?? last : last),
            ]
            if draft.source == nil, draft.stance == .asserted { draft.stance = .hedged }
        } else {
            draft.content = [words[first].key == Self.as ? first + 1..<last : first..<last]
            if found.isMarked {
                let first = found.marker + 1
                guard first < end else { return nil }
                let isPhrase = found.kind == .topic && !words[first].isQuoteMark
                draft.content = [first..<(isPhrase ? clauses.end(ofPhraseThrough: min(end, first + 1), to: end) : last)]
            } else if words[first].key == Self.as, let owner = gap(subject, start) {
                draft.content = [owner, first..<last]
            }
        }
        return draft
    }

    /// "called it a mistake", "described the plan as sound": the object, and what it is called behind "as", an article or an
    /// opening mark.
    private func characterisation(_ first: Int, _ end: Int, _ cue: Cue, isGap: Bool) -> Found? {
        guard cue.frames.contains(.characterisation) else { return nil }
        // "what she described as a gap"
        if words[first].key == Self.as {
            return isGap && isName(behind: first, end) ? Found(.characterisation, first) : nil
        }
        // "what she called a gap", "the fire, which she declared “an act of war”"
        if isGap, words[first].isQuoteMark || Self.articles.contains(words[first].key) {
            return Found(.characterisation, first)
        }
        if let marker = marker(first, end, where: { $0 == Self.as }), isName(behind: marker, end) {
            return Found(.characterisation, marker)
        }
        guard !cue.frames.isDisjoint(with: [.voicing, .speech]) else { return nil }
        // "declared himself the keeper of the gate"
        if Self.reflexives.contains(words[first].key), words[first + 1].key == Self.the {
            return Found(.characterisation, first + 1)
        }
        // "called it unlikely that …"
        if words[first].isAny(.neuter), first + 2 < end, words[first + 1].forms.contains(.adjective),
            words[first + 2].isAny([.that, .subject]) || words[first + 2].key == Self.to
        {
            return Found(.characterisation, first + 1)
        }
        let name = opening(first + 1, end) { index in
            words[index].isQuoteMark || Self.articles.contains(words[index].key)
                || words[index].key == Self.the && index + 1 < end && isSuperlative(index + 1)
        }
        return name.flatMap { words[$0 - 1].isAny([.preposition, .determiner]) ? nil : Found(.characterisation, $0) }
    }

    /// What a relative pronoun before the subject takes up: "the fire, which the police declared as arson".
    private func gap(_ subject: Range<Int>, _ start: Int) -> Range<Int>? {
        guard isGap(subject, start), words[subject.lowerBound - 1].isAny([.relative, .that]) else { return nil }
        var end = subject.lowerBound - 1
        if end > start, words[end - 1].mark == UInt8(ascii: ",") { end -= 1 }
        guard end > start, let owner = phrases.ending(at: end, from: start) else { return nil }
        let first = words[owner.lowerBound]
        return first.isAny([.determiner, .possessive]) || first.isCapital ? owner : nil
    }

    /// Whether the object is a relative pronoun before the subject.
    private func isGap(_ subject: Range<Int>, _ start: Int) -> Bool {
        subject.lowerBound > start && words[subject.lowerBound - 1].isAny([.relative, .clausal, .that])
    }

    /// "urged the council to act".
    private func request(_ first: Int, _ end: Int, _ cue: Cue) -> Found? {
        guard cue.frames.contains(.request), !cue.frames.isDisjoint(with: [.speech, .voicing]) else { return nil }
        return marker(first, end, where: { $0 == Self.to }, isTo: true).map { Found(.request, $0) }
    }

    /// "accused the firm of fraud", "blamed the storm for it": a verb that takes a thing and says something against or
    /// for it.
    private func charge(_ first: Int, _ end: Int, _ cue: Cue) -> Found? {
        guard cue.frames.contains([.nominal, .prepositional, .voicing]), !words[first].isAny(.preposition) else {
            return nil
        }
        if let marker = marker(first, end, where: { Self.charges.contains($0) }) { return Found(.topic, marker) }
        // "attributed the fire to the firm"
        guard !cue.frames.contains(.intention), let to = marker(first, end, where: { $0 == Self.to }), to + 1 < end,
            !isInfinitive(to, end)
        else { return nil }
        return Found(.topic, to)
    }

    /// "called for a recount", "argued against the plan"; "told the council of its plans".
    private func cause(_ first: Int, _ end: Int, _ cue: Cue) -> Found? {
        guard cue.frames.contains(.prepositional), !cue.frames.isDisjoint(with: [.speech, .voicing]) else { return nil }
        if Self.sides.contains(words[first].key), cue.form != .progressive, reading.kind(at: first + 1) != .place,
            !reading.isDate(first + 1), words[first + 1].kind != .number,
            !words[first + 1].isPunctuation || words[first + 1].isQuoteMark, !Self.spans.contains(words[first + 1].key)
        {
            return Found(.topic, first, isMarked: true)
        }
        guard cue.frames.contains([.speech, .object]), !words[first].isAny(.preposition),
            let marker = marker(first, end, where: { $0 == Self.of || $0 == Self.about }), marker - first < 5
        else { return nil }
        return Found(.topic, marker, isMarked: true)
    }

    /// "laid bare the details of the pact".
    private func disclosure(_ first: Int, _ end: Int, _ cue: Cue) -> Found? {
        guard cue.frames.contains(.particled), first + 1 < end else { return nil }
        let particle = Self.particles.contains(words[first].key) ? first : first - 1
        guard Self.particles.contains(words[particle].key), words[particle + 1].key != Self.to,
            !words[particle + 1].isPunctuation, !words[particle + 1].isAny(.preposition)
        else { return nil }
        return Found(.topic, particle, isMarked: true)
    }

    /// "exposed another truth: the gate was open": a noun phrase and a colon before a clause.
    private func announcement(_ first: Int, _ end: Int, _ cue: Cue) -> Found? {
        guard !cue.frames.isDisjoint(with: [.speech, .voicing]),
            let colon = opening(first, end, { words[$0].mark == UInt8(ascii: ":") }), colon > first,
            clauses.verb(ofClauseAt: colon + 1, to: end) != nil
        else { return nil }
        return Found(.clause, colon, isMarked: true)
    }

    /// "found the wall to be unsafe": a thing and what it is held to be.
    private func judgement(_ first: Int, _ end: Int, _ cue: Cue) -> Found? {
        guard !cue.frames.isDisjoint(with: [.passive, .characterisation, .that]), !cue.frames.contains(.intention),
            !cue.frames.contains(.request),
            let to = opening(
                first + 1, end, { words[$0].key == Self.to && $0 + 1 < end && words[$0 + 1].key == Self.be })
        else { return nil }
        return Found(.clause, to)
    }

    private func isSuperlative(_ index: Int) -> Bool {
        Self.superlatives.contains(words[index].key)
            || words[index].forms.contains(.adjective)
                && reading.text[words[index].span.range].suffix(3).elementsEqual("est".utf8)
    }

    private func passive(_ first: Int, _ end: Int, _ cue: Cue) -> Found? {
        let word = words[first]
        // "was described by the Courier as a fool"
        if word.key == Self.by, cue.frames.contains(.characterisation),
            let marker = opening(first + 1, end, { words[$0].key == Self.as }), isName(behind: marker, end)
        {
            return Found(.characterisation, marker)
        }
        if cue.frames.contains(.characterisation), word.key == Self.as, isName(behind: first, end),
            cue.frames.contains(.voicing) || by(first, end) != nil
        {
            return Found(.characterisation, first)
        }
        if cue.frames.contains(.request), !cue.frames.isDisjoint(with: [.speech, .voicing]), isInfinitive(first, end),
            !cue.frames.contains(.passive), cue.stance != .hedged
        {
            return Found(.request, first)
        }
        if word.key == Self.of, cue.frames.contains([.nominal, .prepositional, .voicing]) {
            return Found(.topic, first)
        }
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

    /// What a frame gives.
    private struct Found {
        var kind: Claim.Kind
        /// The word with which it begins that tells the frame.
        var marker: Int
        /// Whether the content begins behind the marker.
        var isMarked: Bool

        init(_ kind: Claim.Kind, _ marker: Int, isMarked: Bool = false) {
            self.kind = kind
            self.marker = marker
            self.isMarked = isMarked
        }
    }

    private static let reach = 16
    private static let the = Folding.key("the")
    private static let be = Folding.key("be")
    private static let reflexives = Set(
        ["himself", "herself", "itself", "themselves", "myself", "yourself", "ourselves"].map { Folding.key($0) })
    private static let about = Folding.key("about")
    private static let sides = Set(["for", "against"].map { Folding.key($0) })
    private static let spans = Set(
        ["minutes", "hours", "days", "weeks", "months", "years", "decades", "now", "example", "instance"].map {
            Folding.key($0)
        })
    private static let particles = Set(["bare", "out", "forth"].map { Folding.key($0) })
    private static let superlatives = Set(["worst", "best", "most", "least", "first", "last"].map { Folding.key($0) })
    private static let `as` = Folding.key("as")
    private static let to = Folding.key("to")
    private static let of = Folding.key("of")
    private static let by = Folding.key("by")
    private static let articles = Set(["a", "an"].map { Folding.key($0) })
    private static let charges = Set(["of", "for", "with", "on"].map { Folding.key($0) })
}
