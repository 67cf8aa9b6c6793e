import StageKit
import Text

/// What a document asserts in its author's own voice.
enum AuthorClaims: String, CaseIterable {
    /// No claims of the author.
    case none
    /// Sentences with a figure or a date.
    case figures
    /// Every sentence that nobody else is the source of.
    case all

    /// The author's claims among the sentences of `reading` that hold none of `drafts` and no quotation.
    func drafts(_ reading: Reading, besides drafts: [[Draft]]) -> [Draft] {
        guard self != .none else { return [] }
        let running = reading.blocks.filter { $0.isKept && Self.asserting.contains($0.kind) }.map(\.span)
        var block = 0
        return reading.sentences.indices.compactMap { sentence -> Draft? in
            let range = reading.sentences[sentence]
            guard !range.isEmpty, isAuthors(range, drafts[sentence]) else { return nil }
            let span = reading.span(range)
            while block < running.count, running[block].end <= span.start { block += 1 }
            guard block < running.count, running[block].contains(span) || running.count == 1,
                range.count(where: { !reading.words[$0].isPunctuation }) > 2,
                !range.contains(where: { reading.words[$0].quotation != nil }),
                self == .all || range.contains(where: isFigure(reading))
            else { return nil }
            let isQuestion = reading.words[range].last { !$0.isQuoteMark }?.mark == UInt8(ascii: "?")
            return Draft(content: [range], stance: isQuestion ? .questioned : .asserted, sentence: sentence)
        }
    }

    /// Whether the sentence is the author's: nobody is named as a source, and what is passed on is only a part.
    private func isAuthors(_ sentence: Range<Int>, _ drafts: [Draft]) -> Bool {
        drafts.allSatisfy { draft in
            // what somebody plans or speaks of leaves the rest of the sentence to the author
            draft.kind != .clause
                || draft.source == nil && draft.stance != .hedged && !draft.extent.contains(sentence.lowerBound)
        }
    }

    private static let asserting: Set<Blocks.Kind> = [.paragraph, .list, .quote]

    /// Whether the word is a number that measures nothing: `one`, `one-on-one`, `two of his obsessions`.
    private func isIdle(_ index: Int, _ reading: Reading) -> Bool {
        let word = reading.words[index]
        guard word.kind == .word, let mention = word.mention,
            case .quantity(let value)? = reading.mentions[mention].value,
            value.unit.isEmpty
        else { return false }
        if value.number == 1 { return true }
        let next = index + 1 < reading.words.count ? reading.words[index + 1] : nil
        return value.number == 2 && (next?.isAny(.preposition) ?? false)
    }

    private func isFigure(_ reading: Reading) -> (Int) -> Bool {
        { index in
            guard let kind = reading.kind(at: index), !isIdle(index, reading) else { return false }
            switch kind {
            case .date, .number, .percent, .money, .quantity: return true
            default: return false
            }
        }
    }
}
