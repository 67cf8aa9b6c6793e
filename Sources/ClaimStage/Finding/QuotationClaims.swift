import StageKit
import Text

/// Gives quotations that run on over sentences and paragraphs, or follow a colon, to their speakers.
struct QuotationClaims {
    private let reading: Reading

    /// A finder over `reading`.
    init(_ reading: Reading) { self.reading = reading }

    /// Completes the drafts of a document, one list a sentence.
    func complete(_ drafts: inout [[Draft]]) {
        awaited(&drafts)
        continued(&drafts)
    }

    /// Content that follows a colon at the end of a sentence.
    private func awaited(_ drafts: inout [[Draft]]) {
        for sentence in drafts.indices {
            for k in drafts[sentence].indices where drafts[sentence][k].awaitsContent {
                drafts[sentence][k].content = pieces(after: sentence)
            }
            drafts[sentence].removeAll { $0.content.isEmpty }
        }
    }

    /// The sentences of the quotation that begins behind the sentence at `index`.
    private func pieces(after index: Int) -> [Range<Int>] {
        guard index + 1 < reading.sentences.count, let first = reading.sentences[index + 1].first else { return [] }
        let quotation =
            reading.words[first].quotation
            ?? (first + 1 < reading.words.count && reading.words[first].isQuoteMark
                ? reading.words[first + 1].quotation : nil)
        guard let quotation else { return [] }
        var pieces: [Range<Int>] = []
        for range in reading.sentences[(index + 1)...].prefix(Self.longest) {
            guard let piece = words(of: quotation, in: range) else { break }
            pieces.append(piece)
        }
        return pieces
    }

    /// From the first word in the sentence that belongs to the quotation to the last; nil when none does.
    private func words(of quotation: Int, in sentence: Range<Int>) -> Range<Int>? {
        let isInside = { (index: Int) in reading.words[index].quotation == quotation }
        guard let first = sentence.first(where: isInside), let last = sentence.last(where: isInside) else { return nil }
        return first..<last + 1
    }

    /// The most sentences that are given to one cue: were each of a thousand to await the others, there would be a
    /// million pieces.
    private static let longest = 64

    /// Sentences of a quotation whose speaker another sentence of it names, or the quotation before it.
    private func continued(_ drafts: inout [[Draft]]) {
        var speaker: (draft: Draft, quotation: Int)?
        for sentence in drafts.indices {
            let range = reading.sentences[sentence]
            guard let quotation = reading.words[range].lazy.compactMap(\.quotation).first else {
                speaker = nil
                continue
            }
            if let own = drafts[sentence].first(where: { $0.within == nil && $0.source != nil && quotes($0, quotation) }
            ) {
                speaker = (own, quotation)
                continue
            }
            let named =
                laterSpeaker(of: quotation, after: sentence, drafts)
                ?? speaker.flatMap { speaker in
                    speaker.quotation == quotation || follows(speaker.draft, sentence) ? speaker.draft : nil
                }
            guard let named, !covers(named, range) else { continue }
            guard let piece = words(of: quotation, in: range), piece.count > 3,
                2 * piece.count(where: { reading.words[$0].quotation == quotation }) > range.count
            else { continue }
            var draft = named
            draft.content = [piece]
            draft.sentence = sentence
            draft.awaitsContent = false
            drafts[sentence].append(draft)
            speaker = (named, quotation)
        }
    }

    private func quotes(_ draft: Draft, _ quotation: Int) -> Bool {
        draft.content.contains { range in range.contains { reading.words[$0].quotation == quotation } }
    }

    /// The speaker that a later sentence of the same quotation names: "… . …," she said.
    private func laterSpeaker(of quotation: Int, after sentence: Int, _ drafts: [[Draft]]) -> Draft? {
        for next in sentence + 1..<min(sentence + 6, drafts.count) {
            let range = reading.sentences[next]
            guard range.contains(where: { reading.words[$0].quotation == quotation }) else { return nil }
            if let found = drafts[next].first(where: { $0.within == nil && $0.source != nil && quotes($0, quotation) })
            {
                return found
            }
        }
        return nil
    }

    /// Whether the sentence follows right behind the draft's words.
    private func follows(_ draft: Draft, _ sentence: Int) -> Bool {
        draft.sentence == sentence - 1 || draft.extent.upperBound == reading.sentences[sentence].lowerBound
    }

    private func covers(_ draft: Draft, _ range: Range<Int>) -> Bool {
        draft.content.contains { $0.overlaps(range) }
    }
}
