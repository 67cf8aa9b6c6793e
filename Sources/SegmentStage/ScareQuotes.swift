import StageKit
import Text

/// Tells words that an author keeps at a distance from words that somebody said.
struct ScareQuotes {
    let text: [UInt8]
    let tokens: [Token]
    let sentences: [ByteSpan]

    /// Gives the form `scare` to short quotations that are no sentence, in sentences without a word of saying.
    func mark(_ quotations: inout [Quotations.Quotation]) {
        for n in quotations.indices where quotations[n].form == .marked && quotations[n].closed {
            let content = quotations[n].content
            let first = token(at: content.start)
            var last = first
            var words = 0
            var isSaid = false
            while last < tokens.count, tokens[last].span.start < content.end, words <= Self.mostWords {
                switch tokens[last].role {
                case .period, .strong, .ellipsis, .comma:
                    // a full stop or comma before the closing mark is the typesetter's, unless a sentence stands alone
                    let isLast = last + 1 < tokens.count && tokens[last + 1].role == .closeQuote
                    if !isLast || tokens[last].role == .strong || beginsSentence(quotations[n].span) { isSaid = true }
                case .openQuote, .closeQuote, .dash, .openBracket, .closeBracket: break
                default: words += 1
                }
                last += 1
            }
            guard words <= Self.mostWords, words > 0, !isSaid, !isAnnounced(before: first - 1) else { continue }
            if !hasCue(around: quotations[n].span, within: words <= 2 ? 3 : 40) { quotations[n].form = .scare }
        }
    }

    /// Words that the author may keep at a distance at once.
    private static let mostWords = 4

    /// Whether a comma or a colon stands before the opening mark.
    private func isAnnounced(before mark: Int) -> Bool {
        guard mark > 0, mark < tokens.count else { return false }
        return tokens[mark - 1].role == .colon
    }

    /// Whether the sentence around `span` has a word of saying outside of it.
    ///
    /// One word or two are somebody's only where the word of saying stands close by.
    private func hasCue(around span: ByteSpan, within reach: Int) -> Bool {
        guard let sentence = sentence(around: span.start) else { return false }
        let first = token(at: span.start)
        let behind = token(at: span.end)
        var k = max(token(at: sentence.start), first - reach)
        let end = min(tokens.count, behind + reach)
        while k < end, tokens[k].span.start < sentence.end {
            let token = tokens[k]
            if token.role == .lowerWord, !span.contains(token.span), Lexicon.sayingCues.contains(token.span, in: text) {
                return true
            }
            k += 1
        }
        return false
    }

    private func beginsSentence(_ span: ByteSpan) -> Bool { sentence(around: span.start)?.start == span.start }

    private func sentence(around offset: Int) -> ByteSpan? {
        let after = partition(sentences.count) { sentences[$0].start > offset }
        return after > 0 ? sentences[after - 1] : nil
    }

    private func token(at offset: Int) -> Int { partition(tokens.count) { tokens[$0].span.start >= offset } }

    /// The first index for which `isBehind` holds, which holds for all after it.
    private func partition(_ count: Int, _ isBehind: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
