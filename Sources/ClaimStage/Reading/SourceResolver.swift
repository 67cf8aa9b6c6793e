import StageKit
import Text

/// Finds the mention that the words for a source mean: a name, or through a pronoun or a role the nearest that fits.
///
/// A pronoun goes to who spoke last, if that is near, before it goes to who was named last: in reported speech
/// speakers stay (centering, Grosz, Joshi and Weinstein 1995).
struct SourceResolver {
    private let reading: Reading
    /// Who spoke last, by sentence.
    private var lastSpeaker: (mention: Int, sentence: Int)?
    /// Who was last introduced with each role word.
    private var roles: [UInt64: Int] = [:]
    /// The speaker of each quotation, for "I" inside it.
    private var speakers: [Int: Int] = [:]
    private var nextMention = 0
    /// Whom a title, or a pronoun before, tells to be a woman or a man, by the last word of the name.
    private var genders: [UInt64: WordClasses] = [:]
    private var nextTitle = 0

    private static let reach = 4

    /// A resolver at the beginning of `reading`.
    init(_ reading: Reading) { self.reading = reading }

    /// A resolver at the beginning again, which knows the speakers of the quotations.
    var restarted: SourceResolver {
        var again = SourceResolver(reading)
        again.speakers = speakers
        return again
    }

    /// The mention of the source at `range`, which stands in `sentence`. Sources come in order of the text.
    mutating func mention(of range: Range<Int>, in sentence: Int, within quotation: Int?) -> Int? {
        noteRoles(before: range.upperBound)
        let found = named(range) ?? pronoun(range, sentence, quotation) ?? role(range, sentence)
        if let found, quotation == nil { lastSpeaker = (found, sentence) }
        return found
    }

