import StageKit

/// Finds what is said or thought by way of a verb: "X said that …", "…, said X", "it is claimed that …".
struct VerbClaims {
    let reading: Reading
    let words: [Word]
    let phrases: NounPhrases
    let complements: ComplementReader
    let clauses: ClauseTest

    /// A finder over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases) {
        self.reading = reading
        words = reading.words
        self.phrases = phrases
        complements = ComplementReader(reading, phrases)
        clauses = ClauseTest(reading, phrases)
    }

    /// The claim whose cue is the verb at `verb` in `scope`; nil when it gives none.
    func draft(verb: Int, cue: Cue, scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        let group = VerbGroup(verb: verb, from: start, in: words, phrases: phrases)
        guard isVerb(verb, cue, group, start) else { return nil }
        let isImpersonal = cue.frames.contains(.impersonal)
        let subject = subject(of: group, start, cue)
        if isImpersonal, subject.map({ $0.count == 1 && words[$0.lowerBound].isAny(.neuter) }) != true { return nil }
        let complement = complements.complement(
            of: verb, frames: cue.frames, to: end, isPassive: group.isPassive,
            hasSubject: subject?.upperBound == group.range.lowerBound && !group.isInfinitive)
        guard fits(complement, cue, group, subject) else { return nil }
        var draft = Draft(
            cue: group.range, content: [], stance: stance(cue, group, scope), sentence: scope.sentence,
            within: scope.quotation)
        // "Not everyone agreed that …", "Neither Weir nor Holm said …"
        if let subject, draft.stance == .asserted,
            subject.lowerBound > start && words[subject.lowerBound - 1].key == Self.not
                || subject.count <= Self.longestNobody && words[subject.lowerBound].isAny(.negation)
                    && !words[subject.lowerBound].isAny([.pronoun, .adverb])
                    && !subject.contains(where: { words[$0].key == Self.despite })
        {
            draft.stance = .denied
        }
        // "would neither confirm nor deny that …"
        if cue.form == .base, words[group.range.lowerBound].key == Self.nor { return nil }
        if case .question = complement, isOpen(cue, group, subject) { return nil }
        switch complement {
        case .that(let first), .question(let first), .clause(let first):
            guard end - first > 2 || words[end - 1].mark == 0 && end - first > 1 else { return nil }
            draft.content = [
                first..<clauses.end(ofContentAt: first, to: subordinateEnd(subject, start, from: first, to: end))
            ]
            if case .clause = complement { draft.isBare = clauses.verb(ofClauseAt: first, to: end) == nil }
            // "Explaining that …, she left": the subject stands behind
            if subject == nil, cue.form == .progressive, verb == start, let last = draft.content.last?.upperBound,
                last + 1 < end, let next = clauses.verb(ofClauseAt: last + 1, to: end)
            {
                let group = VerbGroup(verb: next, from: last + 1, in: words, phrases: phrases)
                draft.source = last + 1..<max(last + 2, group.range.lowerBound)
                return draft
            }
            // "it is too easy to say that …", "he called a guard to tell how …": nobody says it
            if group.isInfinitive, !group.isPassive {
                let led = sourced(draft, subject, group, start)
                return led.source == nil ? nil : led
            }
            if isImpersonal, let subject {
                draft.cue = subject.lowerBound..<verb + 1
                return draft
            }
            if case .question = complement, draft.stance != .questioned, group.isNegated { draft.stance = .questioned }
            return sourced(draft, subject, group, start)
        case .colon(let first):
            if first < end { draft.content = [first..<end] } else { draft.awaitsContent = true }
            return sourced(draft, subject, group, start)
        case .quotation(let first):
            draft.content = [first..<quotationEnd(first, end)]
            if let left = leftContent(before: subject?.lowerBound ?? group.range.lowerBound, start),
                words[left.upperBound - 1].isQuoteMark
            {
                // "“The wall is old,” said Reed in “Letters to the Harbour”": where it was said
                if first > start, words[first - 1].isAny(.preposition) { draft.content = [] }
                draft.content.insert(left, at: 0)
            }
            return sourced(draft, subject, group, start)
        case .infinitive(let first):
            return infinitive(draft, from: first, to: end, subject, group, start)
        case .rest(let first):
            guard let subject, let owner = antecedent(before: subject.lowerBound, start) else { return nil }
            // "what many suspect is that …"
            if owner.isEmpty, words[first].isAny(.be), first + 2 < end, words[first + 1].isAny(.that) {
                draft.content = [first + 1..<clauses.end(ofContentAt: first + 1, to: end)]
                return sourced(draft, subject, group, start)
            }
            draft.content = owner.isEmpty ? [first..<end] : [owner, first..<clauses.end(ofContentAt: first, to: end)]
            return sourced(draft, subject, group, start)
        case .inverted(let source):
            // "…, claiming fraud": a participle has no subject behind it
            guard !cue.form.isDisjoint(with: [.past, .third]) else { return nil }
            let right = rest(after: source.upperBound, to: end)
            guard let left = leftContent(before: group.range.lowerBound, start, goesOn: goesOn(right)) else {
                return nil
            }
            draft.source = source
            draft.content = [left] + right
            return draft
        case .nothing(let last):
            return trailing(draft, last, cue, subject, group, scope)
        case .other:
            return nil
        }
    }

    /// The clause behind a colon that tells what somebody says or thinks: "what many have suspected: the gate was open".
    private func announced(
        by subject: Range<Int>, behind verb: Int, _ complement: Complement, _ scope: Scope
    ) -> Range<Int>? {
        switch complement {
        case .nothing, .other: break
        default: return nil
        }
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard antecedent(before: subject.lowerBound, start)?.isEmpty == true,
            let colon = (verb + 1..<max(verb + 1, end)).first(where: {
                words[$0].mark == UInt8(ascii: ":") && words[$0].quotation == scope.quotation
            }), colon + 2 < end, clauses.verb(ofClauseAt: colon + 1, to: end) != nil
        else { return nil }
        return colon + 1..<end
    }

    /// Where the content ends that a quotation at `first` begins: with it, if it is a sentence of its own; else it is a part
    /// of what is said.
    private func quotationEnd(_ first: Int, _ end: Int) -> Int {
        guard first + 1 < end, let quotation = words[first + 1].quotation else { return end }
        let last = (first + 1..<end).last { words[$0].quotation == quotation } ?? first
        guard words[first + 1].isCapital else {
            // "saying “stand by” but argued …"
            let close = last + 1 < end && words[last + 1].isQuoteMark ? last + 2 : last + 1
            return close < end && words[close].isAny(.conjunction) && clauses.isCueAgain(close + 1, end) ? close : end
        }
        guard Self.stops.contains(words[last].mark) || clauses.hasMainVerb(first + 1..<last + 1) else { return end }
        let close = last + 1 < end && words[last + 1].isQuoteMark ? last + 2 : last + 1
        // "“The wall was old,” and that it would fall"
        return close + 1 < end && words[close].isAny(.conjunction) && words[close + 1].isAny(.that) ? end : close
    }

    /// Whether the form of the verb goes with its subject and with what follows.
    private func fits(_ complement: Complement, _ cue: Cue, _ group: VerbGroup, _ subject: Range<Int>?) -> Bool {
        let isFinite = !group.isPassive && cue.form.isDisjoint(with: [.base, .progressive])
        switch complement {
        case .inverted, .other, .rest: return true
        case .clause: if subject == nil || group.isInfinitive, !cue.frames.contains(.speech) { return false }
        case .question: if group.isNegated, !cue.frames.contains(.speech) { return false }
        case .nothing:
            guard let subject else { return false }
            if group.isPassive { return words[subject.lowerBound].isAny(.neuter) }
        case .quotation: if !cue.frames.contains(.speech) { return false }
        case .colon: if subject == nil { return false }
        case .that, .infinitive: break
        }
        if isFinite, subject == nil { return false }
        guard cue.frames.contains(.nounlike), cue.form.isDisjoint(with: [.past, .progressive]), let subject,
            group.range.count == 1
        else { return true }
        let first = words[subject.lowerBound]
        return first.isCapital || first.isAny([.determiner, .pronoun, .relative, .possessive])
    }

    /// "…, X said": the content stands before, or on both sides.
    private func trailing(
        _ draft: Draft, _ last: Int, _ cue: Cue, _ subject: Range<Int>?, _ group: VerbGroup, _ scope: Scope
    ) -> Draft? {
        // "They marched through the town, protesting.": a bare participle is a comment on what stands before
        guard !cue.frames.isDisjoint(with: [.speech, .parenthetical]), let subject,
            cue.form != .progressive || group.range.count > 1
        else { return nil }
        let start = scope.range.lowerBound, end = scope.range.upperBound
        var draft = draft
        var border = subject.lowerBound
        // "Reed took the money, which he denies": what stands before
        if border - 2 > start, words[border - 1].key == Self.which, words[border - 2].mark == UInt8(ascii: ",") {
            guard cue.frames.contains(.that), last >= end || words[last].isPunctuation else { return nil }
            draft.content = [start..<border - 2]
            draft.takesUp = true
            return sourced(draft, subject, group, start)
        }
        let hasAs = border > start && words[border - 1].key == Self.as
        if hasAs { border -= 1 }
        let right = rest(after: last, to: end)
        if let left = leftContent(before: border, start, goesOn: goesOn(right)) {
            draft.content = [left] + right
        } else if last + 2 < end, words[last].mark == UInt8(ascii: ","), hasAs || border == start,
            !words[last + 1].isAny([.conjunction, .relative]), words[last + 1].cue?.form != .progressive
        {
            draft.content = [last + 1..<end]
        } else {
            return nil
        }
        return sourced(draft, subject, group, start)
    }

    /// "X claims to have …" gives X's words; "X is thought to have …" gives nobody's.
    private func infinitive(
        _ draft: Draft, from first: Int, to end: Int, _ subject: Range<Int>?, _ group: VerbGroup, _ start: Int
    ) -> Draft? {
        var draft = draft
        guard group.isPassive else {
            draft.content = [first..<clauses.end(ofInfinitiveAt: first, to: end)]
            draft.kind = .intention
            return sourced(draft, subject, group, start)
        }
        guard let subject else { return nil }
        let last = subordinateEnd(subject, start, from: first, to: end)
        draft.content = [introduced(subject, start), first..<clauses.end(ofInfinitiveAt: first, to: last)]
        if draft.stance == .asserted { draft.stance = .hedged }
        return draft
    }

    /// The subject with a phrase of time or place that the sentence begins with: "Since 2012, 5,000 people …".
    private func introduced(_ subject: Range<Int>, _ start: Int) -> Range<Int> {
        let first = subject.lowerBound
        guard first > start + 1, words[first - 1].mark == UInt8(ascii: ","), first - start < 14,
            words[start].isAny(.preposition) || words[start].isDate,
            !(start..<first - 1).contains(where: {
                words[$0].isPunctuation || words[$0].cue?.frames.contains(.speech) == true || reading.isFiniteVerb($0)
            })
        else { return subject }
        return start..<subject.upperBound
    }

    /// The draft with its source; a passive has none but the one that "by" names.
    private func sourced(_ draft: Draft, _ subject: Range<Int>?, _ group: VerbGroup, _ start: Int) -> Draft {
        var draft = draft
        guard group.isPassive else {
            draft.source = group.isInfinitive ? leader(of: group, start, &draft) : subject
            return draft
        }
        let after = group.range.upperBound
        if after < words.count, words[after].key == Self.by {
            draft.source = phrases.beginning(at: after + 1, to: draft.content.first?.lowerBound ?? words.count)
        }
        if let subject, subject.count == 1, words[subject.lowerBound].isAny([.neuter]) {
            draft.cue = subject.lowerBound..<after
            if draft.source == nil, draft.stance == .asserted,
                words[group.range.upperBound - 1].cue.map(isFactive) != true
            {
                draft.stance = .hedged
            }
        }
        return draft
    }

    private func isFactive(_ cue: Cue) -> Bool { cue.frames.contains(.factive) }

    /// Who says what an infinitive gives: the subject of the word that the infinitive depends on, where that leaves it to
    /// him ("went on to say"), or a pronoun close by ("we want to say"). It changes the stance of what is not said, or
    /// not yet.
    private func leader(of group: VerbGroup, _ start: Int, _ draft: inout Draft) -> Range<Int>? {
        let first = group.range.lowerBound
        for index in stride(from: first - 1, through: max(start + 1, first - 6), by: -1) where index > start {
            let word = words[index]
            if word.isPunctuation || word.isAny([.that, .subordinator, .clausal]) { break }
            guard word.isAny([.says, .refuses, .plans]) else { continue }
            let lead = VerbGroup(verb: index, from: start, in: words, phrases: phrases)
            guard !lead.isInfinitive, reading.isFiniteVerb(index) || lead.range.count > 1,
                let subject = subject(ofVerb: lead, start)
            else { break }
            if word.isAny(.refuses) != lead.isNegated {
                draft.stance = .denied
            } else if !word.isAny([.says, .refuses]), draft.stance == .asserted {
                draft.stance = .conditional
            }
            draft.cue = lead.range.lowerBound..<group.range.upperBound
            return subject
        }
        for index in stride(from: first - 1, through: max(start, first - 6), by: -1) {
            let word = words[index]
            if word.isPunctuation || word.isAny([.that, .subordinator, .preposition, .clausal]) { return nil }
            if word.isAny(.pronoun), !word.isAny(.determiner) {
                // "it is unfair to say": nobody in particular
                return word.isAny(.neuter) ? nil : index..<index + 1
            }
        }
        return nil
    }

    /// What stands before a trailing "X said": up to the comma or the closing mark. Where the clause `goesOn` behind it,
    /// that may be a subject alone.
    private func leftContent(before border: Int, _ start: Int, goesOn: Bool = false) -> Range<Int>? {
        guard border - 2 > start else { return nil }
        let last = words[border - 1]
        let closes =
            last.isQuoteMark
            || [UInt8(ascii: ","), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "-")]
                .contains(last.mark)
        guard closes else { return nil }
        var first =
            (start..<border - 2).last { words[$0].mark == UInt8(ascii: ";") && words[$0].quotation == nil } ?? start
        if first > start { first += 1 }
        // what opens a sentence is no part of what is said, unless it is quoted: "“So they left,” she said"
        let outer = border < words.count ? words[border].quotation : nil
        while first < border - 1, words[first].quotation == outer,
            words[first].isAny(.opener) || words[first].mark == UInt8(ascii: ",")
        { first += 1 }
        let end = last.isQuoteMark ? border : border - 1
        // "calling it a “waste” the mayor said": a few words of another clause
        if last.isQuoteMark, !words[first].isQuoteMark, first < border,
            !words[border - 2].isPunctuation || words[first].forms.contains(.progressive)
        {
            return nil
        }
        if let opening = phrases.quotation(in: first..<end, closedBefore: end) { first = opening }
        guard end - first >= 2 else { return nil }
        let isSubject = goesOn && !words[first].isAny([.preposition, .subordinator])
        return isSubject || isClause(first..<end) ? first..<end : nil
    }

    /// Whether the words are more than an introduction ("In an interview, …") and more than somebody with an apposition
    /// ("The board, a charity, …").
    private func isClause(_ range: Range<Int>) -> Bool {
        if range.contains(where: { words[$0].quotation != nil || words[$0].isQuoteMark }) { return true }
        return clauses.hasMainVerb(range)
    }

    /// Whether the second half of a divided content goes on with the verb of the first.
    private func goesOn(_ rest: [Range<Int>]) -> Bool {
        rest.first.map { words[$0.lowerBound].isAny(.auxiliary) || reading.isFiniteVerb($0.lowerBound) } ?? false
    }

    /// What the relative pronoun right before `border` takes up; empty where it takes up nothing ("what the board says
    /// is …"), nil where none stands there.
    private func antecedent(before border: Int, _ start: Int) -> Range<Int>? {
        guard border > start, words[border - 1].isAny([.relative, .that]) || words[border - 1].key == Self.what else {
            return nil
        }
        var end = border - 1
        if words[end].key == Self.what { return end..<end }
        if end > start, words[end - 1].mark == UInt8(ascii: ",") { end -= 1 }
        // "the case on which they ruled was": the pronoun is no subject
        guard end > start, !words[end - 1].isAny(.preposition) else { return nil }
        // what is no phrase is a clause: "since 2014, which she said was due to …"
        guard let phrase = phrases.ending(at: end, from: start) else { return start..<end }
        let verb = phrase.last { reading.isFiniteVerb($0) }
        return verb.map { $0 + 1 < end ? $0 + 1..<end : phrase } ?? phrase
    }

    /// The second half of a divided content.
    private func rest(after last: Int, to end: Int) -> [Range<Int>] {
        guard last < end, words[last].mark == UInt8(ascii: ","), end - last > 3,
            words[last + 1].cue?.form != .progressive
        else { return [] }
        return [last + 1..<end]
    }

    /// "While he claims …, the papers show …", "Explaining that …, she left": where the main clause begins; `end` when
    /// the verb is not subordinate.
    private func subordinateEnd(_ subject: Range<Int>?, _ start: Int, from first: Int, to end: Int) -> Int {
        if let subject, subject.lowerBound == start || !words[subject.lowerBound - 1].isAny(.subordinator) {
            return end
        }
        if subject == nil, words[start].cue?.form != .progressive { return end }
        return (first..<end).dropFirst(2).dropLast(2).first { index in
            [UInt8(ascii: ","), UInt8(ascii: "-")].contains(words[index].mark)
                && (words[index + 1].isAny([.subject, .determiner]) || words[index + 1].isName
                    || words[index].mark == UInt8(ascii: ",") && clauses.verb(ofClauseAt: index + 1, to: end) != nil)
        } ?? end
    }

    /// How the text stands to what the verb gives.
    func stance(_ cue: Cue, _ group: VerbGroup, _ scope: Scope, kind: Claim.Kind = .clause) -> Claim.Stance {
        // who asks somebody to do something has no question
        let own = kind == .request && cue.stance == .questioned ? .asserted : cue.stance
        if group.isNegated {
            return own == .denied ? .asserted : own == .questioned ? .questioned : .denied
        }
        if scope.isQuestion { return .questioned }
        if group.isConditional || scope.isConditional(before: group.range.lowerBound, words) { return .conditional }
        return own
    }

    private static let stops = [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")]
    private static let longestNobody = 7
    private static let despite = Folding.key("despite")
    private static let nor = Folding.key("nor")
    private static let `as` = Folding.key("as")
    private static let by = Folding.key("by")
    private static let what = Folding.key("what")
    private static let which = Folding.key("which")
    private static let not = Folding.key("not")
    static let but = Folding.key("but")
    static let to = Folding.key("to")
}
