import StageKit
import Text

/// Finds claims without a verb or noun of saying: "according to X", "as X found", "reportedly".
struct NamedSources {
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

    /// The words at which a phrase that names a source may begin.
    static let openers = ["according", "per", "by", "in", "as"].map { Folding.key($0) }

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

    /// Cue and source of "as X found", "as X put it", "as told by X" between marks, behind what is said.
    private func comparison(at index: Int, _ scope: Scope) -> (cue: Range<Int>, source: Range<Int>, close: Int)? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard index > start + 1, words[index - 1].isPunctuation, !words[index - 1].isQuoteMark else { return nil }
        if let cue = words[index + 1].cue, cue.form.contains(.participle), !cue.frames.isEmpty,
            !cue.frames.contains(.request), words[index + 2].key == Self.by,
            let source = phrases.beginning(at: index + 3, to: end), isClosed(source.upperBound, end)
        {
            return (index..<index + 3, source, source.upperBound)
        }
        guard let source = phrases.beginning(at: index + 1, to: end), source.upperBound < end else { return nil }
        let verb = (source.lowerBound + 1..<min(end, source.upperBound + 1)).last { at in
            words[at].cue.map { isGiven($0) && !$0.form.isDisjoint(with: [.past, .third]) }
                ?? (words[at].key == Self.put)
        }
        let first = words[source.lowerBound]
        guard let verb, !first.isAny([.first, .neuter]), first.key != Self.you else { return nil }
        var last = verb + 1
        if last < end, words[last].isAny(.neuter) { last += 1 } else if words[verb].key == Self.put { return nil }
        guard let close = closing(last, end) else { return nil }
        return (verb..<max(last, verb + 1), source.lowerBound..<verb, close)
    }

    /// The mark or the end behind a verb and what tells when and where: "as Weir said on Monday, …".
    private func closing(_ first: Int, _ end: Int) -> Int? {
        for index in first..<max(first, min(end, first + Self.farthest)) {
            let word = words[index]
            if word.isPunctuation, word.mark != UInt8(ascii: "-") || word.span.count > 1 || index == first {
                return index
            }
            if index == first, !word.isAny(.preposition), !word.isDate, !word.isAdverb { return nil }
            if word.isAny([.that, .relative, .clausal, .subordinator]) || reading.isFiniteVerb(index) { return nil }
        }
        return end - first < Self.farthest ? end : nil
    }

    private func isGiven(_ cue: Cue) -> Bool { !cue.frames.isDisjoint(with: [.speech, .that]) }

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
        if words[index].key == Self.as { return compared(at: index, scope) }
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
            draft.content.append(
                comma
                    + 1..<(draft.content.isEmpty
                    ? clauses.end(ofContentAt: comma + 1, to: end, stopsAtSemicolon: false) : end))
        }
        if draft.content.isEmpty, [UInt8(ascii: ":"), UInt8(ascii: ",")].contains(words[end - 1].mark) {
            draft.awaitsContent = true
        }
        return draft.content.isEmpty && !draft.awaitsContent ? nil : draft
    }

    /// "Weir argued that the wall was old, as the court found": the court found the same.
    private func compared(at index: Int, _ scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard index > start + 1, index + 2 < end, let (cue, source, close) = comparison(at: index, scope) else {
            return nil
        }
        var draft = Draft(
            source: source, cue: cue, content: [start..<index - 1], stance: .asserted, sentence: scope.sentence,
            within: scope.quotation)
        draft.takesUp = true
        if close + 2 < end { draft.content.append(close + 1..<end) }
        return clauses.hasMainVerb(start..<index - 1) || draft.content.count > 1 ? draft : nil
    }

    private func isApposition(_ first: Int, _ end: Int) -> Bool {
        !words[first..<end].contains { $0.isAny(.auxiliary) }
            && words[first..<end].contains { $0.isAny([.personRole, .groupRole]) }
    }

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
    private static let `as` = Folding.key("as")
    private static let you = Folding.key("you")
    private static let put = Folding.key("put")
    private static let per = Folding.key("per")
    private static let by = Folding.key("by")
    private static let `in` = Folding.key("in")
    private static let of = Folding.key("of")
    private static let reach = 7
    private static let accounts = Set(
        ["account", "accounts", "estimate", "estimates", "report", "reports", "tradition"].map { Folding.key($0) })
    private static let views = Set(["view", "opinion", "words", "telling"].map { Folding.key($0) })
    private static let to = Folding.key("to")
    private static let farthest = 12
}
