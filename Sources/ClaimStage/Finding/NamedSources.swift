import StageKit

/// Finds claims without a verb of saying: "according to X", "claims that …", "reportedly".
struct NamedSources {
    private let reading: Reading
    private let words: [Word]
    private let phrases: NounPhrases
    private let clauses: ClauseTest
    private let leads: Leads

    /// A finder over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases, _ verbs: VerbClaims) {
        self.reading = reading
        words = reading.words
        self.phrases = phrases
        clauses = ClauseTest(reading, phrases)
        leads = Leads(reading, phrases, verbs)
    }

    /// The words at which a phrase that names a source may begin.
    static let openers = Set(["according", "per", "by", "in"].map { Folding.key($0) })

    /// Cue and source of a phrase that names a source and begins at `index`: "according to X", "per X", "by one account",
    /// "in X's view", "in the words of X".
    private func phrase(at index: Int, _ scope: Scope) -> (cue: Range<Int>, source: Range<Int>)? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard index + 2 < end else { return nil }
        if words[index].key == Self.according {
            guard words[index + 1].key == Self.to else { return nil }
            return phrases.beginning(at: index + 2, to: end).map {
                (index..<index + 2, withoutClause($0, index, start))
            }
        }
        // the others are such phrases only between marks: "per day", "by the report of 1931", "in view of"
        guard index == start || words[index - 1].isPunctuation, !words[index + 1].isPunctuation else { return nil }
        if words[index].key == Self.per {
            guard let source = phrases.beginning(at: index + 1, to: end), isClosed(source.upperBound, end),
                words[index + 1].isAny([.determiner, .possessive]) || words[index + 1].isCapital
                    || words[source.upperBound - 1].forms.contains(.plural)
            else { return nil }
            return (index..<index + 1, source)
        }
        guard
            let noun = (index + 1..<min(end, index + Self.reach)).first(where: {
                (words[index].key == Self.in ? Self.views : Self.accounts).contains(words[$0].key)
            })
        else { return nil }
        let inner = index + 1..<noun
        guard
            !inner.contains(where: {
                words[$0].isPunctuation || words[$0].isAny([.auxiliary, .preposition]) && !words[$0].isAny(.possessive)
            })
        else { return nil }
        if words[index].key == Self.by {
            guard isClosed(noun + 1, end), index == start || noun + 2 >= end else { return nil }
            return (index..<index + 1, index + 1..<noun + 1)
        }
        if noun > index + 1, words[noun - 1].isAny(.possessive) {
            guard isClosed(noun + 1, end) else { return nil }
            let owner = phrases.isPossessiveMark(noun - 1) ? index + 1..<noun - 1 : noun - 1..<noun
            // "in my view" is the author's own
            return owner.isEmpty || words[owner.lowerBound].isAny(.first) ? nil : (index..<noun + 1, owner)
        }
        guard noun + 2 < end, words[noun + 1].key == Self.of, noun > index + 1,
            let source = phrases.beginning(at: noun + 2, to: end), isClosed(source.upperBound, end)
        else { return nil }
        return (index..<noun + 2, source)
    }

    /// The source at the head of a sentence without the subject that follows it where no comma stands between: "According
    /// to its own accounts the sensor had failed."
    private func withoutClause(_ source: Range<Int>, _ index: Int, _ start: Int) -> Range<Int> {
        guard index == start, source.upperBound < words.count, reading.isFiniteVerb(source.upperBound),
            let border = source.dropFirst().first(where: { at in
                let before = words[at - 1]
                return words[at].isAny([.determiner, .subject]) && !words[at].isAny(.possessive)
                    && !before.isAny([.determiner, .preposition, .conjunction, .possessive])
            })
        else { return source }
        return source.lowerBound..<border
    }

    private func isClosed(_ index: Int, _ end: Int) -> Bool {
        index >= end || words[index].isPunctuation && words[index].mark != UInt8(ascii: "-")
    }

    /// "According to X, …", "…, according to X", "Per X, …" with the phrase beginning at `index`.
    func according(at index: Int, _ scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard Self.openers.contains(words[index].key), let (cue, source) = phrase(at: index, scope) else { return nil }
        var draft = Draft(
            source: source, cue: cue, content: [], stance: .asserted, sentence: scope.sentence,
            within: scope.quotation)
        var before = index
        if before > start, words[before - 1].isPunctuation, !words[before - 1].isQuoteMark { before -= 1 }
        // "…, and, according to X, made some rich": what follows has no subject of its own
        if before > start, words[before - 1].isAny(.conjunction), source.upperBound + 1 < end,
            words[source.upperBound].mark == UInt8(ascii: ",")
        {
            draft.content = [source.upperBound + 1..<end]
            return draft
        }
        let isInserted = before < index && source.upperBound < end && words[source.upperBound].isPunctuation
        if before - start >= (isInserted ? 1 : 3), !words[start].isAny([.opener, .preposition]) || before - start >= 3 {
            draft.content.append(start..<before)
        }
        if index == start, source.upperBound < end, !words[source.upperBound].isPunctuation,
            clauses.verb(ofClauseAt: source.upperBound, to: end) != nil
        {
            draft.content = [source.upperBound..<end]
            return draft
        }
        // an apposition to the source stands between it and the content
        var comma = (source.upperBound..<end).first { words[$0].mark == UInt8(ascii: ",") }
        if draft.content.isEmpty, let first = comma, first + 1 < end,
            words[first + 1].isAny([.determiner, .relative]), !words[first + 1].isAny(.pronoun),
            let second = (first + 1..<end).first(where: { words[$0].mark == UInt8(ascii: ",") }),
            second - first < 16, words[second - 1].mark == 0,
            words[first + 1].isAny(.relative) || isApposition(first + 1, second)
        {
            comma = second
        }
        if let comma, comma + 3 < end, words[comma + 1].isAny(.relative) == false || !draft.content.isEmpty {
            draft.content.append(comma + 1..<end)
        }
        if draft.content.isEmpty, [UInt8(ascii: ":"), UInt8(ascii: ",")].contains(words[end - 1].mark) {
            draft.awaitsContent = true
        }
        return draft.content.isEmpty && !draft.awaitsContent ? nil : draft
    }

    private func isApposition(_ first: Int, _ end: Int) -> Bool {
        !words[first..<end].contains { $0.isAny(.auxiliary) }
            && words[first..<end].contains { $0.isAny([.personRole, .groupRole]) }
    }

    /// "claims that …", "there were reports that …" with the noun at `index`.
    func noun(at index: Int, _ cue: Cue, _ scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        if let found = introduced(at: index, cue, scope) { return found }
        guard let stance = cue.nounStance, index + 3 < end, words[index + 1].isAny(.that),
            !words[index + 2].isPunctuation, !words[index + 2].isAny([.auxiliary, .negation, .finite])
        else { return nil }
        if !cue.frames.isEmpty {
            guard index > start, words[index - 1].isAny([.determiner, .possessive, .be, .preposition]) else {
                return nil
            }
        }
        var draft = Draft(
            cue: index..<index + 1, content: [index + 1..<end], stance: scope.isQuestion ? .questioned : stance,
            sentence: scope.sentence, within: scope.quotation)
        if index > start, words[index - 1].isAny(.possessive) {
            draft.source =
                phrases.isPossessiveMark(index - 1)
                ? phrases.ending(at: index - 1, from: start) : index - 1..<index
        } else if index > start + 1, words[index - 1].isAny(.be), words[index - 2].key == Self.there {
            draft.cue = index - 2..<index + 1
        } else if let voice = leads.voice(of: index, from: start) {
            draft.source = voice.source
            draft.cue = voice.cue
            if voice.isDenied, !scope.isQuestion { draft.stance = .denied }
        }
        return draft
    }

    /// "their claims of fraud", "the mayor's promise to act", "his view is that …" with the noun at `index`.
    func owned(at index: Int, _ cue: Cue, _ scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard let stance = cue.nounStance, index > start, index + 2 < end, words[index - 1].isAny(.possessive) else {
            return nil
        }
        let source =
            phrases.isPossessiveMark(index - 1) ? phrases.ending(at: index - 1, from: start) : index - 1..<index
        var draft = Draft(
            source: source, cue: index..<index + 1, content: [], kind: .topic, stance: stance, sentence: scope.sentence,
            within: scope.quotation)
        let next = words[index + 1]
        if next.isAny(.be), words[index + 2].isAny(.that), clauses.isClause(behindThat: index + 2, to: end) {
            draft.kind = .clause
            draft.content = [index + 2..<clauses.end(ofContentAt: index + 2, to: end)]
        } else if cue.nounFrames.contains(.prepositional), Self.links.contains(next.key) {
            draft.content = [index + 2..<clauses.end(ofPhraseThrough: index + 3, to: end)]
        } else if cue.nounFrames.contains(.infinitive), next.key == Self.to, words[index + 2].forms.contains(.base) {
            draft.kind = .intention
            draft.content = [index + 1..<clauses.end(ofInfinitiveAt: index + 1, to: end)]
        } else {
            return nil
        }
        return draft
    }

    /// "there were claims of fraud", "the view in the town is that …", "makes a claim of some weight: …" with the noun at
    /// `index`.
    private func introduced(at index: Int, _ cue: Cue, _ scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard let stance = cue.nounStance, index > start, index + 3 < end, !words[index + 1].isAny(.that) else {
            return nil
        }
        var draft = Draft(
            cue: index..<index + 1, content: [], stance: stance, sentence: scope.sentence, within: scope.quotation)
        if index > start + 1, words[index - 1].isAny(.be), words[index - 2].key == Self.there,
            cue.nounFrames.contains(.prepositional), words[index + 1].key == Self.of
        {
            draft.cue = index - 2..<index + 1
            draft.kind = .topic
            draft.content = [index + 2..<clauses.end(ofPhraseThrough: index + 3, to: end)]
            return draft
        }
        guard
            words[index - 1].isAny(.determiner) || words[index - 1].forms.contains(.adjective)
                || words[index - 1].forms.contains(.progressive)
        else { return nil }
        for at in index + 1..<min(end - 2, index + Self.farthest) {
            if words[at].isAny(.be), words[at + 1].isAny(.that), clauses.isClause(behindThat: at + 1, to: end) {
                draft.content = [at + 1..<clauses.end(ofContentAt: at + 1, to: end)]
                return draft
            }
            if words[at].mark == UInt8(ascii: ":"), clauses.verb(ofClauseAt: at + 1, to: end) != nil,
                let voice = leads.voice(of: index, from: start), !voice.isDenied
            {
                draft.source = voice.source
                draft.cue = voice.cue
                draft.content = [at + 1..<end]
                return draft
            }
            if words[at].isPunctuation || words[at].isAny([.that, .relative]) { return nil }
        }
        return nil
    }

    private static let farthest = 12
    private static let links = Set(["of", "for", "about", "against"].map { Folding.key($0) })

    /// "reportedly" at `index`: the clause around it, without a source.
    func hedge(at index: Int, _ scope: Scope) -> Draft? {
        guard words[index].isAny(.hedge) else { return nil }
        let start = scope.range.lowerBound, end = scope.range.upperBound
        let breaks: (Int) -> Bool = { at in
            if words[at].mark == UInt8(ascii: ";") || words[at].mark == UInt8(ascii: ":") { return true }
            // another clause with a subject of its own
            return words[at].mark == UInt8(ascii: ",") && at + 2 < end && words[at + 1].isAny(.conjunction)
                && clauses.verb(ofClauseAt: at + 2, to: end) != nil
        }
        var first = (start..<index).last(where: breaks).map { $0 + 1 } ?? start
        var last = (index..<end).first(where: breaks) ?? end
        // "one of the highest tolls, reportedly 40 a year": only what follows
        if index > first, !isPredicate(behind: index, end) {
            first = index + 1
            last = (first..<last).first { words[$0].mark == UInt8(ascii: ",") } ?? last
        }
        guard last - first > 1 else { return nil }
        return Draft(
            cue: index..<index + 1, content: [first..<last], stance: .hedged, sentence: scope.sentence,
            within: scope.quotation)
    }

    /// Whether the adverb at `index` stands at the verb of its clause.
    private func isPredicate(behind index: Int, _ end: Int) -> Bool {
        guard index + 1 < end else { return true }
        let next = words[index + 1], before = words[index - 1]
        if next.key == Self.by { return true }
        if before.isPunctuation || before.isAny(.preposition) {
            return !before.isPunctuation || reading.isFiniteVerb(index + 1) ? reading.isFiniteVerb(index + 1) : false
        }
        return next.isPunctuation || before.isAny(.auxiliary) || reading.isFiniteVerb(index + 1)
            || !next.forms.isDisjoint(with: [.past, .progressive, .third]) || next.isAdverb
    }

    private static let according = Folding.key("according")
    private static let per = Folding.key("per")
    private static let by = Folding.key("by")
    private static let `in` = Folding.key("in")
    private static let of = Folding.key("of")
    private static let reach = 7
    private static let accounts = Set(
        ["account", "accounts", "estimate", "estimates", "report", "reports", "tradition"].map { Folding.key($0) })
    private static let views = Set(["view", "opinion", "words", "telling"].map { Folding.key($0) })
    private static let to = Folding.key("to")
    private static let there = Folding.key("there")
}
