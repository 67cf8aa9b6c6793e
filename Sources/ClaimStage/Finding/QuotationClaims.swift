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
        for range in reading.sentences[(index + 1)...] {
            let inside = range.filter { reading.words[$0].quotation == quotation }
            guard let start = inside.first, let end = inside.last else { break }
            pieces.append(start..<end + 1)
        }
        return pieces
    }

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
            let inside = range.filter { reading.words[$0].quotation == quotation }
            guard let start = inside.first, let end = inside.last, end - start > 2, 2 * inside.count > range.count
            else {
                continue
            }
            var draft = named
            draft.content = [start..<end + 1]
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
