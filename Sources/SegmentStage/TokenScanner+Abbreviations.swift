import Text

extension TokenScanner {
    /// Where the word ends whose full stop at `dot` belongs to it, and what it is; nil when the full stop does not.
    func abbreviationEnd(_ start: Int, _ dot: Int) -> (end: Int, role: Token.Role)? {
        if let end = lettersEnd(start, dot) { return end }
        let word = ByteSpan(start, dot)
        if isTitle(word) { return (dot + 1, .title) }
        if numberFollows(dot + 1), Lexicon.beforeNumbers.contains(word, in: text) {
            return (dot + 1, .numberAbbreviation)
        }
        // Hafenstr. 5
        if dot - start > 3, text[dot - 3..<dot].elementsEqual("str".utf8), numberFollows(dot + 1) {
            return (dot + 1, .numberAbbreviation)
        }
        // a word of two parts: Ph.D.
        let second = wordEnd(dot + 1)
        // dott.ssa
        if let words = language.words, words.titles.contains(ByteSpan(start, second), in: text) {
            return (second, .title)
        }
        if second > dot + 1, byte(second) == UInt8(ascii: ".") {
            let whole = ByteSpan(start, second)
            if isTitle(whole) { return (second + 1, .title) }
            if isAbbreviation(whole) { return (second + 1, .abbreviation) }
        }
        if isAbbreviation(word), !scalarClass(at: dot + 1).kind.continuesWord {
            return (dot + 1, .abbreviation)
        }
        return nil
    }

    /// Single letters, each with its full stop: `J.`, `U.S.`, `a.m.`; the last one's may be missing (`U.S`).
    private func lettersEnd(_ start: Int, _ dot: Int) -> (end: Int, role: Token.Role)? {
        let (first, width) = scalarClass(at: start)
        guard start + width == dot, first.isLetter else { return nil }
        var at = dot + 1
        var letters = 1
        while true {
            let (kind, width) = scalarClass(at: at)
            guard kind.isLetter else { break }
            let after = scalarClass(at: at + width).kind
            if after == .period, byte(at + width) == UInt8(ascii: ".") {
                at += width + 1
                letters += 1
            } else if letters >= 1, !after.continuesWord, kind == first, kind == .upper {
                return (at + width, .upperWord)
            } else {
                break
            }
        }
        if letters > 1 {
            let whole = ByteSpan(start, at - 1)
            return (at, isTitle(whole) ? .title : .abbreviation)
        }
        if byte(at) == UInt8(ascii: ".") { return nil }
        let word = ByteSpan(start, dot)
        if let words = language.words, words.titles.contains(word, in: text) { return (at, .title) }
        if first == .upper { return (at, .initial) }
        // a list's letter, or p. 5
        if isFirst, scalarClass(at: at).kind == .space, at < passage.end { return (at, .marker) }
        if let words = language.words, words.abbreviations.contains(word, in: text) { return (at, .abbreviation) }
        return numberFollows(at) && Lexicon.beforeNumbers.contains(word, in: text) ? (at, .numberAbbreviation) : nil
    }

    private func isTitle(_ word: ByteSpan) -> Bool {
        Lexicon.titles.contains(word, in: text) || language.words?.titles.contains(word, in: text) ?? false
    }

    private func isAbbreviation(_ word: ByteSpan) -> Bool {
        Lexicon.abbreviations.contains(word, in: text)
            || language.words?.abbreviations.contains(word, in: text) ?? false
    }

    /// Whether a number follows, after white space if any.
    private func numberFollows(_ offset: Int) -> Bool {
        var at = offset
        while byte(at) == 0x20 { at += 1 }
        return scalarClass(at: at).kind == .digit
    }
}
