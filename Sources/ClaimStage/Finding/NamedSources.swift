import StageKit

/// Finds claims without a verb of saying: "according to X", "claims that …", "reportedly".
struct NamedSources {
    private let reading: Reading
    private let words: [Word]
    private let phrases: NounPhrases

    /// A finder over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases) {
        self.reading = reading
        words = reading.words
        self.phrases = phrases
    }

    /// "According to X, …", "…, according to X" with "according" at `index`.
    func according(at index: Int, _ scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard words[index].key == Self.according, index + 2 < end, words[index + 1].key == Self.to,
            let source = phrases.beginning(at: index + 2, to: end)
        else { return nil }
        var draft = Draft(
            source: source, cue: index..<index + 2, content: [], stance: .asserted, sentence: scope.sentence,
            within: scope.quotation)
        var before = index
        if before > start, words[before - 1].isPunctuation, !words[before - 1].isQuoteMark { before -= 1 }
        let isInserted = before < index && source.upperBound < end && words[source.upperBound].isPunctuation
        if before - start >= (isInserted ? 1 : 3), !words[start].isAny([.opener, .preposition]) || before - start >= 3 {
            draft.content.append(start..<before)
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
            draft.content.append(comma + 1..<end)
        }
        if draft.content.isEmpty, words[end - 1].mark == UInt8(ascii: ":") { draft.awaitsContent = true }
        return draft.content.isEmpty && !draft.awaitsContent ? nil : draft
    }

    private func isApposition(_ first: Int, _ end: Int) -> Bool {
        !words[first..<end].contains { $0.isAny(.auxiliary) }
            && words[first..<end].contains { $0.isAny([.personRole, .groupRole]) }
    }

    /// "claims that …", "there were reports that …" with the noun at `index`.
    func noun(at index: Int, _ cue: Cue, _ scope: Scope) -> Draft? {
        let start = scope.range.lowerBound, end = scope.range.upperBound
        guard let stance = cue.nounStance, index + 3 < end, words[index + 1].isAny(.that),
            !words[index + 2].isPunctuation, !words[index + 2].isAny([.auxiliary, .negation, .finite])
        else { return nil }
        if !cue.frames.isEmpty {
            guard index > start, words[index - 1].isAny([.determiner, .possessive, .be, .preposition]) else {
                return nil
            }
        }
        var draft = Draft(
            cue: index..<index + 1, content: [index + 1..<end], stance: scope.isQuestion ? .questioned : stance,
            sentence: scope.sentence, within: scope.quotation)
        if index > start, words[index - 1].isAny(.possessive) {
            draft.source =
                phrases.isPossessiveMark(index - 1)
                ? phrases.ending(at: index - 1, from: start) : index - 1..<index
        } else if index > start + 1, words[index - 1].isAny(.be), words[index - 2].key == Self.there {
            draft.cue = index - 2..<index + 1
        }
        return draft
    }

    /// "reportedly" at `index`: the clause around it, without a source.
    func hedge(at index: Int, _ scope: Scope) -> Draft? {
        guard words[index].isAny(.hedge) else { return nil }
        let start = scope.range.lowerBound, end = scope.range.upperBound
        let breaks: (Int) -> Bool = { words[$0].mark == UInt8(ascii: ";") || words[$0].mark == UInt8(ascii: ":") }
        let first = (start..<index).last(where: breaks).map { $0 + 1 } ?? start
        let last = (index..<end).first(where: breaks) ?? end
        guard last - first > 2 else { return nil }
        return Draft(
            cue: index..<index + 1, content: [first..<last], stance: .hedged, sentence: scope.sentence,
            within: scope.quotation)
    }

    private static let according = Folding.key("according")
    private static let to = Folding.key("to")
    private static let there = Folding.key("there")
}
