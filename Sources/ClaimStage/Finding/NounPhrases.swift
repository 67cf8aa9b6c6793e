import StageKit
import Text

/// Finds the noun phrases that stand next to a verb, without a parser: by closed classes, capitals and punctuation.
struct NounPhrases {
    private let words: [Word]
    private let reading: Reading
    private static let longest = 24
    private static let others = Folding.key("others")
    private static let other = Folding.key("other")

    /// A finder over `reading`.
    init(_ reading: Reading) {
        self.reading = reading
        words = reading.words
    }

    /// The noun phrase whose last word stands before `end`, beginning at `start` at the earliest.
    func ending(at end: Int, from start: Int) -> Range<Int>? {
        guard end > start else { return nil }
        if words[end - 1].isAny([.pronoun, .relative]), !words[end - 1].isAny(.determiner) { return end - 1..<end }
        var first = end
        while first > start, end - first < Self.longest, let earlier = extended(first, end, start) { first = earlier }
        return trimmed((objectBorder(first, end, start) ?? first)..<end)
    }

    /// Where the second of two joined phrases begins when the first is the object of a verb before it, so that only the
    /// second may be a subject: "called it a hoax and the board said", "attacked a guard and Holm said".
    private func objectBorder(_ first: Int, _ end: Int, _ start: Int) -> Int? {
        guard let joint = (first + 1..<max(first + 1, end - 1)).last(where: { words[$0].isAny(.conjunction) }),
            words[joint].mention == nil || words[joint - 1].mention != words[joint + 1].mention
        else { return nil }
        var before = first - 1
        while before > start, words[before].isAdverb, !words[before].isAny([.determiner, .pronoun]) { before -= 1 }
        guard before > start else { return nil }
        let word = words[before]
        // "thinks Reed and Holm said": a verb that takes a clause has no object
        if let cue = word.cue, !cue.frames.isDisjoint(with: [.bare, .that]) { return nil }
        // "called the letter a hoax and the board said": behind a noun an article opens what that noun is called
        if opensPhrase(first), before == first - 1, !word.isDate,
            word.isName || !word.forms.isDisjoint(with: [.noun, .plural]),
            (start..<before).contains(where: { reading.isFiniteVerb($0) })
        {
            return joint + 1
        }
        let isObject =
            word.isAny(.pronoun)
            ? !word.isAny([.subject, .relative, .determiner]) || word.isAny(.neuter)
            : word.key == Self.as
                ? (start..<before).contains { reading.isFiniteVerb($0) }
                : reading.isFiniteVerb(before) && !word.isAny(.auxiliary) || word.isAny(.be) || isVerbAlone(before)
        return isObject ? joint + 1 : nil
    }

    /// Where the phrase begins when the word before `first` is part of it; nil when it is not.
    private func extended(_ first: Int, _ end: Int, _ start: Int) -> Int? {
        let word = words[first - 1]
        if word.quotation != (end <= words.count ? words[end - 1].quotation : nil) { return nil }
        if word.mark == UInt8(ascii: ")") {
            return (max(start, first - 12)..<first).last { words[$0].mark == UInt8(ascii: "(") }
        }
        if word.isPunctuation { return isInner(first - 1) ? first - 1 : nil }
        if first < end, opensPhrase(first), !maySpan(first - 1) { return nil }
        if reading.isName(first - 1) { return first - 1 }
        if isPossessiveMark(first - 1) { return first - 1 }
        if word.isAny([.that, .subordinator, .relative, .clausal, .auxiliary]) {
            // "others in the town after the flood said": a preposition, where no verb stands before it
            let isPhrase =
                word.isAny(.preposition) && first - 1 > start && first - 1 - start < 8
                && !(start..<first - 1).contains { reading.isFiniteVerb($0) || words[$0].isPunctuation }
            return isPhrase ? first - 1 : nil
        }
        if word.isAny(.conjunction) {
            if let list = listOfNames(closedBy: first - 1, start) { return list }
            return joins(first - 1, start, end) ? first - 1 : nil
        }
        if word.isAny(.pronoun), !word.isAny(.determiner) {
            // "others in the town"
            return word.key == Self.others && first < end && words[first].isAny(.preposition) ? first - 1 : nil
        }
        if first < end, isFiniteCue(first - 1) { return nil }
        if word.endsInEd, first < end, words[first].isAny(.determiner) { return nil }
        return first - 1
    }

    /// Whether the word at `index` begins a noun phrase wherever it stands: an article, "his", "this".
    private func opensPhrase(_ index: Int) -> Bool {
        Self.articles.contains(words[index].key) && !reading.isName(index)
    }

