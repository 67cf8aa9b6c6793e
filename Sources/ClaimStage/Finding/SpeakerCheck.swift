import StageKit
import Text

/// Tells words that may stand for somebody who speaks from words that only stand where a subject would.
struct SpeakerCheck {
    private let words: [Word]
    private let reading: Reading
    private let phrases: NounPhrases

    /// A check over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases) {
        self.reading = reading
        self.phrases = phrases
        words = reading.words
    }

    /// The words that name the source: "which" and "who" give way to the phrase before them; nil when
    /// nobody speaks.
    func speaker(_ range: Range<Int>, in sentence: Int) -> Range<Int>? {
        var range = range
        // "the court also, finding that …"
        while range.count > 1, let last = range.last, words[last].isAdverb, !words[last].isName,
            !words[last].isAny([.determiner, .pronoun])
        { range.removeLast() }
        if range.count == 1, words[range.lowerBound].isAny(.relative) {
            return antecedent(of: range.lowerBound, in: reading.sentences[sentence])
                ?? (words[range.lowerBound].key == Self.who ? range : nil)
        }
        if mayName(range) || range.count == 1 && Self.objects.contains(words[range.lowerBound].key) { return range }
        // "let me say"
        let last = range.upperBound - 1
        if words[last].key == Self.me { return last..<last + 1 }
        return subject(before: range.lowerBound)
    }

    /// The pronoun before a verb that was taken for a name: "I wanna say", "we remain convinced".
    private func subject(before index: Int) -> Range<Int>? {
        for at in stride(from: index - 1, through: max(0, index - 3), by: -1) {
            if words[at].isAny(.pronoun) && words[at].isAny(.subject) { return at..<at + 1 }
            if !words[at].isAny(.auxiliary), !words[at].isAdverb { return nil }
        }
        return nil
    }

    /// The phrase that a relative pronoun takes up; nil for a question's: "asked who knew".
    private func antecedent(of index: Int, in sentence: Range<Int>) -> Range<Int>? {
        var end = index
        if end > sentence.lowerBound, words[end - 1].mark == UInt8(ascii: ",") { end -= 1 }
        if end > sentence.lowerBound, let mention = words[end - 1].mention, reading.mentions[mention].kind == .person {
            var first = end - 1
            while first > sentence.lowerBound, words[first - 1].mention == mention { first -= 1 }
            return first..<end
        }
        guard end > sentence.lowerBound, !words[end - 1].isPunctuation,
            !words[end - 1].isAny([.auxiliary, .preposition, .negation]), !isVerb(end - 1),
            let phrase = phrases.ending(at: end, from: sentence.lowerBound), phrase.count <= 8
        else { return nil }
        let first = words[phrase.lowerBound]
        // "there are others who say", "experts who warn"
        if words[index].key == Self.who, let last = phrase.last,
            Self.people.contains(words[last].key) || words[last].isAny([.personRole, .groupRole, .anyone])
        {
            let joint = phrase.last { words[$0].isAny(.preposition) && !words[$0].isName }
            return joint.map { $0 + 1..<phrase.upperBound } ?? phrase
        }
        if !reading.isName(phrase.lowerBound), !first.isAny([.determiner, .possessive]) { return nil }
        if words[index].key == Self.who { return phrase }
        return phrase.contains { reading.isName($0) || words[$0].isAny([.personRole, .groupRole]) } ? phrase : nil
    }

    private func isVerb(_ index: Int) -> Bool {
        guard let cue = words[index].cue, !reading.isName(index) else { return false }
        return !cue.frames.isEmpty && cue.nounStance == nil && !cue.frames.contains(.nounlike)
    }

    private func mayName(_ range: Range<Int>) -> Bool {
        guard let first = range.first, let last = range.last else { return false }
        if range.contains(where: reading.isName) { return true }
        if words[first].isAny(.negation), !words[first].isAny([.pronoun, .determiner]) {
            return words[first].key == Self.neither && range.contains { words[$0].key == Self.nor }
        }
        if range.allSatisfy(range.count > 1 ? isMeasure : isDay) { return false }
        if words[first].isAny([.determiner, .pronoun, .possessive]) || words[first].isCapital { return true }
        if words[first].mention != nil || words[first].isQuoteMark { return true }
        let head = range.dropFirst().first { words[$0].isAny(.preposition) }.map { $0 - 1 } ?? last
        return range.contains { words[$0].isAny([.personRole, .groupRole]) } || isPlural(head)
    }

    private func isDay(_ index: Int) -> Bool {
        isFigure(index) && !isPerson(index)
    }

    /// "one" and "two" may speak.
    private func isPerson(_ index: Int) -> Bool { words[index].isAny([.pronoun, .determiner]) }

    /// A day, a number, an article before one: "two days", "the third".
    private func isMeasure(_ index: Int) -> Bool {
        if reading.isName(index) { return false }
        return isFigure(index) || words[index].isAny(.determiner) && !words[index].isAny(.pronoun)
    }

    /// Whether the word is part of a date or an amount; an office that means somebody is neither.
    private func isFigure(_ index: Int) -> Bool {
        guard let kind = reading.kind(at: index) else { return false }
        return !kind.isName && kind != .role && kind != .modifier
    }

    private func isPlural(_ index: Int) -> Bool {
        let bytes = reading.text[words[index].span.range]
        return bytes.count > 3 && bytes.last == UInt8(ascii: "s") && bytes.dropLast().last != UInt8(ascii: "s")
            || Self.speakers.contains(words[index].key)
    }

    private static let people = Set(["others", "those", "people", "many", "some"].map { Folding.key($0) })
    private static let neither = Folding.key("neither")
    private static let nor = Folding.key("nor")
    private static let me = Folding.key("me")
    private static let objects = Set(["him", "her", "them", "us"].map { Folding.key($0) })
    private static let who = Folding.key("who")
    private static let speakers: Set<UInt64> = [
        Folding.key("people"), Folding.key("police"), Folding.key("men"), Folding.key("women"),
        Folding.key("children"), Folding.key("staff"), Folding.key("media"), Folding.key("research"),
        Folding.key("evidence"), Folding.key("data"), Folding.key("history"), Folding.key("science"),
    ]
}
