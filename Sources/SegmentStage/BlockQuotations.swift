import StageKit
import Text

/// Finds quotations without marks: blocks laid out as quotations, and paragraphs behind a colon and a verb of saying.
struct BlockQuotations {
    let text: [UInt8]
    let tokens: [Token]
    let passages: [Passage]
    /// For each passage, whether it begins inside a quotation with marks.
    let isMarked: [Bool]

    func find() -> [Quotations.Quotation] {
        var found: [Quotations.Quotation] = []
        var n = 0
        while n < passages.count {
            var end = n + 1
            if passages[n].kind == .quote {
                while end < passages.count, passages[end].kind == .quote { end += 1 }
                if !opensWithMark(passages[n]) { found.append(quotation(n..<end)) }
            } else if end < passages.count, introduces(n), begins(at: end, behind: n) {
                end += 1
                while end < passages.count, end - n < Self.longest, goesOn(at: end, from: n + 1) { end += 1 }
                found.append(quotation(n + 1..<end))
            }
            n = end
        }
        return found
    }

    /// Paragraphs that one introduction can govern.
    private static let longest = 10

    private func quotation(_ range: Range<Int>) -> Quotations.Quotation {
        let span = ByteSpan(passages[range.lowerBound].span.start, passages[range.upperBound - 1].span.end)
        let isLaidOut = passages[range.lowerBound].kind == .quote
        return Quotations.Quotation(span, content: span, form: .block, closed: isLaidOut)
    }

    /// Whether the passage ends with words that announce somebody's words: `told the court:`, `According to the mayor,`.
    private func introduces(_ n: Int) -> Bool {
        guard passages[n].kind == .paragraph, let last = passages[n].tokens.last else { return false }
        let sentence = lastSentence(of: n)
        switch tokens[last].role {
        case .colon: return cue(in: sentence) != nil
        case .comma:
            guard let first = sentence.first, sentence.count > 3 else { return false }
            return word(first, is: "According") && word(first + 1, is: "to")
        default: return false
        }
    }

    /// Whether the words begin in the passage `next` that the passage `n` announces.
    private func begins(at next: Int, behind n: Int) -> Bool {
        let passage = passages[next]
        guard passage.kind == .paragraph, !isMarked[next], isProse(passage), let first = passage.tokens.first,
            let last = passages[n].tokens.last
        else { return false }
        // the announcing sentence goes on in the block
        if tokens[first].role == .lowerWord { return true }
        let sentence = lastSentence(of: n)
        guard let cue = cue(in: sentence) else { return true }
        if last - cue <= 4 { return true }
        // what is said stands before the colon already, and something else is shown
        if word(cue + 1, is: "that") || word(cue + 1, is: "it") { return false }
        guard cue > sentence.lowerBound, hasSpeaker(cue, in: sentence), tokens[cue + 1].role != .comma,
            !hasCue(passage.tokens)
        else { return false }
        return !Lexicon.narrationOpeners.contains(tokens[first].span, in: text) || word(first, is: "Despite")
    }

    /// Whether the passage `n` still belongs to the words that began in the passage `first`.
    private func goesOn(at n: Int, from first: Int) -> Bool {
        let passage = passages[n]
        guard passage.kind == .paragraph, !isMarked[n], isProse(passage),
            let start = passage.tokens.first, let begin = passages[first].tokens.first,
            !Lexicon.narrationOpeners.contains(tokens[start].span, in: text)
        else { return false }
        if passage.tokens.contains(where: { Lexicon.firstPerson.contains(tokens[$0].span, in: text) }) {
            return !isNarrated(passage)
        }
        if hasCue(passage.tokens) { return false }
        // it goes on about what it began with: a name at the head of both
        let isName = tokens[start].role == .upperWord && !Lexicon.sentenceOpeners.contains(tokens[start].span, in: text)
        if isName, text[tokens[start].span.range] == text[tokens[begin].span.range] { return true }
        // an omission marks that there is more
        return passages[n - 1].tokens.last.map { tokens[$0].role == .ellipsis } ?? false
    }

    /// Whether the passage is a sentence or more, no heading and no introduction of something else.
    private func isProse(_ passage: Passage) -> Bool {
        guard let last = passage.tokens.last, passage.tokens.count >= 6 else { return false }
        switch tokens[last].role {
        case .period, .strong, .ellipsis, .abbreviation, .closeBracket, .closeQuote: return true
        default: return false
        }
    }

    /// Whether a narrator tells what somebody says: a verb of saying beside its speaker, or beside quoted words.
    private func isNarrated(_ passage: Passage) -> Bool {
        guard hasCue(passage.tokens) else { return false }
        if passage.tokens.contains(where: { tokens[$0].role == .closeQuote }) { return true }
        return passage.tokens.dropFirst().contains { isCue($0) && namesSpeaker($0 - 1) }
    }

    /// Whether a speaker stands before the verb of saying, perhaps with an adverb between: `it then quotes`.
    private func hasSpeaker(_ cue: Int, in sentence: Range<Int>) -> Bool {
        if namesSpeaker(cue - 1) { return true }
        return cue - 2 >= sentence.lowerBound && tokens[cue - 1].role == .lowerWord && namesSpeaker(cue - 2)
    }

    /// Whether the word before a verb of saying may be who says: a name or `he`, `she`, `they`, `it`.
    private func namesSpeaker(_ k: Int) -> Bool {
        if Lexicon.firstPerson.contains(tokens[k].span, in: text) { return false }
        return tokens[k].role == .upperWord || Lexicon.thirdPerson.contains(tokens[k].span, in: text)
    }

    private func opensWithMark(_ passage: Passage) -> Bool {
        passage.tokens.first.map { tokens[$0].role == .openQuote } ?? false
    }

    private func hasCue(_ range: Range<Int>) -> Bool { cue(in: range) != nil }

    /// The last verb of saying in the tokens.
    private func cue(in range: Range<Int>) -> Int? {
        range.last(where: isCue)
    }

    private func isCue(_ k: Int) -> Bool {
        tokens[k].role == .lowerWord && Lexicon.sayingCues.contains(tokens[k].span, in: text)
    }

    private func lastSentence(of n: Int) -> Range<Int> {
        let range = passages[n].tokens
        var start = range.upperBound - 1
        while start > range.lowerBound {
            switch tokens[start - 1].role {
            case .period, .strong, .ellipsis: return start..<range.upperBound
            default: start -= 1
            }
        }
        return range
    }

    private func word(_ k: Int, is word: StaticString) -> Bool {
        guard k < tokens.count else { return false }
        return word.withUTF8Buffer { text[tokens[k].span.range].elementsEqual($0) }
    }
}