    /// Whether a phrase may go on with an article behind the word at `index`: "all the boats", "the mayor of the town",
    /// "people including the mayor"; not "told the press the officers".
    private func maySpan(_ index: Int) -> Bool {
        let word = words[index]
        if word.isAny([.preposition, .conjunction, .determiner, .negation, .that, .clausal, .subordinator])
            || Self.spanning.contains(word.key)
        {
            return true
        }
        // "a guard using the name Reed", "Holm, in reading the letter"; not "despite Reed claiming the guard"
        guard word.forms.contains(.progressive), index > 0, !words[index - 1].isPunctuation,
            !words[index - 1].isAny(.auxiliary)
        else { return false }
        return word.cue.map { $0.frames.isDisjoint(with: [.bare, .that]) } ?? true
    }

    /// Hyphens and marks of words kept at a distance stand inside a phrase.
    private func isInner(_ index: Int) -> Bool {
        let mark = words[index].mark
        return mark == UInt8(ascii: "-") && words[index].span.count == 1 || mark == UInt8(ascii: "/")
            || words[index].isQuoteMark && index + 1 < words.count && words[index + 1].quotation == nil
                && words[max(0, index - 1)].quotation == nil
    }

    /// Whether `'s` at `index` makes a possessive, not a verb.
    func isPossessiveMark(_ index: Int) -> Bool {
        words[index].isAny(.possessive) && words[index].isAny(.auxiliary) && index > 0
            && !words[index - 1].isAny([.pronoun, .that, .clausal, .subject])
    }

    /// Where a list of names begins that "and" at `index` closes behind a comma: "Weir, Reed, and Holm".
    private func listOfNames(closedBy index: Int, _ start: Int) -> Int? {
        guard index > start + 1, index + 1 < words.count, reading.isName(index + 1) else { return nil }
        var first: Int?
        var at = index
        while at > start + 1, index - at < Self.longest, words[at - 1].mark == UInt8(ascii: ","),
            let mention = words[at - 2].mention, reading.isName(at - 2)
        {
            at -= 2
            while at > start, words[at - 1].mention == mention { at -= 1 }
            first = at
        }
        return first
    }

    /// Whether "and" at `index` joins two noun phrases, the second of which ends before `end`.
    private func joins(_ index: Int, _ start: Int, _ end: Int) -> Bool {
        guard index > start, index + 1 < words.count else { return false }
        let before = words[index - 1], after = words[index + 1]
        // "changed their minds, and several said": a subject of its own
        if index + 2 == end, after.isAny(.determiner), !after.isAny(.possessive) { return false }
        guard !before.isPunctuation, !before.isAny([.auxiliary, .adverb]), !before.endsInEd || before.isCapital,
            !isFiniteCue(index - 1)
        else { return false }
        return after.isCapital == before.isCapital || after.key == Self.other || after.key == Self.others
            || after.isAny(.determiner)
    }

    /// Whether the word at `index` is a verb of saying with a subject of its own.
    private func isFiniteCue(_ index: Int) -> Bool {
        guard let cue = words[index].cue, !cue.frames.isEmpty, cue.nounStance == nil, !words[index].isCapital else {
            return false
        }
        return !cue.form.isDisjoint(with: [.past, .third])
    }

    /// The phrase without what introduces its sentence: adverbs, conjunctions, dates and a phrase of place.
    private func trimmed(_ range: Range<Int>) -> Range<Int>? {
        var first = range.lowerBound
        let end = range.upperBound
        while first < end {
            let word = words[first]
            if word.isPunctuation && word.mark != UInt8(ascii: "("), !word.isQuoteMark {
                first += 1
            } else if reading.isName(first) {
                break
            } else if reading.isDate(first) || word.isAny([.opener, .conjunction, .subordinator]) {
                first += 1
            } else if Self.approximating.contains(word.key), first + 1 < end, words[first + 1].kind == .number {
                break
            } else if isVerbAlone(first), first + 1 < end,
                words[first + 1].isAny([.determiner, .preposition]) || reading.isName(first + 1)
            {
                // "believe in the plans Holm announced", "arguing the mayor said"
                first += 1
            } else if word.isAny(.preposition) {
                guard let next = phraseAfterPlace(first, end) else { return nil }
                first = next
            } else if word.isAdverb, !word.isAny(.determiner), first + 1 < end, words[first + 1].isAny(.determiner) {
                first += 1
            } else {
                break
            }
        }
        return first < end ? first..<end : nil
    }

    /// Whether the word can only be a verb: "believe", "arguing".
    private func isVerbAlone(_ index: Int) -> Bool {
        let word = words[index]
        return !word.isCapital && !word.forms.isEmpty && word.forms.isSubset(of: [.base, .third, .past, .progressive])
            && !word.isAny([.determiner, .pronoun, .preposition])
    }

    /// Where a new noun phrase begins behind the preposition at `first` and its own noun phrase.
    private func phraseAfterPlace(_ first: Int, _ end: Int) -> Int? {
        guard first + 2 < end else { return nil }
        return (first + 2..<end).first { index in
            let word = words[index], before = words[index - 1]
            if before.isAny([.determiner, .preposition, .possessive]) || word.isAny(.preposition) { return false }
            return word.isAny(.determiner) || word.mention != before.mention && (word.isCapital || before.isCapital)
                || word.isCapital && !before.isCapital
        }
    }

