import StageKit
import Text

/// Turns drafts into claims: spans instead of words, sources resolved, pieces kept within one stretch of text.
struct Assembler {
    private let reading: Reading
    private var resolver: SourceResolver
    private let speakers: SpeakerCheck
    /// Places at which blocks were taken out of the text.
    private let gaps: [Int]

    /// An assembler for `reading`.
    init(_ reading: Reading) {
        self.reading = reading
        resolver = SourceResolver(reading)
        speakers = SpeakerCheck(reading, NounPhrases(reading))
        gaps = reading.blocks.filter { !$0.isKept }.map(\.span.start)
    }

    /// The claims of a document, by start.
    mutating func claims(of drafts: [Draft]) -> [Claim] {
        var claims: [Claim] = []
        var seen: Set<[Int]> = []
        let sorted = drafts.map(spoken)
            .sorted { ($0.source ?? $0.extent).lowerBound < ($1.source ?? $1.extent).lowerBound }
        // "I" in a quotation may stand before the words that name its speaker
        for draft in sorted where draft.within == nil { _ = claim(of: draft) }
        resolver = resolver.restarted
        for draft in sorted {
            guard let claim = claim(of: draft) else { continue }
            let parts = [claim.source, claim.cue].flatMap { [$0?.start ?? -1, $0?.end ?? -1] }
            if seen.insert(parts + claim.content.flatMap { [$0.start, $0.end] }).inserted { claims.append(claim) }
        }
        return claims.enumerated().sorted { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) }.map(\.element)
    }

    /// The draft with the words that name its source; without any when these name nobody.
    private func spoken(_ draft: Draft) -> Draft {
        var draft = draft
        draft.source = draft.source.flatMap(speakers.speaker)
        return draft
    }

    private mutating func claim(of draft: Draft) -> Claim? {
        let content = draft.content.compactMap(trimmed)
        guard !content.isEmpty else { return nil }
        let spans = content.map(reading.span)
        let source = draft.source.map(reading.span), cue = draft.cue.map(reading.span)
        let span = ([source, cue].compactMap { $0 } + spans).reduce(spans[0]) { $0.union($1) }
        guard !gaps.contains(where: { $0 > span.start && $0 < span.end }) else { return nil }
        let mention = draft.source.flatMap {
            resolver.mention(of: $0, in: draft.sentence, within: draft.within)
        }
        if let mention, let quotation = quotation(of: content) { resolver.note(speaker: mention, of: quotation) }
        return Claim(
            span, source: source, sourceMention: mention, cue: cue, content: spans, form: form(content, draft),
            stance: draft.stance, negated: isNegated(content))
    }

    /// The piece without the marks of punctuation at its ends that belong to the sentence around it.
    private func trimmed(_ range: Range<Int>) -> Range<Int>? {
        var first = range.lowerBound, end = range.upperBound
        func isLoose(_ word: Word) -> Bool {
            [UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";")].contains(word.mark)
        }
        while first < end, isLoose(reading.words[first]) { first += 1 }
        while end > first, isLoose(reading.words[end - 1]) { end -= 1 }
        return (first..<end).contains { !reading.words[$0].isPunctuation } ? first..<end : nil
    }

    private func quotation(of content: [Range<Int>]) -> Int? {
        content.joined().lazy.compactMap { reading.words[$0].quotation }.first
    }

    private func form(_ content: [Range<Int>], _ draft: Draft) -> Claim.Form {
        var inside = 0, outside = 0
        for index in content.joined() where !reading.words[index].isPunctuation {
            if let quotation = reading.words[index].quotation, quotation != draft.within {
                inside += 1
            } else {
                outside += 1
            }
        }
        return inside == 0 ? .indirect : outside == 0 ? .direct : .mixed
    }

    private func isNegated(_ content: [Range<Int>]) -> Bool {
        !content.joined().count { reading.words[$0].isAny(.negation) }.isMultiple(of: 2)
    }
}
