import StageKit

/// Finds speech whose verb stands behind it or in the middle, between marks: `…, said X`, `…, X said, …`, `As X said, …`.
/// What describes the speaker is no part of it.
struct ParentheticalClaims {
    private let reading: Reading
    private let words: [Word]
    private let phrases: NounPhrases
    private let clauses: ClauseTest

    /// A finder over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases) {
        self.reading = reading
        words = reading.words
        self.phrases = phrases
        clauses = ClauseTest(reading, phrases)
    }

    /// The claim of the verb of speech at `index` when it stands with its subject behind a mark; nil elsewhere.
    func draft(around index: Int, _ cue: Cue, _ scope: Scope) -> Draft? {
        guard let found = content(around: index, cue, scope) else { return nil }
        return Draft(
            source: found.source, cue: index..<index + 1, content: found.content,
            stance: cue.stance,
            sentence: scope.sentence, within: scope.quotation)
    }

    /// Source and content when the verb of speech at `index` stands with its subject behind a mark; nil elsewhere.
    private func content(around index: Int, _ cue: Cue, _ scope: Scope) -> (source: Range<Int>, content: [Range<Int>])?
    {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard !cue.frames.isDisjoint(with: [.speech, .that, .voicing]), !cue.form.isDisjoint(with: [.past, .third]),
            index > start
        else {
            return nil
        }
        if closes(index - 1, start) {
            guard cue.frames.contains(.speech) else { return nil }
            // "…, X, told reporters": what stands behind "told" is who hears it
            guard !cue.frames.contains(.object) || isBehindQuotation(index, start),
                let source = phrases.invertedSubject(at: index + 1, to: end), phrases.mayBeSpeaker(source),
                isSubject(source, end)
            else { return nil }
            return divided(before: index, behind: source.upperBound, scope).map { (source, $0) }
        }
        guard let source = phrases.ending(at: index, from: start), source.upperBound == index else { return nil }
        // "official reports, and letters": a noun
        if cue.frames.contains(.nounlike), cue.form.isSubset(of: [.base, .third]),
            !words[source.lowerBound].isCapital,
            !words[source.lowerBound].isAny([.determiner, .pronoun, .possessive])
        {
            return nil
        }
        var next = index + 1
        if source.lowerBound == start + 1, words[start].key == Self.as, let comma = self.comma(behind: next, end) {
            next = comma
            return next + 2 < end ? (source, [next + 1..<end]) : nil
        }
        guard cue.frames.contains(.speech), source.lowerBound > start, closes(source.lowerBound - 1, start) else {
            return nil
        }
        if next < end, ![UInt8(ascii: ","), UInt8(ascii: ".")].contains(words[next].mark) {
            guard let comma = inserted(behind: next, end, cue) else { return nil }
            return interrupted(before: source.lowerBound, behind: comma, scope).map { (source, $0) }
        }
        return divided(before: source.lowerBound, behind: next, scope).map { (source, $0) }
    }

    /// The comma behind a verb and who hears it, or when and where: `the tax, Holm argued on Friday, would …`.
    private func inserted(behind first: Int, _ end: Int, _ cue: Cue) -> Int? {
        let mayHear = cue.frames.contains(.object)
        guard first < end, words[first].isAny(.preposition) || words[first].isDate || mayHear else { return nil }
        for index in first..<min(end, first + Self.farthest) {
            if words[index].mark == UInt8(ascii: ",") { return index > first ? index : nil }
            if words[index].isPunctuation || words[index].isAny([.that, .clausal, .subordinator])
                || reading.isFiniteVerb(index)
            {
                return nil
            }
        }
        return nil
    }

    /// A clause without quotation marks that who says it interrupts: its subject or its condition stands before, and its
    /// verb or the rest of it behind the comma at `next`.
    private func interrupted(before border: Int, behind next: Int, _ scope: Scope) -> [Range<Int>]? {
        guard let content = divided(before: border, behind: next, scope), content.count == 2,
            !content[0].contains(where: { words[$0].isQuoteMark }), !words[content[1].lowerBound].isAny(.conjunction)
        else { return nil }
        if !clauses.hasMainVerb(content[0]), goesOn(content[1].lowerBound, scope.range.upperBound) { return content }
        return words[content[0].lowerBound].isAny([.subordinator, .preposition])
            && clauses.verb(ofClauseAt: content[1].lowerBound, to: scope.range.upperBound) != nil ? content : nil
    }

    /// Whether a finite verb begins at `index`, behind adverbs at most.
    private func goesOn(_ index: Int, _ end: Int) -> Bool {
        var at = index
        while at + 1 < end, at - index < 3, words[at].isAdverb, !words[at].isAny(.auxiliary) { at += 1 }
        return at < end && (words[at].isAny(.auxiliary) || reading.isFiniteVerb(at))
    }

    /// The comma behind a verb and a phrase of place or time: `As Holm wrote in May, …`.
    private func comma(behind first: Int, _ end: Int) -> Int? {
        for index in first..<max(first, min(end, first + 10)) {
            if words[index].mark == UInt8(ascii: ",") { return index }
            let mayStand =
                words[index].isAny(.preposition) || index > first || words[index].isDate || words[index].isAdverb
            if !mayStand || words[index].isPunctuation || reading.isFiniteVerb(index) { return nil }
        }
        return nil
    }

    /// Whether nothing but a quotation that its own mark ends stands before the verb at `index`, so that no subject does:
    /// `“…?” asked X`.
    private func isBehindQuotation(_ index: Int, _ start: Int) -> Bool {
        guard index > start + 2, words[start].isQuoteMark, words[index - 1].isQuoteMark,
            words[index - 2].isPunctuation, let quotation = words[index - 2].quotation
        else { return false }
        return (start + 1..<index - 1).allSatisfy { words[$0].quotation == quotation }
    }

    /// Whether the phrase behind a verb may be who speaks: a name, a pronoun or a person, and the end of its clause.
    private func isSubject(_ source: Range<Int>, _ end: Int) -> Bool {
        let first = words[source.lowerBound]
        guard !first.isAny(.that),
            first.isAny([.subject, .determiner]) || first.forms.contains(.plural)
                || source.contains(where: { reading.isName($0) || words[$0].isAny([.personRole, .groupRole]) })
        else { return false }
        guard source.upperBound < end else { return true }
        let next = words[source.upperBound]
        return next.isPunctuation || next.isAny([.preposition, .relative]) || reading.isDate(source.upperBound)
    }

    /// Whether the mark at `index` ends what is said before a verb of speech.
    private func closes(_ index: Int, _ start: Int) -> Bool {
        guard index > start else { return false }
        if words[index].isQuoteMark { return words[index - 1].quotation != nil || words[index - 1].isPunctuation }
        return [UInt8(ascii: ","), UInt8(ascii: "?"), UInt8(ascii: "!")].contains(words[index].mark)
    }

    /// What stands before `border`, and what goes on behind the comma at `next`; nil when that is no content.
    private func divided(before border: Int, behind next: Int, _ scope: Scope) -> [Range<Int>]? {
        let end = scope.range.upperBound
        var first = scope.range.lowerBound
        if let stop = (first..<border).last(where: {
            words[$0].mark == UInt8(ascii: ";") && words[$0].quotation == scope.quotation
        }) {
            first = stop
        }
        while first < border,
            words[first].isPunctuation && !words[first].isQuoteMark
                || words[first].isAny([.opener, .conjunction]) && words[first].quotation == scope.quotation
        { first += 1 }
        let last = max(first, words[border - 1].mark == UInt8(ascii: ",") ? border - 1 : border)
        // "Weir agreed: “…”, he said": the quotation alone is said
        if let opening = phrases.quotation(in: first..<last, closedBefore: last) { first = opening }
        let left = first..<last
        if left.isEmpty {
            // "Instead, he claims, the wall was pushed."
            let isOpened = first > scope.range.lowerBound && next + 2 < end && words[next].mark == UInt8(ascii: ",")
            return isOpened ? [next + 1..<end] : nil
        }
        // "a wall which, Holm said, nobody had mended": what the pronoun takes up, and the rest of its clause
        if words[left.upperBound - 1].isAny(.relative), left.count > 1, next + 2 < end {
            guard let owner = phrases.ending(at: left.upperBound - 1, from: left.lowerBound) else { return nil }
            return [owner, next + 1..<end]
        }
        let isQuoted = left.contains { words[$0].quotation != nil && words[$0].quotation != scope.quotation }
        // "“…,” the mayor, Mira Holm, said": behind the quotation stands who speaks
        if isQuoted, let last = left.last, words[last].quotation == nil, !words[last].isQuoteMark { return nil }
        let isClause = clauses.hasMainVerb(left)
        let isOpen =
            words[first].isAny([.subordinator, .preposition])
            || words[first].key == Self.to || words[first].key == Self.if
        var right: [Range<Int>] = []
        if next + 2 < end, words[next].mark == UInt8(ascii: ",") {
            let head = words[next + 1]
            let goesOn =
                isQuoted
                ? head.isQuoteMark
                : head.isAny(.auxiliary) || head.isQuoteMark || reading.isFiniteVerb(next + 1)
                    || isClause && head.isAny(.conjunction)
                        && clauses.verb(ofClauseAt: next + 2, to: end) != nil
                    || (!isClause || isOpen) && !head.isAny([.relative, .preposition]) && head.cue?.form != .progressive
            if goesOn { right = [next + 1..<end] }
        }
        // "As the gate fell, Holm cried, “Run for it!”": a quotation that begins a sentence has nothing of it before
        if !isQuoted, let quoted = right.first?.dropFirst().first, words[quoted - 1].isQuoteMark,
            words[quoted].isCapital, !words[quoted].isName, !words[quoted].isAny(.first)
        {
            return right
        }
        // "In her speech, Holm said, “…”": where it was said is no part of it
        if !isQuoted, !isClause, words[first].isAny(.preposition), let quoted = right.first?.lowerBound,
            words[quoted].isQuoteMark
        {
            return right
        }
        // "Weir, Holm said, has …": a word alone is only a subject
        if left.count == 1 {
            guard reading.isName(first) || words[first].isAny(.subject), let second = right.first?.lowerBound,
                goesOn(second, end)
            else { return nil }
        }
        // "In an interview, she said." has no content
        guard isQuoted || !right.isEmpty || isClause else { return nil }
        return [left] + right
    }

    private static let farthest = 10
    private static let `as` = Folding.key("as")
    private static let to = Folding.key("to")
    private static let `if` = Folding.key("if")
}
