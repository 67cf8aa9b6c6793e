import Text

/// Cuts the tokens of a passage into sentences.
struct SentenceSplitter {
    let tokens: [Token]
    let text: [UInt8]
    /// Words that begin sentences more often than names.
    let openers: WordSet

    /// Adds the sentences of the passage whose tokens these are.
    func split(_ passage: Range<Int>, into sentences: inout [ByteSpan]) {
        var start = passage.lowerBound
        var k = start
        var items = ListItems(tokens: tokens, text: text).marks(in: passage)[...]
        let frame = border(ofFramed: passage)
        while k < passage.upperBound {
            var border =
                borderAfter(k, start: start, in: passage) ?? borderOfLetter(after: k, start: start, in: passage)
            if k + 1 == items.first?.lowerBound || k + 1 == frame { border = k + 1 }
            if let border, border < passage.upperBound {
                sentences.append(ByteSpan(tokens[start].span.start, tokens[border - 1].span.end))
                start = border
                k = max(border, k + 1)
                // the full stop of an item's mark is not the sentence's
                while let item = items.first, item.lowerBound <= start {
                    k = max(k, item.upperBound)
                    items.removeFirst()
                }
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
        // of several faces the last
        case .face where k + 1 < passage.upperBound && tokens[k + 1].role != .face: break
        case .bullet where k > start: return k
        default: return nil
        }
        var next = k + 1
        while next < passage.upperBound, closes(next) { next += 1 }
        next = noteEnd(next, in: passage)
        guard next < passage.upperBound else { return nil }
        var word = next
        while word < passage.upperBound, opens(word) { word += 1 }
        guard word < passage.upperBound else { return nil }
        // Com. & Adm.: an ampersand joins what stands on both sides of it
        if text[tokens[word].span.range].elementsEqual("&".utf8) { return nil }
        let closed = tokens[next - 1].role != .face && next > k + 1
        let isInformal = tokens[passage.lowerBound].role == .lowerWord
        let begins = tokens[word].role
        if tokens[next].span.start == tokens[next - 1].span.end, !beginsWithoutBlank(begins) { return nil }
        // the name behind a motto
        if tokens[next].role == .dash, tokens[next - 1].role == .closeQuote { return nil }
        switch role {
        case .period: return endsAtPeriod(k, closed: closed, word: word, begins) ? next : nil
        case .strong:
            return endsAtStrong(closed: closed, word: word, begins, isInformal: isInformal) ? next : nil
        case .face: return begins == .upperWord || begins == .title ? next : nil
        case .ellipsis: return endsAtEllipsis(k, next: next, begins) ? next : nil
        case .abbreviation:
            return k > start && endsAtAbbreviation(k, start: start, closed: closed, word: word, begins) ? next : nil
        case .initial: return endsAtInitial(k, start: start, word: word, begins) ? next : nil
        default: return nil
        }
    }

    private func endsAtPeriod(_ k: Int, closed: Bool, word: Int, _ begins: Token.Role) -> Bool {
        switch begins {
        case .upperWord, .caselessWord, .title, .initial, .abbreviation, .numberAbbreviation, .marker, .number, .bullet:
            return true
        case .lowerWord: return !closed && (isPlainWord(k - 1) || isShortWord(k - 1))
        case .spacedEllipsis: return word + 1 < tokens.count && tokens[word + 1].role == .upperWord
        case .comma, .colon, .semicolon, .closeBracket, .closeQuote: return false
        case .address, .symbol: return true
        case .ellipsis, .period, .strong: return begins == .ellipsis
        default: return !closed
        }
    }

    private func endsAtStrong(closed: Bool, word: Int, _ begins: Token.Role, isInformal: Bool) -> Bool {
        switch begins {
        case .comma, .colon, .semicolon, .closeBracket, .closeQuote, .dash, .period, .strong: false
        // who begins with a small letter begins the next sentence with one
        case .lowerWord: !closed && (isInformal || opensInformally(word))
        default: true
        }
    }

    private func endsAtEllipsis(_ k: Int, next: Int, _ begins: Token.Role) -> Bool {
        guard begins == .upperWord || begins == .title || begins == .initial || begins == .caselessWord else {
            return false
        }
        // [...] and words run together: an omission inside a sentence
        if k > 0, tokens[k - 1].role == .openBracket { return isOpener(next) }
        if tokens[next - 1].role == .closeBracket { return false }
        let isGlued = tokens[next].span.start == tokens[next - 1].span.end
        if isGlued { return next == k + 1 && begins == .upperWord && isPlainWord(k - 1) }
        // somebody who looks for words: I just ... I don't know
        let standsApart = k == 0 || tokens[k].span.start > tokens[k - 1].span.end
        return !(standsApart && tokens[next].span.count == 1)
    }

    private func endsAtAbbreviation(_ k: Int, start: Int, closed: Bool, word: Int, _ begins: Token.Role) -> Bool {
        switch begins {
        case .title: closed || (k - start >= 5 && endsTime(k))
        case .upperWord: closed || isOpener(word)
        case .bullet, .caselessWord: true
        default: false
        }
    }

    private func endsAtInitial(_ k: Int, start: Int, word: Int, _ begins: Token.Role) -> Bool {
        guard k > start, begins == .upperWord, isOpener(word) else {
            return false
        }
        return tokens[k - 1].role == .lowerWord
    }

    private func closes(_ k: Int) -> Bool {
        let token = tokens[k]
        if token.role == .face { return true }
        guard token.role == .closeQuote || token.role == .closeBracket, k > 0 else { return false }
        let gap = token.span.start - tokens[k - 1].span.end
        // « Non. »
        return gap == 0 || (gap <= 3 && token.role == .closeQuote && isGuillemet(token.span))
    }

    private func isGuillemet(_ span: ByteSpan) -> Bool {
        let shape = MarkShape(span, in: text)
        return shape == .guillemet || shape == .singleGuillemet
    }

    private func opens(_ k: Int) -> Bool {
        switch tokens[k].role {
        case .openQuote, .openBracket, .dash: true
        default: false
        }
    }
}
