import Text

extension SentenceSplitter {
    /// The border between a text and what a page sets before or behind it in the same passage, without a full stop.
    func border(ofFramed passage: Range<Int>) -> Int? {
        dateline(in: passage) ?? openingDateline(in: passage) ?? credit(in: passage) ?? figure(in: passage)
            ?? mailHead(in: passage)
    }

    /// The end of the marks of notes from `k` on: `[12]`, or a bare number before a word that begins sentences.
    func noteEnd(_ k: Int, in passage: Range<Int>) -> Int {
        let end = passage.upperBound
        if k + 3 < end, tokens[k].role == .openBracket, tokens[k + 1].role == .number,
            tokens[k + 2].role == .closeBracket, tokens[k + 2].span.end - tokens[k].span.start <= 5
        {
            return k + 3
        }
        if k + 1 < end, tokens[k].role == .number, tokens[k].span.count <= 2, isOpener(k + 1) { return k + 1 }
        return k
    }

    /// Behind a date with its weekday at the head of a passage: `Friday, May 7, 2027 The government has`.
    private func openingDateline(in passage: Range<Int>) -> Int? {
        let k = passage.lowerBound
        guard passage.count > 8, isWeekday(tokens[k].span), tokens[k + 1].role == .comma,
            tokens[k + 2].role == .upperWord, tokens[k + 3].role == .number, tokens[k + 4].role == .comma,
            tokens[k + 5].role == .number, tokens[k + 6].role == .upperWord
        else { return nil }
        return k + 6
    }

    /// Behind the number of a figure whose caption follows: `Figure 1.3 This map shows`.
    private func figure(in passage: Range<Int>) -> Int? {
        let k = passage.lowerBound
        guard passage.count > 4, Lexicon.figures.contains(tokens[k].span, in: text), tokens[k + 1].role == .number
        else { return nil }
        return tokens[k + 2].role == .upperWord || tokens[k + 2].role == .openBracket ? k + 2 : nil
    }

    /// Where a dateline begins that follows a headline in one passage: `Ants treat themselves Tuesday, September 1, 2015`.
    ///
    /// The passage ends with the date, without a full stop, and the headline has three words or more.
    private func dateline(in passage: Range<Int>) -> Int? {
        let end = passage.upperBound
        guard end - passage.lowerBound >= 9, tokens[end - 1].role == .number, tokens[end - 2].role == .comma,
            tokens[end - 3].role == .number, tokens[end - 4].role == .upperWord, tokens[end - 5].role == .comma,
            tokens[end - 1].span.count == 4, isWeekday(tokens[end - 6].span)
        else { return nil }
        switch tokens[end - 7].role {
        case .comma, .dash, .colon: return nil
        default: return end - 6
        }
    }

    /// Where the credit of a picture begins behind its caption: `The old quay Image: A. Name.`
    private func credit(in passage: Range<Int>) -> Int? {
        let end = passage.upperBound
        let start = max(passage.lowerBound + 1, end - 12)
        guard start < end else { return nil }
        return (start..<end).last { k in
            k + 2 < end && tokens[k + 1].role == .colon && tokens[k].role == .upperWord
                && Lexicon.credits.contains(tokens[k].span, in: text)
        }
    }

    private func isWeekday(_ span: ByteSpan) -> Bool {
        span.count >= 6 && text[span.range].suffix(3).elementsEqual("day".utf8)
    }
}