    /// The noun phrase that begins at `start`, ending at `end` at the latest.
    func beginning(at start: Int, to end: Int) -> Range<Int>? {
        guard start < end else { return nil }
        let first = words[start]
        if first.isAny(.pronoun), !first.isAny(.determiner) { return start..<start + 1 }
        guard !first.isPunctuation, !first.isAny([.preposition, .auxiliary, .that, .subordinator, .clausal]) else {
            return nil
        }
        var last = start
        while last < end, last - start < Self.longest {
            let word = words[last]
            if reading.isName(last) || isPossessiveMark(last) {
                last += 1
                continue
            }
            if word.isPunctuation, !isInner(last) { break }
            if word.isAny([.auxiliary, .that, .subordinator, .relative, .clausal]) { break }
            // "a 2019 poll", but "the board on Sunday", "the board Sunday"
            if reading.isDate(last), last == start || !isBehindDeterminer(last, start) { break }
            if word.isAny(.preposition), !word.isAny(.nominal) { break }
            if last > start, opensPhrase(last), !maySpan(last - 1) { break }
            if last > start, word.isAny(.pronoun), !word.isAny(.determiner) { break }
            last += 1
        }
        while last > start, words[last - 1].isAny([.preposition, .conjunction]) || words[last - 1].isAdverb {
            last -= 1
        }
        return last > start ? start..<last : nil
    }

    /// The noun phrase that begins at `start` behind its verb, without who is spoken to: "said Holm to the council".
    func invertedSubject(at start: Int, to end: Int) -> Range<Int>? {
        guard let phrase = beginning(at: start, to: end) else { return nil }
        let to = phrase.dropFirst().first { words[$0].key == Self.to && reading.isName($0 - 1) }
        return phrase.lowerBound..<(to ?? phrase.upperBound)
    }

    /// Where a quotation behind a colon opens that closes right before `end`: `Weir agreed: “…”, he said`.
    func quotation(in range: Range<Int>, closedBefore end: Int) -> Int? {
        guard end - 2 > range.lowerBound, words[end - 1].isQuoteMark || words[end - 1].quotation != nil else {
            return nil
        }
        let inner = words[end - 1].isQuoteMark ? end - 2 : end - 1
        guard let quotation = words[inner].quotation else { return nil }
        let colon = range.dropLast(2).last { words[$0].mark == UInt8(ascii: ":") && words[$0].quotation == nil }
        guard let colon, words[colon + 1].isQuoteMark, words[colon + 2].quotation == quotation else { return nil }
        return colon + 1
    }

    /// Whether the words behind a verb may be who speaks: somebody, or more of a kind. Who is named behind a preposition is
    /// not: "declared victory for Holm".
    func mayBeSpeaker(_ phrase: Range<Int>) -> Bool {
        let first = words[phrase.lowerBound]
        if first.isAny([.subject, .determiner, .possessive, .pronoun]) || first.isCapital { return true }
        let head = phrase.prefix { !words[$0].isAny(.preposition) || reading.isName($0) }
        return head.contains {
            reading.isName($0) || words[$0].isAny([.personRole, .groupRole, .anyone])
                || words[$0].forms.contains(.plural)
        }
    }

    /// Whether nothing but a date stands between the word at `index` and a determiner, and a noun follows.
    private func isBehindDeterminer(_ index: Int, _ start: Int) -> Bool {
        var first = index, end = index
        while first > start, reading.isDate(first - 1) { first -= 1 }
        guard first > start, words[first - 1].isAny(.determiner),
            !words[first - 1].isAny(.pronoun) || first == start + 1
        else { return false }
        while end < words.count, reading.isDate(end) { end += 1 }
        return end < words.count && !words[end].isPunctuation
            && (words[end].isName || words[end].isCapital
                || !words[end].forms.isDisjoint(with: [.noun, .plural, .adjective]))
            && !words[end].isAny([.preposition, .auxiliary, .conjunction])
    }

    private static let articles = Set(
        ["the", "a", "an", "this", "these", "his", "her", "its", "their", "our", "my", "your"].map { Folding.key($0) })
    private static let spanning = Set(
        [
            "including", "like", "despite", "amid", "than", "except", "beyond", "behind", "outside", "inside", "around",
            "across", "off", "regarding", "concerning", "following", "up", "down", "per", "via", "versus", "such",
            "half",
        ].map { Folding.key($0) })
    private static let approximating = Set(
        ["over", "under", "about", "around", "nearly", "almost", "up", "between", "at"].map { Folding.key($0) })
    private static let to = Folding.key("to")
    private static let `as` = Folding.key("as")
}
