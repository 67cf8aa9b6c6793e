import StageKit
import Text

/// Finds the finite verb of a clause, without a parser: where a subject begins, and a verb of its own follows before
/// anything that would need another.
struct ClauseTest {
    private let reading: Reading
    private let words: [Word]
    private let phrases: NounPhrases

    /// A test over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases) {
        self.reading = reading
        words = reading.words
        self.phrases = phrases
    }

    /// The finite verb of the clause whose subject begins at `start`; nil where none begins there before `end`.
    func verb(ofClauseAt start: Int, to end: Int) -> Int? {
        let first = pastQuantifier(start, end)
        guard first + 1 < end else { return nil }
        let word = words[first]
        if word.isAny(.pronoun), !word.isAny([.determiner, .relative]) {
            // "he and his wife were ill"
            if words[first + 1].isAny(.conjunction), first + 2 < end {
                // "whether you knew it or not"
                return word.isAny(.neuter) ? nil : verb(ofPhrase: first + 1, end)
            }
            return verb(ofPronoun: first, end)
        }
        if word.isPunctuation && !word.isQuoteMark || word.key == Self.to { return nil }
        if word.isAny([.preposition, .auxiliary, .conjunction, .relative]) { return nil }
        if word.isAny(.subordinator) {
            guard Self.concessive.contains(word.key) else { return nil }
            return (first + 1..<end).first { isVerb($0) }
        }
        return verb(ofPhrase: first, end)
    }

    /// Where "that" at `index` introduces a clause: not as the determiner of a noun ("that side of the work"), nor as the
    /// subject of a relative clause ("a demand that creates jobs").
    func isClause(behindThat index: Int, to end: Int) -> Bool {
        guard index + 1 < end else { return false }
        let next = words[index + 1]
        if next.isPunctuation {
            return next.isQuoteMark || next.mark == UInt8(ascii: ",") && end - index > 6
                || next.mark == UInt8(ascii: "-") || next.mark == UInt8(ascii: "[") || next.mark == UInt8(ascii: ".")
        }
        if next.isAny(.particle) { return false }
        // "I find that odd, so I left"
        if next.forms == .adjective, index + 2 < end, !isElliptic(index + 3, end),
            words[index + 2].isPunctuation || words[index + 2].isAny([.conjunction, .subordinator])
        {
            return false
        }
        if reading.isFiniteVerb(index + 1), !next.isAny(.auxiliary) { return false }
        if next.isAny([.subject, .subordinator]) { return true }
        for at in index + 2..<max(index + 2, min(end, index + Self.reach)) {
            if words[at].isAny(.that), !words[at - 1].isPunctuation, !words[at - 1].forms.contains(.noun) {
                return false
            }
            if isVerb(at) || isSubjunctive(at) || isBehindPlural(at) || words[at].isQuoteMark { return true }
        }
        return end - index > Self.reach
    }

    /// The verb of a pronoun: right behind it but for adverbs, in any form that goes with a subject.
    private func verb(ofPronoun first: Int, _ end: Int) -> Int? {
        var at = first + 1
        while at < end, at - first < 6 {
            let word = words[at]
            if word.isQuoteMark {
                at += 1
                continue
            }
            if isVerb(at) { return at }
            if word.forms.contains(.base), !word.isAny([.preposition, .determiner]), words[first].isAny(.subject) {
                return at
            }
            guard word.isAdverb else { break }
            at += 1
        }
        return nil
    }

    /// The verb of a noun phrase, behind its relative clauses and appositions.
    private func verb(ofPhrase first: Int, _ end: Int) -> Int? {
        var below = 0
        var at = first + 1
        while at < min(end, first + Self.reach) {
            let word = words[at]
            if word.mark == UInt8(ascii: "(") {
                at = (at..<min(end, at + 12)).first { words[$0].mark == UInt8(ascii: ")") } ?? end
            } else if word.mark == UInt8(ascii: ",") {
                // "the mayor of Saltby, Mira Holm, was …"
                let comma = (at + 1..<max(at + 1, min(end - 1, at + 16))).first {
                    words[$0].mark == UInt8(ascii: ",")
                        && (isVerb($0 + 1) || $0 + 2 < end && words[$0 + 1].isQuoteMark && isVerb($0 + 2))
                }
                guard let comma, words[at + 1].key != Self.but else { return nil }
                return comma + 1
            } else if word.isPunctuation, word.mark != UInt8(ascii: "-"), !word.isQuoteMark {
                return nil
            } else if word.isAny([.relative, .that]) {
                below += 1
            } else if isElliptic(at, end) {
                at += 1
            } else if word.isAny([.subordinator, .clausal]), !word.isAny(.conjunction), word.key != Self.once {
                return nil
            } else if word.key == Self.but, words[at - 1].key != Self.all {
                return nil
            } else if isVerb(at), words[at - 1].key != Self.to, !isReduced(at, end) {
                if below == 0 { return at }
                below -= 1
            }
            at += 1
        }
        return nil
    }

    /// Whether the words have a finite verb that is not in a relative clause or behind "that".
    func hasMainVerb(_ range: Range<Int>) -> Bool {
        var below = 0
        for index in range {
            if words[index].isAny([.relative, .that]) {
                below = 1
            } else if isVerb(index), words[max(0, index - 1)].key != Self.to {
                if below == 0 { return true }
                below = 0
            }
        }
        return false
    }

    /// Where a content that begins at `first` ends: at the end of its sentence, or where the author goes on in his own
    /// voice, or tells what the source says next.
    func end(ofContentAt first: Int, to end: Int, stopsAtSemicolon: Bool = true) -> Int {
        // inside a quotation everything is the speaker's
        guard first < end, !words[first].isQuoteMark else { return end }
        let isQuoted = words[first].quotation != nil
        for index in first + 2..<max(first + 2, end - 2) {
            let word = words[index], next = words[index + 1]
            if word.mark == UInt8(ascii: ";"), stopsAtSemicolon {
                let behind = next.isAny(.conjunction) && index + 2 < end ? words[index + 2] : next
                if !behind.isAny(.that) { return index }
            } else if word.mark == UInt8(ascii: ",") {
                if !isQuoted, Self.contrasts.contains(next.key), isOtherClause(index + 2, end) { return index }
                if next.key == Self.but, !isContrast(index + 1, from: first, end) { return index }
                if next.key == Self.meaning || next.cue?.form == .progressive && !isQuoted { return index }
                if next.key == Self.which, isTag(index + 2, end) { return index }
                if next.isAny(.conjunction), isCueAgain(index + 2, end) { return index }
                if next.isAny(.conjunction), !isQuoted, isOtherSpeaker(index + 2, end) { return index }
                // what he who is quoted says besides is not in what he tells of
                if isQuoted, isSpliced(index + 1, end) { return index }
                if next.key == Self.as, isAttribution(index + 2, end) { return index }
                if !isQuoted, isTag(index + 1, end) { return index }
            } else if word.isAny(.conjunction),
                isCueAgain(index + 1, end) || !isQuoted && isOtherSpeaker(index + 1, end)
            {
                return index
            } else if word.isQuoteMark, Self.stops.contains(words[index - 1].mark), words[index - 1].quotation != nil,
                next.isCapital || next.isPunctuation
            {
                return index + 1
            }
        }
        return end
    }

    /// Whether a clause begins at `index` in which somebody else does something: what the author sets beside the content.
    private func isOtherClause(_ index: Int, _ end: Int) -> Bool {
        guard index < end, !words[index].isAny(.pronoun), let verb = verb(ofClauseAt: index, to: end) else {
            return false
        }
        return (index..<verb).contains { at in
            let kind = reading.kind(at: at)
            return kind == .person || kind == .organization || words[at].isAny([.personRole, .groupRole])
        }
    }

    /// Whether "but" at `index` only corrects what is negated before it: "not of foes, but of friends".
    private func isContrast(_ index: Int, from first: Int, _ end: Int) -> Bool {
        guard index + 1 < end, words[max(first, index - 10)..<index].contains(where: { $0.key == Self.not }) else {
            return false
        }
        return words[index + 1].isAny(.preposition) || words[index + 1].key == Self.rather
            || words[index + 1].isAny(.determiner) && verb(ofClauseAt: index + 1, to: end) == nil
    }

    /// Where an infinitive that begins at `first` ends: also before a second finite verb of the subject.
    func end(ofInfinitiveAt first: Int, to end: Int) -> Int {
        let end = self.end(ofContentAt: first, to: end)
        return (first + 2..<max(first + 2, end - 1)).first { index in
            guard words[index].isAny(.conjunction) else { return false }
            var next = index + 1
            while next < end - 1, words[next].isAdverb { next += 1 }
            // "have plans to widen the road and report they are …"
            if let cue = words[next].cue, cue.frames.contains([.speech, .bare]), cue.form.contains(.base),
                words[next + 1].isAny(.subject), verb(ofClauseAt: next + 1, to: end) != nil
            {
                return true
            }
            return words[next].isAny(.auxiliary) && isVerb(next)
        } ?? end
    }

    /// Where a noun phrase whose first words end before `index` ends: with its prepositional phrases, infinitives and
    /// relative clauses, before a mark, a second verb and what tells when or by which means.
    func end(ofPhraseThrough index: Int, to end: Int) -> Int {
        var below = 0
        var at = index
        while at < end {
            let word = words[at]
            if word.mark == UInt8(ascii: "(") {
                guard let close = (at..<min(end, at + 12)).first(where: { words[$0].mark == UInt8(ascii: ")") }) else {
                    return at
                }
                at = close
            } else if word.isPunctuation, word.mark != UInt8(ascii: "-") || word.span.count > 1, !word.isQuoteMark {
                return at
            } else if word.isAny([.relative, .that]) {
                below = 1
            } else if isVerb(at) {
                // a participle behind its noun belongs to it: "the votes counted in May"
                let isParticiple = !word.isAny(.auxiliary) && word.forms.contains(.past)
                if below == 0, !isParticiple || at + 1 < end && !words[at + 1].isAny(.preposition) {
                    return clauseStart(before: at, from: index) ?? at
                }
                below = 0
            } else if word.isAny(.conjunction), at + 1 < end, isVerb(at + 1) || isCueAgain(at + 1, end) {
                return at
            } else if Self.circumstances.contains(word.key)
                || word.isAny(.subordinator) && below == 0 && !(word.key == Self.as && words[at - 1].key == Self.such)
            {
                return at
            } else if word.key == Self.on || word.key == Self.in, at + 1 < end, reading.isDate(at + 1) {
                return at
            }
            at += 1
        }
        return end
    }

    /// Where the clause of the verb at `verb` begins behind a conjunction: "support for these boats and so they were".
    private func clauseStart(before verb: Int, from first: Int) -> Int? {
        guard let joint = (max(first, verb - 5)..<verb).last(where: { words[$0].isAny(.conjunction) }), joint + 1 < verb
        else { return nil }
        let isSubject = (joint + 1..<verb).contains { words[$0].isAny(.subject) || words[$0].isAny(.determiner) }
        return isSubject ? joint : nil
    }

    /// Whether a clause with a pronoun as its subject follows a comma.
    private func isSpliced(_ index: Int, _ end: Int) -> Bool {
        var at = index
        while at < end, at - index < 2, words[at].isAny(.conjunction) || words[at].key == Self.so { at += 1 }
        guard at < end, words[at].isAny(.pronoun), words[at].isAny(.subject) else {
            return at > index && words[index].key == Self.so
        }
        return verb(ofPronoun: at, end) != nil
    }

    /// Whether nothing but somebody and a verb of speech, with who hears it and when, stands up to the end: "…, its
    /// chairman told the council on Friday."
    private func isTag(_ first: Int, _ end: Int) -> Bool {
        guard !words[first].isAny([.relative, .conjunction, .subordinator, .preposition]) else { return false }
        let cue = (first + 1..<max(first + 1, min(end, first + 10))).first { words[$0].isPunctuation || isVerb($0) }
        guard let cue, let verb = words[cue].cue, verb.frames.contains(.speech),
            !verb.form.isDisjoint(with: [.past, .third])
        else { return false }
        return end - cue < 12
            && (cue + 1..<max(cue + 1, end - 1)).allSatisfy {
                !words[$0].isPunctuation && !words[$0].isAny([.that, .clausal]) && !isVerb($0)
            }
    }

    /// Whether "as" before `index` names another source, up to the end of the sentence: "…, as the court found."
    private func isAttribution(_ index: Int, _ end: Int) -> Bool {
        guard let last = (index..<end).last(where: { !words[$0].isPunctuation }), last > index, last - index < 12,
            let cue = words[last].cue
        else { return false }
        return cue.form.isSubset(of: [.past, .participle, .third]) && !cue.frames.isEmpty
    }

    /// Whether a verb of saying without a subject stands at `index`, so that the one before has it too: "said that …, and
    /// warned …".
    func isCueAgain(_ index: Int, _ end: Int) -> Bool {
        var at = index
        while at < end, at - index < 3, words[at].isAdverb, words[at].cue == nil { at += 1 }
        guard at + 1 < end, let cue = words[at].cue, !cue.frames.isDisjoint(with: [.speech, .that]), !words[at].isName
        else { return false }
        return cue.form.isSubset(of: [.past, .participle, .third]) && !words[at + 1].isPunctuation
            && !words[at + 1].isAny(.preposition)
    }

    /// Whether a clause begins at `index` in which somebody says something himself: "said that …, and several said they …".
    private func isOtherSpeaker(_ index: Int, _ end: Int) -> Bool {
        guard index + 3 < end, !words[index].isAny([.that, .relative, .clausal]),
            let verb = verb(ofClauseAt: index, to: end), verb > index, verb + 2 < end, let cue = words[verb].cue,
            cue.frames.contains([.speech, .bare]), !cue.frames.contains(.object),
            !cue.form.isDisjoint(with: [.past, .third])
        else { return false }
        let isSomebody = (index..<verb).contains { at in
            reading.kind(at: at) == .person || words[at].isAny([.personRole, .groupRole])
                || verb - index == 1 && words[at].isAny(.pronoun) && !words[at].isAny([.neuter, .first])
                || verb - index == 1 && Self.somebody.contains(words[at].key)
        }
        let next = words[verb + 1]
        return isSomebody
            && (next.isAny(.that) || next.isQuoteMark || self.verb(ofClauseAt: verb + 1, to: end) != nil)
    }

    private func isVerb(_ index: Int) -> Bool { reading.isFiniteVerb(index) && !phrases.isPossessiveMark(index) }

    /// Whether a past form stands where a participle would: "incidents reported by the police".
    private func isReduced(_ index: Int, _ end: Int) -> Bool {
        guard index + 1 < end, !words[index].isAny(.auxiliary), words[index].forms.contains(.past) else { return false }
        return words[index + 1].key == Self.by
    }

    /// "demanded that the council resign": a first form behind a noun.
    private func isSubjunctive(_ index: Int) -> Bool {
        words[index].key == Self.be || words[index].forms.contains(.base) && !words[index].forms.contains(.noun)
    }

    /// Whether "if" begins no clause: "few if any makers use it".
    private func isElliptic(_ index: Int, _ end: Int) -> Bool {
        index + 1 < end && words[index].key == Self.if && Self.elliptic.contains(words[index + 1].key)
    }

    /// Whether a form that may be a noun as well is the verb of a plural: "that few boats use the lock".
    private func isBehindPlural(_ index: Int) -> Bool {
        let before = words[index - 1]
        return words[index].forms.contains(.base) && before.kind == .word
            && (before.forms.contains(.plural) && !before.forms.contains(.third) || Self.many.contains(before.key))
    }

    /// Past words that only say how many: "at least 40 people".
    private func pastQuantifier(_ start: Int, _ end: Int) -> Int {
        guard start + 3 < end, Self.quantifiers[words[start].key]?.contains(words[start + 1].key) == true else {
            return start
        }
        let at = words[start + 2].key == Self.as ? start + 3 : start + 2
        return words[at].kind == .number || words[at].isAny(.determiner) ? at : start
    }

    private static let reach = 26
    private static let to = Folding.key("to")
    private static let by = Folding.key("by")
    private static let be = Folding.key("be")
    private static let stops = [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")]
    private static let on = Folding.key("on")
    private static let `in` = Folding.key("in")
    private static let circumstances = Set(["via", "during", "amid", "despite"].map { Folding.key($0) })
    private static let which = Folding.key("which")
    private static let not = Folding.key("not")
    private static let rather = Folding.key("rather")
    private static let meaning = Folding.key("meaning")
    private static let so = Folding.key("so")
    private static let such = Folding.key("such")
    private static let but = Folding.key("but")
    private static let all = Folding.key("all")
    private static let somebody = Set(["several", "others", "some", "many", "most"].map { Folding.key($0) })
    private static let `if` = Folding.key("if")
    private static let many = Set(["people", "children", "men", "women"].map { Folding.key($0) })
    private static let elliptic = Set(["any", "anything", "ever", "not"].map { Folding.key($0) })
    private static let contrasts = Set(["while", "whereas"].map { Folding.key($0) })
    private static let once = Folding.key("once")
    private static let `as` = Folding.key("as")
    private static let quantifiers: [UInt64: [UInt64]] = [
        Folding.key("at"): ["least", "most"].map { Folding.key($0) },
        Folding.key("as"): ["many", "much", "few"].map { Folding.key($0) },
        Folding.key("more"): [Folding.key("than")], Folding.key("fewer"): [Folding.key("than")],
        Folding.key("less"): [Folding.key("than")], Folding.key("up"): [to],
    ]
    private static let concessive = Set(["although", "while", "if", "unless"].map { Folding.key($0) })
}
