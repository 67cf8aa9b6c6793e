import StageKit

/// Finds what a noun of saying gives: "claims that …", "X's view is that …", "raised concerns about …".
struct NounClaims {
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

    /// "claims that …", "there were reports that …" with the noun at `index`.
    func noun(at index: Int, _ cue: Cue, _ scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        if let found = introduced(at: index, cue, scope) { return found }
        guard let stance = cue.nounStance, index + 3 < end else { return nil }
        if let given = given(at: index, stance, scope) { return given }
        guard words[index + 1].isAny(.that), !words[index + 2].isPunctuation,
            !words[index + 2].isAny([.auxiliary, .finite]),
            !words[index + 2].isAny(.negation) || words[index + 2].isAny([.subject, .determiner, .pronoun]),
            // "announced the decision that night"
            clauses.isClause(behindThat: index + 1, to: end)
        else { return nil }
        if !cue.frames.isEmpty {
            guard index > start, words[index - 1].isAny([.determiner, .possessive, .be, .preposition]) else {
                return nil
            }
        }
        var draft = Draft(
            cue: index..<index + 1, content: [index + 1..<endOfClause(behind: index + 1, start, end)],
            stance: scope.isQuestion ? .questioned : stance,
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

    /// "has plans to build", "made a pledge to resign", "the request of X to close it" with the noun at `index`.
    private func plan(at index: Int, _ cue: Cue, _ draft: Draft, _ start: Int, _ end: Int) -> Draft? {
        guard cue.nounFrames.contains(.infinitive), !words[index - 1].isAny(.possessive) else { return nil }
        var to = index + 1
        var source: Range<Int>?
        if Self.givers.contains(words[to].key), let giver = phrases.beginning(at: to + 1, to: end), giver.count < 8,
            giver.contains(where: { reading.isName($0) || words[$0].isAny([.personRole, .groupRole]) })
        {
            source = giver
            to = giver.upperBound
        }
        guard to + 1 < end, words[to].key == Self.to, words[to + 1].forms.contains(.base) else { return nil }
        var draft = draft
        if source == nil {
            let before =
                words[index - 1].isAny(.determiner) || words[index - 1].forms.contains(.adjective)
                ? index - 2 : index - 1
            if before > start, Self.have.contains(words[before].key) {
                source = phrases.ending(at: before, from: start)
                draft.cue = before..<index + 1
            } else if let voice = leads.voice(of: index, from: start) {
                source = voice.source
                draft.cue = voice.cue
                if voice.isDenied { draft.stance = .denied }
            }
        }
        guard let source else { return nil }
        draft.source = source
        draft.kind = .intention
        draft.content = [to..<clauses.end(ofInfinitiveAt: to, to: end)]
        return draft
    }

    /// "assurances from X that …", "the belief of X that …" with the noun at `index`.
    private func given(at index: Int, _ stance: Claim.Stance, _ scope: Scope) -> Draft? {
        let end = scope.range.upperBound
        guard Self.givers.contains(words[index + 1].key), let source = phrases.beginning(at: index + 2, to: end),
            source.count < 8, source.upperBound + 2 < end, words[source.upperBound].isAny(.that),
            !words[source.upperBound + 1].isAny([.auxiliary, .negation]),
            clauses.isClause(behindThat: source.upperBound, to: end),
            !source.contains(where: { reading.isFiniteVerb($0) }),
            source.contains(where: { reading.isName($0) || words[$0].isAny([.personRole, .groupRole]) })
        else { return nil }
        let first = source.upperBound
        return Draft(
            source: source, cue: index..<index + 1,
            content: [first..<endOfClause(behind: first, scope.range.lowerBound, end)],
            stance: scope.isQuestion ? .questioned : stance, sentence: scope.sentence, within: scope.quotation)
    }

    /// Where the clause behind "that" at `that` ends; where its noun is the subject of the sentence, before the verb of
    /// that: "the claim that the wall was safe was wrong".
    private func endOfClause(behind that: Int, _ start: Int, _ end: Int) -> Int {
        let last = clauses.end(ofContentAt: that, to: end)
        guard !(start..<that).contains(where: { reading.isFiniteVerb($0) }),
            let verb = clauses.verb(ofClauseAt: that + 1, to: end)
        else { return last }
        var at = verb
        while at < last, reading.isFiniteVerb(at) || words[at].isAny(.auxiliary) || words[at].isAdverb { at += 1 }
        for index in at + 1..<max(at + 1, last) {
            let word = words[index]
            if word.isAny([.relative, .that, .clausal, .subordinator, .conjunction]) || word.isPunctuation {
                return last
            }
            if word.isAny(.auxiliary), reading.isFiniteVerb(index), words[index - 1].key != Self.to,
                !words[index - 1].isAny([.pronoun, .subject])
            {
                return index
            }
        }
        return last
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
        if let plan = plan(at: index, cue, draft, start, end) { return plan }
        if Self.subjects.contains(words[index + 1].key) {
            // "a debate about whether …"
            if words[index + 2].isAny(.clausal), !words[index + 2].isAny([.relative, .subordinator]) {
                draft.content = [index + 2..<clauses.end(ofContentAt: index + 2, to: end)]
                if let voice = leads.voice(of: index, from: start), !voice.isDenied {
                    draft.source = voice.source
                    draft.cue = voice.cue
                } else if words[index + 1].key == Self.of {
                    // "a description of what you want": nobody gives it
                    return nil
                }
                return draft
            }
            // "raised concerns about the wall", "paints a picture of fraud"
            if cue.nounFrames.contains(.prepositional), let voice = leads.voice(of: index, from: start) {
                draft.source = voice.source
                draft.cue = voice.cue
                if voice.isDenied { draft.stance = .denied }
                draft.kind = .topic
                draft.content = [index + 2..<clauses.end(ofPhraseThrough: index + 3, to: end)]
                return draft
            }
        }
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

    private static let have = Set(["have", "has", "had"].map { Folding.key($0) })
    private static let farthest = 12
    private static let subjects = Set(["about", "over", "of", "on", "against"].map { Folding.key($0) })
    private static let givers = Set(["from", "by", "of", "among"].map { Folding.key($0) })
    private static let links = Set(["of", "for", "about", "against"].map { Folding.key($0) })
    private static let of = Folding.key("of")
    private static let to = Folding.key("to")
    private static let there = Folding.key("there")
}
