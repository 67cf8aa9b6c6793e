import StageKit

/// Finds the claims of each sentence.
struct SentenceClaims {
    private let reading: Reading
    private let verbs: VerbClaims
    private let named: NamedSources

    /// A finder over `reading`.
    init(_ reading: Reading) {
        self.reading = reading
        let phrases = NounPhrases(reading)
        verbs = VerbClaims(reading, phrases)
        named = NamedSources(reading, phrases)
    }

    /// The claims of the sentence at `index`, in order of their cues.
    func drafts(inSentence index: Int) -> [Draft] {
        let range = reading.sentences[index]
        var drafts: [Draft] = []
        var hedges: [Draft] = []
        for at in range {
            let word = reading.words[at]
            guard word.cue != nil || word.isAny(.hedge) || word.key == Self.according else { continue }
            let scope = Scope(of: at, in: range, sentence: index, words: reading.words)
            if word.isAny(.hedge) {
                if let draft = named.hedge(at: at, scope) { hedges.append(draft) }
            } else if let draft = named.according(at: at, scope) {
                drafts.append(draft)
            } else if let cue = word.cue,
                let draft = named.noun(at: at, cue, scope) ?? verbs.draft(verb: at, cue: cue, scope: scope),
                !isTaken(draft, by: drafts)
            {
                drafts.append(cue.form == .progressive ? withSpeaker(draft, of: drafts) : draft)
            }
        }
        let own = absorbed(hedges, into: &drafts)
        return drafts + own
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
            let source = drafts.last(where: { $0.source != nil && $0.within == draft.within })?.source
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

    private static let according = Folding.key("according")
}
