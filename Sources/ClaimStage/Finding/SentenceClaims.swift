import StageKit
import Text

/// Finds the claims of each sentence.
struct SentenceClaims {
    private let reading: Reading
    private let phrases: NounPhrases
    private let parentheses: ParentheticalClaims
    private let verbs: VerbClaims
    private let objects: ObjectClaims
    private let cues: CueClaims
    private let named: NamedSources
    private let nouns: NounClaims
    private let cited: CitedSources
    private let adjectives: AdjectiveClaims

    /// A finder over `reading`.
    init(_ reading: Reading, _ model: PointerModel) {
        self.reading = reading
        let phrases = NounPhrases(reading)
        self.phrases = phrases
        parentheses = ParentheticalClaims(reading, phrases)
        verbs = VerbClaims(reading, phrases)
        objects = ObjectClaims(reading, phrases, verbs)
        cues = CueClaims(reading, phrases, verbs, model)
        named = NamedSources(reading, phrases)
        nouns = NounClaims(reading, phrases, verbs)
        adjectives = AdjectiveClaims(reading, phrases, verbs)
        cited = CitedSources(reading, phrases)
    }

    /// The claims of the sentence at `index`, in order of their cues.
    func drafts(inSentence index: Int, _ buffer: inout FeatureBuffer) -> [Draft] {
        let range = reading.sentences[index]
        var drafts: [Draft] = []
        var hedges: [Draft] = []
        var covered = range.lowerBound
        for at in range {
            let word = reading.words[at]
            guard word.cue != nil || word.isAny(.hedge) || NamedSources.openers.contains(word.key)
            else { continue }
            let scope = Scope(of: at, in: range, sentence: index, words: reading.words)
            if word.isAny(.hedge) {
                if let draft = named.hedge(at: at, scope) { hedges.append(draft) }
            } else if let draft = named.according(at: at, scope) {
                drafts.append(draft)
                if let cue = draft.cue { covered = cue.upperBound }
            } else if at >= covered, let cue = word.cue, !isPartOfName(at, in: range), !isNoun(at, cue, in: range),
                let draft = draft(at, cue, scope, &buffer),
                !isTaken(draft, by: drafts)
            {
                drafts.append(cue.form == .progressive ? withSpeaker(draft, of: drafts) : draft)
            }
        }
        takeUp(&drafts)
        cited.complete(&drafts, in: range, sentence: index)
        let own = absorbed(hedges, into: &drafts)
        return drafts + own
    }

    /// "Weir argued that the wall was old, as the court found", "…, which she denies": what another claim gives right before
    /// is what is found or denied.
    private func takeUp(_ drafts: inout [Draft]) {
        for k in drafts.indices where drafts[k].takesUp {
            guard let last = drafts[k].content.first?.upperBound else { continue }
            let other = drafts.last { other in
                !other.takesUp && other.kind == .clause
                    && other.content.contains { $0.upperBound == last || $0.upperBound == last + 1 }
            }
            if let other, drafts[k].content.count == 1 { drafts[k].content = other.content }
        }
    }

    /// The claim at a cue: speech between marks, a clause by its pattern, else what the pointers find.
    private func draft(_ at: Int, _ cue: Cue, _ scope: Scope, _ buffer: inout FeatureBuffer) -> Draft? {
        var asked = cue
        // what may stand beside a quotation only is looked for as speech, and must then be quoted
        if cue.frames.contains(.quoting) { asked.frames.insert(.speech) }
        var found =
            parentheses.draft(around: at, asked, scope) ?? nouns.noun(at: at, cue, scope) ?? nouns.owned(
                at: at, cue, scope)
            ?? verbs.draft(verb: at, cue: asked, scope: scope)
        if cue.frames.contains(.quoting), let draft = found, !draft.awaitsContent, !isQuoted(draft, scope) {
            found = nil
        }
        if let draft = found, draft.isBare, !cues.seesClause(at: at, scope, &buffer) { found = nil }
        if cue.adjectiveStance != nil, let draft = adjectives.draft(at: at, cue, scope) { found = draft }
        if let draft = found, isOwnThought(draft, cue, scope) { found = nil }
        let other = found ?? objects.draft(at: at, cue, scope) ?? cues.draft(at: at, cue, scope, &buffer)
        var draft = found ?? other.flatMap { speaksOfItself($0, scope) ? nil : $0 }
        draft?.isSpeech = !cue.frames.isDisjoint(with: [.speech, .voicing])
        return draft
    }

