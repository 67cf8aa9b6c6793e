import StageKit
import Text

/// Finds what the pointers see at a cue where no clause is: what somebody means to do, wants of another, calls
/// something, or speaks of.
struct CueClaims {
    private let words: [Word]
    private let reading: Reading
    private let pointers: Pointers
    private let phrases: NounPhrases
    private let verbs: VerbClaims
    private let clauses: ClauseTest

    /// A finder over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases, _ verbs: VerbClaims, _ model: PointerModel) {
        self.verbs = verbs
        self.reading = reading
        self.phrases = phrases
        words = reading.words
        clauses = ClauseTest(reading, phrases)
        pointers = Pointers(reading, Atoms(reading), model: model)
    }

    /// The claim whose cue is the word at `index`; nil when it gives none, or a clause.
    func draft(at index: Int, _ cue: Cue, _ scope: Scope, _ buffer: inout FeatureBuffer) -> Draft? {
        pointed(at: index, cue, scope, &buffer) ?? object(of: index, cue, scope)
    }

    /// What a verb that gives words has right behind it, where the pointers see nothing: "urged caution".
    private func object(of verb: Int, _ cue: Cue, _ scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard cue.frames.contains([.nominal, .voicing]),
            cue.frames.isDisjoint(with: [.object, .intention, .characterisation]),
            !cue.form.isDisjoint(with: [.past, .third]), !scope.isQuestion, scope.quotation == nil, verb + 2 < end
        else { return nil }
        let group = VerbGroup(verb: verb, from: start, in: words, phrases: phrases)
        let next = words[verb + 1]
        guard !group.isInfinitive, !group.isPassive, verbs.isVerb(verb, cue, group, start), isFinite(verb, cue, group),
            next.isAny(.determiner) || !next.forms.isDisjoint(with: [.noun, .plural, .adjective]),
            !next.isAny([.pronoun, .that, .preposition, .auxiliary]), !next.isName, !next.isDate,
            let source = verbs.subject(of: group, start, cue), isSpeaker(source)
        else { return nil }
        var content = verb + 1..<clauses.end(ofPhraseThrough: verb + 2, to: end)
        while content.count > 1, words[content.upperBound - 1].isAny([.relative, .that]) { content.removeLast() }
        guard !isBareName(content), !isNounOfClause(content), !isProduct(content) else { return nil }
        return Draft(
            source: source, cue: group.range, content: [closed(content, scope)], kind: .topic,
            stance: verbs.stance(cue, group, scope), sentence: scope.sentence, within: scope.quotation)
    }

    /// Whether the words have a name, a pronoun or a word for a person or a body.
    private func isSpeaker(_ source: Range<Int>) -> Bool {
        isSomebody(source)
            && source.contains {
                words[$0].isName || words[$0].isAny([.personRole, .groupRole, .anyone])
                    || words[$0].isAny(.pronoun) && source.count == 1
            }
    }

    private func pointed(at index: Int, _ cue: Cue, _ scope: Scope, _ buffer: inout FeatureBuffer) -> Draft? {
        guard !scope.isQuestion, !cue.frames.isDisjoint(with: [.speech, .voicing, .request]) else { return nil }
        let group = VerbGroup(verb: index, from: scope.range.lowerBound, in: words, phrases: phrases)
        // what is to be said, or is asked for, is not said
        guard !group.isInfinitive, verbs.isVerb(index, cue, group, scope.range.lowerBound),
            let found = pointers.attribution(of: index, in: scope.range, &buffer, where: { isClaim($0, at: cue) }),
            let content = found.content,
            let source = (isFinite(index, cue, group) ? verbs.subject(of: group, scope.range.lowerBound, cue) : nil)
                ?? found.source.flatMap({ whole($0, scope) }), isSomebody(source),
            isSaid(by: source, index, cue, group, scope)
        else { return nil }
        if found.kind == .np, isAct(cue) || isNounOfClause(content) || isProduct(content) { return nil }
        if found.kind.claimKind == .topic, isBareName(content) || reading.isDate(content.lowerBound) { return nil }
        // "to limit and threaten others": who is to do it says nothing
        if cue.form == .base, isSecondInfinitive(index, scope) { return nil }
        if source.dropFirst().contains(where: { reading.isFiniteVerb($0) }) { return nil }
        // "the votes required to win": nobody requires them to
        if found.kind == .objinf, cue.form.contains(.participle), index + 1 < scope.range.upperBound,
            words[index + 1].key == VerbClaims.to, cue.frames.isDisjoint(with: [.infinitive, .intention])
        {
            return nil
        }
        // "a town threatened by the sea": what stands before is not who does it
        if source.upperBound <= index, group.range.count == 1, index + 1 < scope.range.upperBound,
            words[index + 1].key == Self.by, cue.form.contains(.participle)
        {
            return nil
        }
        // "the storm may call for boats"
        if found.kind.claimKind == .topic, group.isConditional, !isSpeaker(source) { return nil }
        // "Asked about the wall, Weir said": who is asked
        if index == scope.range.lowerBound || words[index - 1].isAny([.subordinator, .clausal]),
            cue.form.isSubset(of: [.past, .participle])
        {
            return nil
        }
        if found.kind == .inf, !isInfinitive(content) { return nil }
        return Draft(
            source: source, cue: found.cue, content: [whole(content, found, scope)], kind: found.kind.claimKind,
            stance: stance(found.cue, cue, found.kind, scope), sentence: scope.sentence, within: scope.quotation)
    }

    /// Whether the word is a verb whose subject stands before it.
    private func isFinite(_ index: Int, _ cue: Cue, _ group: VerbGroup) -> Bool {
        !group.isPassive && cue.form != .progressive && (group.range.count > 1 || reading.isFiniteVerb(index))
    }

    /// Whether "and" joins the word at `index` to an infinitive.
    private func isSecondInfinitive(_ index: Int, _ scope: Scope) -> Bool {
        let start = scope.range.lowerBound
        guard index - 3 >= start, words[index - 1].isAny(.conjunction) else { return false }
        return (max(start, index - 6)..<index - 1).contains { at in
            words[at].key == VerbClaims.to && words[at + 1].forms.contains(.base)
        }
    }

    /// Whether the pointers see a clause at the cue.
    func seesClause(at index: Int, _ scope: Scope, _ buffer: inout FeatureBuffer) -> Bool {
        switch pointers.kind(of: index, in: scope.range, &buffer) {
        case .clause, .before, .both, .adj, .noun: true
        default: false
        }
    }

    /// Whether what the pointers see at a cue is a claim, and no clause.
    private func isClaim(_ kind: PointerKind, at cue: Cue) -> Bool {
        // what is wanted, seen or had is not said: a request is, and the rest is at verbs that give words
        // what is called something is found by its frame
        guard kind.claimKind != .clause, kind != .small,
            kind == .objinf || !cue.frames.isDisjoint(with: [.speech, .voicing])
        else {
            return false
        }
        // "told a story": what is told there is not said
        return kind != .np || !cue.frames.contains(.object)
    }

    /// Whether the text says that the source says it. The subject of a passive is spoken of or spoken to, and behind a
    /// noun that speaks for nobody a participle only describes it: "evidence supporting the claim".
    private func isSaid(by source: Range<Int>, _ index: Int, _ cue: Cue, _ group: VerbGroup, _ scope: Scope) -> Bool {
        if group.isPassive, source.lowerBound < index { return false }
        guard index > scope.range.lowerBound else { return true }
        let before = words[index - 1]
        // "a question and answer session"
        if cue.form == .base, cue.frames.contains(.nounlike), before.isAny(.conjunction) { return false }
        guard cue.form == .progressive, group.range.count == 1 else { return true }
        if before.isAny(.preposition) { return false }
        return before.forms.isDisjoint(with: [.noun, .plural]) || before.isName
            || before.isAny([.personRole, .groupRole, .pronoun])
    }

    /// Whether the verb does something to what stands behind it: who *declares* an emergency makes it, and says nothing
    /// of it. These are the verbs of speech that also take a thing and its name.
    private func isAct(_ cue: Cue) -> Bool {
        cue.frames.contains([.speech, .characterisation]) && !cue.frames.contains(.voicing)
    }

    /// Whether the words are only who or where: "attacked journalists" says whom it hit, and nothing was said.
    private func isBareName(_ content: Range<Int>) -> Bool {
        let inner = content.filter { !words[$0].isPunctuation }
        guard let last = inner.last else { return true }
        return inner.allSatisfy { at in
            let kind = reading.kind(at: at)
            return kind == .person || kind == .organization || kind == .place
                || words[at].isAny([.determiner, .pronoun])
                || words[at].isAny([.personRole, .groupRole]) && at == last
        }
    }

    /// Whether the words are more than a word that only stands where a subject would.
    private func isSomebody(_ source: Range<Int>) -> Bool {
        let word = words[source.lowerBound]
        return source.count > 1
            || !word.isAny([.neuter, .that, .relative, .clausal]) && !Self.nobody.contains(word.key)
    }

    /// The source without marks at its ends, and with the name before an apposition: `Mira Holm, a baker, said`.
    private func whole(_ source: Range<Int>, _ scope: Scope) -> Range<Int>? {
        var first = source.lowerBound, end = source.upperBound
        while end > first, words[end - 1].isPunctuation, words[end - 1].mark != UInt8(ascii: ")") { end -= 1 }
        while first < end,
            words[first].isPunctuation && words[first].mark != UInt8(ascii: "(")
                || words[first].isAny(.opener) && first + 1 < end && !words[first].isName
        { first += 1 }
        guard first < end else { return nil }
        if words[first].isAny(.determiner), !reading.isName(first), first > scope.range.lowerBound + 1,
            words[first - 1].mark == UInt8(ascii: ","), reading.isName(first - 2),
            let name = phrases.ending(at: first - 1, from: scope.range.lowerBound)
        {
            first = name.lowerBound
        }
        return first..<end
    }

    /// "denied reports that …": the noun gives the clause.
    private func isNounOfClause(_ content: Range<Int>) -> Bool {
        content.prefix(5).contains { at in
            words[at].cue?.nounStance != nil && at + 1 < words.count && words[at + 1].isAny(.that)
        }
    }

    /// Whether the words name a thing that is shown, written or asked, and do not tell what is said with it: "answered
    /// some questions", "posted a photo of the wall".
    private func isProduct(_ content: Range<Int>) -> Bool {
        let head = content.dropFirst().first {
            words[$0].isPunctuation || words[$0].isAny([.preposition, .relative, .that])
        }
        let last = (head ?? content.upperBound) - 1
        return last >= content.lowerBound && Self.products.contains(words[last].key)
    }

    private func isInfinitive(_ content: Range<Int>) -> Bool {
        guard content.count > 1, words[content.lowerBound].key == Self.to else {
            return content.lowerBound > 0 && words[content.lowerBound - 1].key == Self.to
        }
        let next = words[content.lowerBound + 1]
        return next.forms.contains(.base) || next.isAny([.auxiliary, .negation]) || next.isQuoteMark || next.isAdverb
    }

    /// The content of what the pointers found: a noun phrase begins right behind its verb, and has all that belongs to it.
    private func whole(_ content: Range<Int>, _ found: Pointers.Attribution, _ scope: Scope) -> Range<Int> {
        var first = content.lowerBound, end = content.upperBound
        if found.kind.claimKind == .topic {
            let border = found.cue.upperBound
            if found.kind == .np, first > border, first - border < 4,
                !words[border..<first].contains(where: { $0.isPunctuation || $0.isAny(.preposition) || $0.isAdverb })
            {
                first = border
            }
            end = max(end, clauses.end(ofPhraseThrough: end, to: scope.range.upperBound))
        }
        return closed(first..<end, scope)
    }

    /// The content with the marks that close it.
    private func closed(_ content: Range<Int>, _ scope: Scope) -> Range<Int> {
        var end = content.upperBound
        if let colon = content.dropFirst().first(where: { words[$0].mark == UInt8(ascii: ":") }) { end = colon }
        // a quotation that begins within it is whole
        while end < scope.range.upperBound, let quotation = words[end - 1].quotation, quotation != scope.quotation,
            words[end].quotation == quotation
        { end += 1 }
        while end < scope.range.upperBound, end < content.upperBound + 2 {
            let word = words[end]
            let isMark = word.isQuoteMark && (words[end - 1].quotation != nil || words[end - 1].isPunctuation)
            guard isMark || [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(word.mark) else { break }
            end += 1
        }
        return content.lowerBound..<end
    }

    private func stance(_ group: Range<Int>, _ cue: Cue, _ kind: PointerKind, _ scope: Scope) -> Claim.Stance {
        let own = cue.stance
        let before = words[group.dropLast()]
        if before.contains(where: { $0.isAny(.negation) }) { return own == .denied ? .asserted : .denied }
        if before.contains(where: { $0.isAny(.modal) && !VerbGroup.future.contains($0.key) })
            || scope.isConditional(before: group.lowerBound, words)
        {
            return .conditional
        }
        return kind == .objinf && own == .questioned ? .asserted : own
    }

    private static let to = Folding.key("to")
    private static let by = Folding.key("by")
    private static let products = Set(
        [
            "photo", "photos", "photograph", "photographs", "picture", "pictures", "image", "images", "video", "videos",
            "article", "articles", "book", "books", "letter", "letters", "question", "questions", "interview",
            "interviews", "map", "maps", "list", "lists", "song", "songs", "speech", "speeches",
        ].map { Folding.key($0) })
    private static let nobody = Set(["there", "this", "what"].map { Folding.key($0) })
}
