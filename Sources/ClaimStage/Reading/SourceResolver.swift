import StageKit
import Text

/// Finds whom the words for a source mean: a name in them, the name that a pronoun or a description means, or, where
/// the document names nobody, the words by which it means somebody throughout.
struct SourceResolver {
    private let reading: Reading
    /// The speaker of each quotation, for "I" inside it.
    private var speakers: [Int: Int] = [:]
    /// The words for a source without a name, by the last word of them.
    private var descriptions: [UInt64: (description: Claim.Description, isNamed: Bool)] = [:]

    /// A resolver at the beginning of `reading`.
    init(_ reading: Reading) { self.reading = reading }

    /// The mention that the source at `range` means.
    func mention(of range: Range<Int>, within quotation: Int?) -> Int? {
        named(range) ?? office(range) ?? speaker(range, quotation) ?? relative(range)
            ?? referred(range)
    }

    /// Whom a pronoun or a description in the words means: not whoever is only meant by *his* in *his associates*.
    private func referred(_ range: Range<Int>) -> Int? {
        guard let reference = reading.references.reference(covering: reading.span(range)),
            reading.mentions.indices.contains(reference.mention)
        else { return nil }
        let rest = range.filter { reading.words[$0].span.start >= reference.span.end }
        let isOwner =
            range.contains { reading.words[$0].span == reference.span && reading.words[$0].isAny(.possessive) }
            && rest.contains { !reading.words[$0].isPunctuation }
        return isOwner ? nil : reference.mention
    }

    /// Remembers who speaks in a quotation.
    mutating func note(speaker: Int, of quotation: Int) { speakers[quotation] = speaker }

    /// The words by which the document means the source at `range`, which has no mention; nil for a pronoun. Sources
    /// come in order of the text: `the technician` takes up `a former technician`.
    mutating func description(of range: Range<Int>) -> Claim.Description? {
        var first = range.lowerBound
        let end =
            range.dropFirst().first { index in
                let word = reading.words[index]
                return word.isPunctuation && word.mark != UInt8(ascii: "-")
                    || word.isAny([.preposition, .relative, .that, .conjunction])
                    || word.isAny(.auxiliary) && !word.isAny(.possessive)
            } ?? range.upperBound
        var isDefinite = true
        while first < end, reading.words[first].isAny([.determiner, .possessive]) || reading.words[first].isPunctuation
        {
            if Self.indefinite.contains(reading.words[first].key) { isDefinite = false }
            first += 1
        }
        guard first < end, end - first <= Self.longest, !reading.words[first].isAny([.pronoun, .relative]) else {
            return nil
        }
        let head = reading.words[end - 1]
        guard head.kind == .word, !head.isAny(.adverb) else { return nil }
        let isNamed = (first..<end).contains { reading.words[$0].isName }
        if isNamed, (first..<end).allSatisfy({ reading.words[$0].isName }) { return nil }
        // "the campaign" takes up "the Holm campaign"; "the Reed campaign" is another, and "his campaign" may be
        let isOwned = (range.lowerBound..<first).contains { reading.words[$0].isAny(.possessive) }
        if isDefinite, !isNamed, !Self.everybody.contains(head.key), let known = descriptions[head.key],
            !(isOwned && known.isNamed)
        {
            return known.description
        }
        var folded: [UInt8] = []
        var last = 0
        for index in first..<end where !reading.words[index].isPunctuation {
            let word = reading.words[index]
            // the ending of "authority's" is a word of its own, but no blank stands before it
            if !folded.isEmpty, word.span.start > last { folded.append(UInt8(ascii: " ")) }
            Folding.append(reading.text, word.span, to: &folded)
            last = word.span.end
        }
        let isRole = isDefinite && head.isAny([.personRole, .groupRole]) && !head.isAny(.anyone)
        let description = Claim.Description(String(decoding: folded, as: UTF8.self), isRole: isRole)
        descriptions[head.key] = (description, isNamed)
        return description
    }

    private static let by = Folding.key("by")
    private static let `as` = Folding.key("as")
    private static let everybody = Set(["people", "others", "men", "women", "children"].map { Folding.key($0) })
    private static let such = Folding.key("such")
    private static let longest = 6
    private static let indefinite = Set(
        ["a", "an", "some", "one", "many", "several", "another", "two", "three", "most", "few"].map { Folding.key($0) })