    /// Remembers who speaks in a quotation.
    mutating func note(speaker: Int, of quotation: Int) { speakers[quotation] = speaker }

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
            if isBehindPreposition, best != nil || !isPerson(mention) { continue }
            if isOwner(mention, before: range.upperBound, from: index) { continue }
            if best.map({ !isPerson($0) }) ?? true { best = mention }
        }
        guard let best, !isPerson(best) else { return best }
        return headEnd(range).flatMap { reading.words[$0 - 1].mention }.flatMap {
            reading.mentions[$0].kind.isName ? $0 : nil
        }
    }

    /// Where the head of a phrase ends: before brackets, and before a preposition that no name holds.
    private func headEnd(_ range: Range<Int>) -> Int? {
        let end = range.dropFirst().first { index in
            reading.words[index].mark == UInt8(ascii: "(")
                || reading.words[index].isAny(.preposition) && reading.words[index].mention == nil
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

    private func isBody(_ mention: Int) -> Bool {
        let kind = reading.mentions[mention].kind
        return kind == .organization || kind == .group
    }

    /// The last word of a name, which a person keeps when the rest is left out.
    private func surname(_ mention: Int) -> UInt64 {
        let span = reading.mentions[mention].span
        var start = span.end
        while start > span.start, reading.text[start - 1] != 0x20 { start -= 1 }
        return Folding.key(UTF8Decoding.string(reading.text, ByteSpan(start, span.end)))
    }

    /// What the titles before names say.
    private mutating func noteTitles(before end: Int) {
        while nextTitle < end {
            defer { nextTitle += 1 }
            guard let gender = Self.titles[reading.words[nextTitle].key] else { continue }
            let next = (nextTitle + 1..<min(nextTitle + 3, reading.words.count)).first { reading.isName($0) }
            if let mention = next.flatMap({ reading.words[$0].mention }), isPerson(mention) {
                genders[surname(mention)] = gender
            }
        }
    }

    private static let titles: [UInt64: WordClasses] = [
        Folding.key("mr"): .male, Folding.key("sir"): .male, Folding.key("lord"): .male, Folding.key("father"): .male,
        Folding.key("mrs"): .female, Folding.key("ms"): .female, Folding.key("miss"): .female,
        Folding.key("lady"): .female, Folding.key("dame"): .female, Folding.key("sister"): .female,
    ]

    private mutating func pronoun(_ range: Range<Int>, _ sentence: Int, _ quotation: Int?) -> Int? {
        guard range.count == 1 else { return nil }
        let word = reading.words[range.lowerBound]
        if word.isAny(.first) { return quotation.flatMap { speakers[$0] } }
        if word.isAny(.relative) { return range.lowerBound > 0 ? nearBefore(range.lowerBound) : nil }
        if word.isAny([.male, .female]) {
            let gender: WordClasses = word.isAny(.male) ? .male : .female
            noteTitles(before: range.lowerBound)
            let found = nearest(before: range.lowerBound, sentence) {
                isPerson($0) && (genders[surname($0)] ?? gender) == gender
            }
            if let found, genders[surname(found)] == nil { genders[surname(found)] = gender }
            return found
        }
        if word.isAny([.plural, .neuter]) { return nearest(before: range.lowerBound, sentence, isBody) }
        return nil
    }

    /// The name right before a relative pronoun, through a comma.
    private func nearBefore(_ index: Int) -> Int? {
        let before = reading.words[index - 1]
        let mention = before.mention ?? (before.isPunctuation && index > 1 ? reading.words[index - 2].mention : nil)
        return mention.flatMap { reading.mentions[$0].kind.isName ? $0 : nil }
    }

    private func nearest(before index: Int, _ sentence: Int, _ fits: (Int) -> Bool) -> Int? {
        if let last = lastSpeaker, sentence - last.sentence <= Self.reach, fits(last.mention) { return last.mention }
        let first = reading.sentences[max(0, sentence - Self.reach)].lowerBound
        var found: Int?
        for at in stride(from: index - 1, through: first, by: -1) {
            if let mention = reading.words[at].mention, fits(mention) {
                found = mention
                break
            }
        }
        return found
    }

    /// "the minister": who was introduced as one; "the group": the nearest organisation or group.
    private func role(_ range: Range<Int>, _ sentence: Int) -> Int? {
        guard reading.words[range.lowerBound].isAny(.determiner), range.count <= 4,
            let head = range.last(where: { reading.words[$0].isAny([.personRole, .groupRole]) }),
            !range.contains(where: { reading.words[$0].isAny(.preposition) }), isDefinite(range.lowerBound)
        else { return nil }
        let key = reading.words[head].key
        if let known = roles[key] { return known }
        guard reading.words[head].isAny(.groupRole) else { return nil }
        return nearest(before: range.lowerBound, sentence, isBody)
    }

    private func isDefinite(_ index: Int) -> Bool { Self.definite.contains(reading.words[index].key) }

    /// Role words beside a name: "Minister X", "X, a spokesman for …"; and the role words in names themselves.
    private mutating func noteRoles(before end: Int) {
        var index = nextMention
        while index < end {
            defer { index += 1 }
            let word = reading.words[index]
            guard word.isAny([.personRole, .groupRole]) else { continue }
            if let own = word.mention, reading.mentions[own].kind.isName {
                if isPerson(own) == word.isAny(.personRole) { roles[word.key] = own }
                continue
            }
            let near = neighbour(index, by: 1) ?? neighbour(index, by: -1)
            if let near, isPerson(near) == word.isAny(.personRole) { roles[word.key] = near }
        }
        nextMention = max(nextMention, end)
    }

    /// The name within a few words on one side, across one comma at most.
    private func neighbour(_ index: Int, by step: Int) -> Int? {
        var at = index + step
        var commas = 0
        for _ in 0..<5 {
            guard reading.words.indices.contains(at) else { return nil }
            let word = reading.words[at]
            if let mention = word.mention, reading.mentions[mention].kind.isName {
                if isPerson(mention) == reading.words[index].isAny(.personRole) { return mention }
            } else if word.isPunctuation {
                commas += 1
                if word.mark != UInt8(ascii: ",") || commas > 1 { return nil }
            } else if word.cue.map({ !$0.frames.isEmpty && $0.nounStance == nil }) ?? false || word.isAny(.auxiliary) {
                return nil
            }
            at += step
        }
        return nil
    }

    private static let definite: Set<UInt64> = [
        Folding.key("the"), Folding.key("that"), Folding.key("this"), Folding.key("our"), Folding.key("his"),
        Folding.key("her"), Folding.key("their"),
    ]
}
