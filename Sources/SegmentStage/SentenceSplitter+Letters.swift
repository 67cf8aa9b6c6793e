import Text

/// Messages whose lines were run together: heads, signatures, and rules made of marks.
extension SentenceSplitter {
    /// The first token of what follows the token `k`, where the layout of a message once parted the two.
    func borderOfLetter(after k: Int, start: Int, in passage: Range<Int>) -> Int? {
        let next = k + 1
        guard next < passage.upperBound else { return nil }
        switch tokens[k].role {
        case .comma: return closesLetter(start..<k) && tokens[next].role == .upperWord ? next : nil
        case .address, .symbol, .dash:
            if isRule(k) || (isRule(next) && standsApart(next)) { return next }
            if isLink(k), isLink(next) { return next }
            return startsTimeStamp(next) && isHead(start..<next) ? next : nil
        case .number, .upperWord, .abbreviation:
            if endsTimeStamp(k), begins(next), !isHalfOfDay(next) { return next }
            if startsTimeStamp(next), isHead(start..<next) { return next }
            return isRule(next) && standsApart(next) ? next : nil
        default: return isRule(next) && standsApart(next) ? next : nil
        }
    }

    /// Behind the address that a line such as `From: ana@harbour.example.org` ends with, at the head of a passage.
    func mailHead(in passage: Range<Int>) -> Int? {
        let k = passage.lowerBound
        guard passage.count > 4, tokens[k + 1].role == .colon, Lexicon.mailHeads.contains(tokens[k].span, in: text),
            var end = (k + 2..<min(k + 12, passage.upperBound)).first(where: isMail)
        else { return nil }
        end += 1
        if end < passage.upperBound, text[tokens[end].span.start] == UInt8(ascii: ">") { end += 1 }
        return end < passage.upperBound && begins(end) ? end : nil
    }

    /// Whether the words close a letter: `Best regards`.
    private func closesLetter(_ words: Range<Int>) -> Bool {
        (1...2).contains(words.count) && words.contains { Lexicon.letterClosings.contains(tokens[$0].span, in: text) }
    }

    /// Whether a sentence may begin with the token.
    private func begins(_ k: Int) -> Bool {
        switch tokens[k].role {
        case .upperWord, .title, .initial, .openQuote, .number: true
        default: false
        }
    }

    /// Whether the token is a line across the page: ten or more of one mark.
    private func isRule(_ k: Int) -> Bool {
        let span = tokens[k].span
        guard span.count >= 10, tokens[k].role == .symbol || tokens[k].role == .dash else { return false }
        return text[span.range].allSatisfy { $0 == text[span.start] }
    }

    private func standsApart(_ k: Int) -> Bool { tokens[k].span.start > tokens[k - 1].span.end }

    private func isLink(_ k: Int) -> Bool {
        guard tokens[k].role == .address else { return false }
        let bytes = text[tokens[k].span.range]
        return bytes.starts(with: "http".utf8) || bytes.starts(with: "www.".utf8)
    }

    private func isMail(_ k: Int) -> Bool {
        tokens[k].role == .address && text[tokens[k].span.range].contains(UInt8(ascii: "@"))
    }

    /// Whether the tokens are names and addresses alone.
    private func isHead(_ range: Range<Int>) -> Bool {
        guard (1...16).contains(range.count) else { return false }
        return range.allSatisfy { k in
            switch tokens[k].role {
            case .upperWord, .initial, .title, .address, .symbol, .comma, .openQuote, .closeQuote, .openBracket,
                .closeBracket:
                true
            default: false
            }
        }
    }

    /// Whether the token is the last of a time stamp: `03/27/2001 09:11 AM`, `03/27/2001 09:11:30`.
    private func endsTimeStamp(_ k: Int) -> Bool {
        let time = isHalfOfDay(k) ? k - 1 : k
        return time > 0 && startsTimeStamp(time - 1) && (time < k || tokens[time].span.count > 5)
    }

    /// Whether the token is AM or PM.
    private func isHalfOfDay(_ k: Int) -> Bool {
        tokens[k].span.count == 2 && text[tokens[k].span.end - 1] | 0x20 == UInt8(ascii: "m")
    }

    /// Whether a date in figures stands here, and a time behind it.
    private func startsTimeStamp(_ k: Int) -> Bool {
        guard k + 1 < tokens.count, tokens[k].role == .number, tokens[k + 1].role == .number else { return false }
        return count(UInt8(ascii: "/"), in: k) == 2 && count(UInt8(ascii: ":"), in: k + 1) > 0
    }

    private func count(_ byte: UInt8, in k: Int) -> Int {
        text[tokens[k].span.range].reduce(0) { $0 + ($1 == byte ? 1 : 0) }
    }
}
