import Text

extension SentenceSplitter {
    /// Where a dateline begins that follows a headline in one passage: `Ants treat themselves Tuesday, September 1, 2015`.
    ///
    /// The passage ends with the date, without a full stop, and the headline has three words or more.
    func dateline(in passage: Range<Int>) -> Int? {
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
    func credit(in passage: Range<Int>) -> Int? {
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
