import StageKit
import Text

/// Finds the passages that a text sets off as somebody's words.
struct QuotationFinder {
    let text: [UInt8]
    let tokens: [Token]
    let passages: [Passage]
    let sentences: [ByteSpan]

    /// A quotation mark that waits for the one that closes it.
    private struct Opening {
        var token: Int
        var shape: MarkShape
        /// Where the last paragraph ended that the quotation goes on from.
        var paragraphEnd = 0
    }

    /// The quotations by start, an outer one first.
    func find() -> [Quotations.Quotation] {
        var found = marked()
        found += BlockQuotations(
            text: text, tokens: tokens, passages: passages, isMarked: passagesInside(found)
        ).find()
        found.sort { ($0.span.start, -$0.span.end) < ($1.span.start, -$1.span.end) }
        nest(&found)
        ScareQuotes(text: text, tokens: tokens, sentences: sentences).mark(&found)
        return found
    }

    /// What stands between marks, by end.
    private func marked() -> [Quotations.Quotation] {
        var found: [Quotations.Quotation] = []
        var open: [Opening] = []
        for (n, passage) in passages.enumerated() {
            var first = passage.tokens.lowerBound
            if let waiting = open.first {
                let token = tokens[first]
                if token.role == .openQuote, MarkShape(token.span, in: text) == waiting.shape {
                    first += 1
                } else if !closesBeforeItOpens(waiting, from: n) {
                    add(unclosed: waiting, to: &found)
                    open = []
                }
            }
            for k in first..<max(first, passage.tokens.upperBound) {
                switch tokens[k].role {
                case .openQuote:
                    if open.count == Self.deepest { open.remove(at: 1) }
                    open.append(Opening(token: k, shape: MarkShape(tokens[k].span, in: text)))
                case .closeQuote: close(k, &open, into: &found)
                default: break
                }
            }
            // an apostrophe may look like an opening mark; a paragraph that opens with one again tells them apart
            if !opensSingle(n + 1) || open.first?.shape != .single { open.removeAll { $0.shape == .single } }
            open = Array(open.prefix(1))
            if !open.isEmpty { open[0].paragraphEnd = passage.span.end }
            if n == passages.count - 1, let waiting = open.first { add(unclosed: waiting, to: &found) }
        }
        return found
    }

    /// Whether the passage `n` begins with a single quotation mark.
    private func opensSingle(_ n: Int) -> Bool {
        guard n < passages.count, let first = passages[n].tokens.first else { return false }
        return tokens[first].role == .openQuote && MarkShape(tokens[first].span, in: text) == .single
    }

    /// Marks that may wait at once; more of them are no quotations.
    private static let deepest = 16

    /// Which passages begin inside one of the quotations.
    private func passagesInside(_ quotations: [Quotations.Quotation]) -> [Bool] {
        var isInside = Array(repeating: false, count: passages.count)
        for quotation in quotations {
            var n = passages.firstIndex(notBefore: quotation.span.start)
            while n < passages.count, passages[n].span.start < quotation.span.end {
                isInside[n] = true
                n += 1
            }
        }
        return isInside
    }

    /// Whether the next mark of this shape, within a few paragraphs, closes: then the quotation runs over them without
    /// being opened anew.
    private func closesBeforeItOpens(_ opening: Opening, from n: Int) -> Bool {
        for passage in passages[n..<min(n + 5, passages.count)] {
            guard passage.kind == .paragraph || passage.kind == .quote else { return false }
            for k in passage.tokens {
                guard tokens[k].role == .openQuote || tokens[k].role == .closeQuote else { continue }
                let shape = MarkShape(tokens[k].span, in: text)
                if shape == opening.shape { return tokens[k].role == .closeQuote }
            }
        }
        return false
    }

    private func close(_ k: Int, _ open: inout [Opening], into found: inout [Quotations.Quotation]) {
        let shape = MarkShape(tokens[k].span, in: text)
        guard let place = open.lastIndex(where: { $0.shape == shape }) ?? mistyped(k, shape, open) else { return }
        let opening = tokens[open[place].token].span
        open.removeSubrange(place...)
        let closing = tokens[k].span
        guard opening.end < closing.start else { return }
        found.append(
            Quotations.Quotation(
                ByteSpan(opening.start, closing.end), content: ByteSpan(opening.end, closing.start), form: .marked,
                closed: true))
    }

    /// The single mark that a double one at the end of a sentence closes by mistake.
    private func mistyped(_ k: Int, _ shape: MarkShape, _ open: [Opening]) -> Int? {
        guard shape == .double, open.count == 1, open[0].shape == .single, k > 0 else { return nil }
        return tokens[k - 1].role == .period || tokens[k - 1].role == .strong ? 0 : nil
    }

    /// Adds a quotation that nothing closes, up to the end of its last paragraph, unless its mark is a stray one.
    private func add(unclosed opening: Opening, to found: inout [Quotations.Quotation]) {
        guard beginsSpeech(opening.token) else { return }
        let mark = tokens[opening.token].span
        found.append(
            Quotations.Quotation(
                ByteSpan(mark.start, opening.paragraphEnd), content: ByteSpan(mark.end, opening.paragraphEnd),
                form: .marked, closed: false))
    }

    /// Whether speech may begin at the mark `k`: at the head of a paragraph or a sentence, or where it is announced.
    private func beginsSpeech(_ k: Int) -> Bool {
        let passage = passages.firstIndex(notBefore: tokens[k].span.start)
        if passage < passages.count, passages[passage].span.start == tokens[k].span.start { return true }
        guard k > 0 else { return true }
        switch tokens[k - 1].role {
        case .comma, .colon, .period, .strong, .ellipsis: return true
        default:
            return (max(0, k - 3)..<k).contains { Lexicon.sayingCues.contains(tokens[$0].span, in: text) }
        }
    }

    private func nest(_ found: inout [Quotations.Quotation]) {
        var ends: [Int] = []
        for k in found.indices {
            while let end = ends.last, end <= found[k].span.start { ends.removeLast() }
            found[k].depth = ends.count
            ends.append(found[k].span.end)
        }
    }
}
