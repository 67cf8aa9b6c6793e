import Text

extension SentenceSplitter {
    /// Whether a new sentence may begin with this right behind a full stop: where a blank was lost.
    func beginsWithoutBlank(_ role: Token.Role) -> Bool {
        switch role {
        case .upperWord, .caselessWord, .title, .initial, .openQuote: true
        default: false
        }
    }

    /// Whether the full stop behind a word can't be an abbreviation's: it has a vowel and three letters.
    func isPlainWord(_ k: Int) -> Bool {
        guard k >= 0 else { return false }
        let token = tokens[k]
        switch token.role {
        case .lowerWord, .upperWord:
            return token.span.count >= 3
                && text[token.span.range].contains { "aeiouyAEIOUY".utf8.contains($0) || $0 >= 0x80 }
        case .caselessWord, .number, .closeQuote, .closeBracket, .address, .symbol: return true
        default: return false
        }
    }

    /// Whether the word has two letters and is no abbreviation all the same: `it`, `us`.
    func isShortWord(_ k: Int) -> Bool {
        k >= 0 && tokens[k].role == .lowerWord && Lexicon.shortWords.contains(tokens[k].span, in: text)
    }

    /// Whether the abbreviation is one of the time of day.
    func endsTime(_ k: Int) -> Bool {
        let span = tokens[k].span
        return span.count == 4 && text[span.start + 2] | 0x20 == UInt8(ascii: "m")
    }

    /// Whether the word begins sentences more often than names; of a contraction, its first part.
    func isOpener(_ k: Int) -> Bool {
        guard tokens[k].role == .upperWord else { return false }
        var span = tokens[k].span
        if openers.contains(span, in: text) { return true }
        guard let mark = (span.start..<span.end).first(where: { text[$0] == UInt8(ascii: "'") || text[$0] == 0xE2 })
        else { return false }
        // L'Europe: the article begins it
        if text[mark] == UInt8(ascii: "'") ? mark + 1 == span.end : mark + 3 == span.end { return true }
        span.end = mark
        return openers.contains(span, in: text)
    }

    /// Whether a small letter begins a sentence here, behind a question or an exclamation: `you mean? where are they`.
    func opensInformally(_ k: Int) -> Bool {
        guard Lexicon.informalOpeners.contains(tokens[k].span, in: text) else { return false }
        guard Lexicon.auxiliaries.contains(tokens[k].span, in: text) else { return true }
        return k + 1 < tokens.count && Lexicon.informalOpeners.contains(tokens[k + 1].span, in: text)
    }
}