    /// Whether the words beside the cue are a quotation.
    private func isQuoted(_ draft: Draft, _ scope: Scope) -> Bool {
        draft.content.contains { piece in
            let words = reading.words[piece].filter { !$0.isPunctuation }
            return words.first?.quotation != nil && words.first?.quotation != scope.quotation
                && words.last?.quotation == words.first?.quotation
        }
    }

    /// Whether somebody who is quoted tells what he thinks, or says by these very words that he says it: "I think the
    /// wall is safe", "we warn them that it is not". Both are in his claim. What he said before is a claim of its own.
    private func isOwnThought(_ draft: Draft, _ cue: Cue, _ scope: Scope) -> Bool {
        guard scope.quotation != nil, let source = draft.source, source.count == 1,
            reading.words[source.lowerBound].isAny(.first)
                || Self.anybody.contains(reading.words[source.lowerBound].key)
        else { return false }
        return !cue.frames.contains(.speech) || cue.stance == .hedged
            || cue.form.isDisjoint(with: [.past, .participle])
    }

    /// Whether somebody who is quoted speaks of what he wants or names himself: these words are in his claim.
    private func speaksOfItself(_ draft: Draft, _ scope: Scope) -> Bool {
        guard scope.quotation != nil, let source = draft.source, source.count == 1 else { return false }
        return reading.words[source.lowerBound].isAny(.first) || reading.words[source.lowerBound].key == Self.you
    }

    /// Whether the word is part of a name or of a compound: "the State Department", "50-state".
    private func isPartOfName(_ index: Int, in sentence: Range<Int>) -> Bool {
        let words = reading.words
        if let mention = words[index].mention, reading.mentions[mention].kind.isName { return true }
        guard index > sentence.lowerBound else { return false }
        let before = words[index - 1]
        if words[index].isCapital, !before.isPunctuation { return true }
        return before.mark == UInt8(ascii: "-") && before.span.count == 1 && before.span.end == words[index].span.start
    }

    /// Whether a form that is a noun as well stands where no verb of that form can: in the third person behind nothing but
    /// an adjective, in its first form right behind a name. "Other states", "the most populous US state".
    private func isNoun(_ index: Int, _ cue: Cue, in sentence: Range<Int>) -> Bool {
        guard cue.frames.contains(.nounlike) else { return false }
        if index == sentence.lowerBound {
            // "State Senator Holm remarked": not an order
            guard cue.form == .base, index + 1 < sentence.upperBound else { return false }
            return reading.words[index + 1].isCapital || isHead(behind: index, in: sentence)
        }
        let before = reading.words[index - 1]
        if !cue.form.isDisjoint(with: [.base, .third]), isNounBefore(index + 1, behind: before, in: sentence) {
            return true
        }
        if cue.form == .base, isHead(behind: index, in: sentence) { return true }
        // "the two-state report"
        if cue.form == .base, index > sentence.lowerBound + 1, reading.words[index - 2].mark == UInt8(ascii: "-"),
            before.forms.contains(.noun), !before.isName
        {
            return true
        }
        if cue.form == .third, isObject(before: index, in: sentence) { return true }
        if cue.form == .third {
            // "denied reports that …"
            return (before.forms == .adjective || before.forms == .past && !before.isAny(.auxiliary)) && !before.isName
        }
        return cue.form == .base && (before.isName || isBehindTitle(index, in: sentence))
    }

    /// Whether what stands behind a form that is a noun as well goes with a noun: an auxiliary, "where" without a subject
    /// right before ("which figures do they admire", "towns, or states where …"), or, behind "that", a noun and its verb
    /// ("that state plans would fail").
    private func isNounBefore(_ next: Int, behind before: Word, in sentence: Range<Int>) -> Bool {
        guard next < sentence.upperBound else { return false }
        let word = reading.words[next]
        let isSubject = before.isName || before.isAny([.subject, .pronoun, .relative, .adverb])
        if !isSubject, word.isAny(.auxiliary) || word.key == Self.where { return true }
        return before.isAny(.that) && !before.isName && word.forms.contains(.plural) && !word.isAny(.determiner)
    }

