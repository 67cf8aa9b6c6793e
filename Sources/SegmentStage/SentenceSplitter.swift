import Text

/// Cuts the tokens of a passage into sentences.
struct SentenceSplitter {
    let tokens: [Token]
    let text: [UInt8]

    /// Adds the sentences of the passage whose tokens these are.
    func split(_ passage: Range<Int>, into sentences: inout [ByteSpan]) {
        var start = passage.lowerBound
        var k = start
        while k < passage.upperBound {
            let border = borderAfter(k, start: start, in: passage)
            if let border, border < passage.upperBound {
                sentences.append(ByteSpan(tokens[start].span.start, tokens[border - 1].span.end))
                start = border
                k = max(border, k + 1)
            } else {
                k += 1
            }
        }
        if start < passage.upperBound {
            sentences.append(ByteSpan(tokens[start].span.start, tokens[passage.upperBound - 1].span.end))
        }
    }

    /// The first token of the next sentence when the token `k` ends one.
    private func borderAfter(_ k: Int, start: Int, in passage: Range<Int>) -> Int? {
        let role = tokens[k].role
        switch role {
        case .period, .strong, .ellipsis, .abbreviation, .initial, .numberAbbreviation: break
        case .bullet where k > start: return k
        default: return nil
        }
        var next = k + 1
        while next < passage.upperBound, closes(next) { next += 1 }
        guard next < passage.upperBound else { return nil }
        var word = next
        while word < passage.upperBound, opens(word) { word += 1 }
        guard word < passage.upperBound else { return nil }
        let closed = next > k + 1
        let begins = tokens[word].role
        switch role {
        case .period: return endsAtPeriod(k, closed: closed, word: word, begins) ? next : nil
        case .strong: return endsAtStrong(k, closed: closed, begins) ? next : nil
        case .ellipsis: return endsAtEllipsis(k, next: next, begins) ? next : nil
        case .abbreviation: return endsAtAbbreviation(k, closed: closed, word: word, begins) ? next : nil
        case .initial: return endsAtInitial(k, start: start, word: word, begins) ? next : nil
        default: return nil
        }
    }

    private func endsAtPeriod(_ k: Int, closed: Bool, word: Int, _ begins: Token.Role) -> Bool {
        switch begins {
        case .upperWord, .caselessWord, .title, .initial, .abbreviation, .numberAbbreviation, .marker, .number, .bullet:
            return true
        case .lowerWord: return false
        case .comma, .colon, .semicolon, .closeBracket, .closeQuote: return false
        case .address, .symbol: return true
        case .ellipsis, .period, .strong: return begins == .ellipsis
        default: return !closed
        }
    }

    private func endsAtStrong(_ k: Int, closed: Bool, _ begins: Token.Role) -> Bool {
        switch begins {
        case .lowerWord, .comma, .colon, .semicolon, .closeBracket, .closeQuote, .dash, .period, .strong: false
        default: true
        }
    }

    private func endsAtEllipsis(_ k: Int, next: Int, _ begins: Token.Role) -> Bool {
        guard begins == .upperWord || begins == .title || begins == .initial || begins == .caselessWord else {
            return false
        }
        // [...] and words run together: an omission inside a sentence
        if tokens[next - 1].role == .closeBracket { return false }
        return tokens[next].span.start > tokens[next - 1].span.end
    }

    private func endsAtAbbreviation(_ k: Int, closed: Bool, word: Int, _ begins: Token.Role) -> Bool {
        switch begins {
        case .upperWord, .title: closed || Lexicon.sentenceOpeners.contains(tokens[word].span, in: text)
        case .bullet: true
        default: false
        }
    }

    private func endsAtInitial(_ k: Int, start: Int, word: Int, _ begins: Token.Role) -> Bool {
        guard k > start, begins == .upperWord, Lexicon.sentenceOpeners.contains(tokens[word].span, in: text) else {
            return false
        }
        return tokens[k - 1].role == .lowerWord
    }

    private func closes(_ k: Int) -> Bool {
        let token = tokens[k]
        return (token.role == .closeQuote || token.role == .closeBracket) && token.span.start == tokens[k - 1].span.end
    }

    private func opens(_ k: Int) -> Bool {
        switch tokens[k].role {
        case .openQuote, .openBracket, .dash: true
        default: false
        }
    }
}