    /// The name that is the head of the phrase, not one that only belongs to it ("the lawyer of X", "X's lawyer").
    private func named(_ range: Range<Int>) -> Int? {
        var best: Int?
        var isBehindPreposition = false
        for index in range {
            let word = reading.words[index]
            guard let mention = word.mention, reading.mentions[mention].kind.isName else {
                if word.isAny(.preposition) { isBehindPreposition = true }
                continue
            }
            if isBehindPreposition, best != nil || !isPerson(mention) || !heads(mention, index, range) { continue }
            if isOwner(mention, before: range.upperBound, from: index) { continue }
            // "the Holm campaign", "Holm adviser Reed": a name before a noun only describes it
            if isPerson(mention), describes(mention, from: index, range) { continue }
            if best.map({ !isPerson($0) }) ?? true { best = mention }
        }
        guard let best, !isPerson(best) else { return best }
        return headEnd(range).flatMap { reading.words[$0 - 1].mention }.flatMap {
            reading.mentions[$0].kind.isName ? $0 : nil
        }
    }

    /// Whether a person who is named behind a preposition is the head of the phrase all the same, and not whom it is about:
    /// behind another name or a mark ("the mayor of Saltby Mira Holm"), or as the author of a text ("a letter by Holm").
    /// "A spokesman for Holm" is somebody else.
    private func heads(_ mention: Int, _ index: Int, _ range: Range<Int>) -> Bool {
        var first = index
        while first > range.lowerBound, reading.words[first - 1].mention == mention { first -= 1 }
        guard first > range.lowerBound else { return true }
        let before = reading.words[first - 1]
        // "commentators such as Holm"
        if before.key == Self.as, first - 1 > range.lowerBound { return reading.words[first - 2].key == Self.such }
        if before.isPunctuation || before.isName { return true }
        return (range.lowerBound..<first).last { reading.words[$0].isAny(.preposition) }
            .map { reading.words[$0].key == Self.by } ?? true
    }

    /// Whether a noun in small letters follows the name, so that the name only describes it.
    private func describes(_ mention: Int, from index: Int, _ range: Range<Int>) -> Bool {
        var next = index
        while next < range.upperBound, reading.words[next].mention == mention { next += 1 }
        guard next < range.upperBound else { return false }
        let word = reading.words[next]
        guard !word.isPunctuation, !word.isCapital, !word.isName, !word.isAdverb,
            !word.isAny([.preposition, .conjunction, .relative, .auxiliary, .pronoun, .determiner, .that, .clausal])
        else { return false }
        return word.isAny([.personRole, .groupRole])
            || !word.forms.isDisjoint(with: [.noun, .plural]) && word.forms.isDisjoint(with: [.past, .progressive])
    }

    /// An office at the head of the phrase that means somebody: `the Foreign Secretary`.
    private func office(_ range: Range<Int>) -> Int? {
        range.prefix { !reading.words[$0].isAny(.preposition) || reading.words[$0].mention != nil }
            .first { reading.kind(at: $0) == .role }.flatMap { reading.words[$0].mention }
    }

    /// Where the head of a phrase ends: before brackets and commas, and before a preposition that no name holds.
    private func headEnd(_ range: Range<Int>) -> Int? {
        let end = range.dropFirst().first { index in
            let word = reading.words[index]
            return word.mark == UInt8(ascii: "(") || word.mark == UInt8(ascii: ",") && word.mention == nil
                || word.isAny([.preposition, .relative]) && word.mention == nil
        }
        return (end ?? range.upperBound) > range.lowerBound ? end ?? range.upperBound : nil
    }

    /// Whether the mention is a possessor: "X's …".
    private func isOwner(_ mention: Int, before end: Int, from index: Int) -> Bool {
        var next = index
        while next < end, reading.words[next].mention == mention, !isPossessive(next) { next += 1 }
        return next + 1 < end && isPossessive(next)
    }

    private func isPossessive(_ index: Int) -> Bool {
        reading.words[index].isAny(.possessive) && reading.words[index].isAny(.auxiliary)
            || reading.words[index].mark == UInt8(ascii: "'")
    }

    private func isPerson(_ mention: Int) -> Bool { reading.mentions[mention].kind == .person }

    /// Who says "I" in a quotation.
    private func speaker(_ range: Range<Int>, _ quotation: Int?) -> Int? {
        guard range.count == 1, reading.words[range.lowerBound].isAny(.first) else { return nil }
        return quotation.flatMap { speakers[$0] }
    }

    /// The name right before a relative pronoun, through a comma.
    private func relative(_ range: Range<Int>) -> Int? {
        let index = range.lowerBound
        guard range.count == 1, reading.words[index].isAny(.relative), index > 0 else { return nil }
        let before = reading.words[index - 1]
        let mention = before.mention ?? (before.isPunctuation && index > 1 ? reading.words[index - 2].mention : nil)
        return mention.flatMap { reading.mentions[$0].kind.isName ? $0 : nil }
    }
}