    /// Whether what stands before is the object of a verb: "repeats this view in Harbour News comments".
    private func isObject(before index: Int, in sentence: Range<Int>) -> Bool {
        guard let phrase = phrases.ending(at: index, from: sentence.lowerBound), phrase.lowerBound > sentence.lowerBound
        else { return false }
        let verb = phrase.lowerBound - 1
        return reading.isFiniteVerb(verb) && !reading.words[verb].isAny(.auxiliary)
            && reading.words[verb].cue.map { $0.frames.isDisjoint(with: [.bare, .that]) } ?? true
    }

    /// Whether a few words in marks stand right before: "the “Safe Harbours” plan".
    private func isBehindTitle(_ index: Int, in sentence: Range<Int>) -> Bool {
        let mark = index - 1
        guard reading.words[mark].isQuoteMark, reading.words[mark].span.end < reading.words[index].span.start,
            let open = (max(sentence.lowerBound, mark - 5)..<mark).last(where: { reading.words[$0].isQuoteMark }),
            open > sentence.lowerBound
        else { return false }
        return reading.words[open - 1].isAny([.determiner, .possessive])
    }

    /// Whether the word only describes the noun behind it, which has a verb: "which state media said".
    private func isHead(behind index: Int, in sentence: Range<Int>) -> Bool {
        guard index + 2 < sentence.upperBound else { return false }
        let next = reading.words[index + 1]
        return !next.isPunctuation && !next.isAny([.determiner, .pronoun, .that, .auxiliary, .preposition])
            && (next.forms.contains(.noun) || next.isAny([.personRole, .groupRole]) || Self.media == next.key)
            && reading.words[index + 2].cue?.frames.contains(.speech) == true
            && reading.isFiniteVerb(index + 2)
    }

    /// Whether the cue is a noun: "his refusal".
    private func isNounAlone(_ cue: Range<Int>) -> Bool {
        reading.words[cue.upperBound - 1].cue.map { $0.frames.isEmpty } ?? false
    }

    /// Whether "statement" only stands between a verb and its content: "said in a statement that …".
    private func isTaken(_ draft: Draft, by drafts: [Draft]) -> Bool {
        guard draft.source == nil, let cue = draft.cue, let first = draft.content.first?.lowerBound else {
            return false
        }
        return drafts.contains { other in
            other.content.first?.lowerBound == first && other.cue.map { $0.upperBound <= cue.lowerBound } ?? false
        }
    }

    /// "…, he said, adding that …": a loose participle has the source of the verb before it.
    private func withSpeaker(_ draft: Draft, of drafts: [Draft]) -> Draft {
        guard let cue = draft.cue, cue.lowerBound > 0, reading.words[cue.lowerBound - 1].isPunctuation,
            let source = drafts.last(where: {
                $0.source != nil && $0.within == draft.within && $0.cue.map(isNounAlone) != true
            })?.source
        else { return draft }
        var draft = draft
        draft.source = source
        return draft
    }

    /// A hedge inside somebody's words makes those words hedged; the others are claims of their own.
    private func absorbed(_ hedges: [Draft], into drafts: inout [Draft]) -> [Draft] {
        var own: [Draft] = []
        for hedge in hedges {
            guard let at = hedge.cue?.lowerBound else { continue }
            let hit = drafts.firstIndex { $0.content.contains { $0.contains(at) } || $0.cue?.contains(at) == true }
            if let hit {
                if drafts[hit].stance == .asserted { drafts[hit].stance = .hedged }
            } else if own.isEmpty {
                own.append(hedge)
            }
        }
        return own
    }

    private static let `where` = Folding.key("where")
    private static let media = Folding.key("media")
    private static let anybody = Set(["you", "one", "people"].map { Folding.key($0) })
    private static let you = Folding.key("you")
}
