import Text

extension TokenScanner {
    /// Whatever begins with neither a letter nor a figure.
    mutating func scanMark(_ at: Int, _ kind: ScalarClass, _ width: Int) -> Int {
        switch kind {
        case .ideograph: return add(at, katakanaEnd(at) ?? marksEnd(at + width), .caselessWord)
        case .period, .strong, .ellipsis: return scanStops(at)
        case .apostrophe: return scanApostrophe(at, width)
        case .doubleQuote: return scanDoubleQuote(at, width)
        case .openQuote, .closeQuote: return add(at, at + width, spacedRole(at, width, kind))
        case .openBracket: return scanOpenBracket(at, width)
        case .closeBracket: return scanFace(at) ?? add(at, at + width, .closeBracket)
        case .comma: return add(at, at + width, .comma)
        case .colon: return scanFace(at) ?? add(at, at + width, .colon)
        case .semicolon: return scanFace(at) ?? add(at, at + width, asksInGreek(at) ? .strong : .semicolon)
        case .hyphen, .dash: return add(at, runEnd(at, width), .dash)
        case .slash: return add(at, at + width, .symbol)
        case .bullet:
            // the Greek semicolon
            return add(at, at + width, width == 2 && scalarClass(before: at).isLetter ? .semicolon : .bullet)
        case .emoji: return add(at, emojiEnd(at + width), .symbol)
        case .currency: return add(at, runEnd(at, width), .symbol)
        default: return scanSymbol(at, width)
        }
    }

    /// A mark without a letter before it: part of the token that it touches, as a variation selector behind a symbol.
    /// By itself it is a word only where letters follow.
    mutating func scanLooseMark(_ at: Int) -> Int {
        let end = marksEnd(at)
        if let last = tokens.indices.last, tokens[last].span.end == at, tokens[last].span.start >= passage.start {
            tokens[last].span.end = end
            return end
        }
        if scalarClass(at: end).kind.isLetter { return scanWord(at, .mark) }
        let isVisible = (0xFE00...0xFE0F).contains(UTF8Decoding.scalar(in: text, at: at).scalar.value) == false
        return isVisible ? add(at, end, .symbol) : end
    }

    /// Full stops, exclamation and question marks that touch are one token.
    private mutating func scanStops(_ at: Int) -> Int {
        var end = at
        var stops = 0
        var strong = false
        var dots = false
        while end < passage.end {
            let (kind, width) = scalarClass(at: end)
            guard kind == .period || kind == .strong || kind == .ellipsis else { break }
            if kind == .strong { strong = true }
            if kind == .ellipsis { dots = true }
            stops += 1
            end += width
        }
        if stops == 1, !strong, !dots, scalarClass(before: at) == .space, scalarClass(at: end).kind == .digit {
            return add(at, digitsEnd(end), .number)
        }
        if stops == 1, !strong, !dots, scalarClass(before: at) == .space, let (last, dots) = spacedDots(at) {
            return add(at, last, dots == 3 ? .spacedEllipsis : .ellipsis)
        }
        return add(at, end, strong ? .strong : dots || stops > 1 ? .ellipsis : .period)
    }

    /// The end of three full stops or more with one blank between each, and their number.
    private func spacedDots(_ at: Int) -> (end: Int, dots: Int)? {
        var end = at + 1
        var dots = 1
        while byte(end) == 0x20, byte(end + 1) == UInt8(ascii: ".") {
            end += 2
            dots += 1
        }
        return dots >= 3 ? (end, dots) : nil
    }

    private mutating func scanDoubleQuote(_ at: Int, _ width: Int) -> Int {
        let before = opens(after: scalarClass(before: at))
        let after = closes(before: scalarClass(at: at + width).kind)
        let isOpen = before == after ? !doubleIsOpen : before
        doubleIsOpen = isOpen
        return add(at, at + width, isOpen ? .openQuote : .closeQuote)
    }

    private mutating func scanApostrophe(_ at: Int, _ width: Int) -> Int {
        let next = at + width
        if width == 1, byte(next) == UInt8(ascii: "'") { return scanDoubleQuote(at, 2) }
        let isLeft = width == 3 && text[at + 2] == 0x98
        let (kind, _) = scalarClass(at: next)
        let word = wordEnd(next)
        if !isLeft, kind.isLetter || kind == .digit, opens(after: scalarClass(before: at)) {
            // '90s, 'em
            let isElision =
                kind == .digit
                ? word - next <= 3 && digitsEnd(next) == next + 2
                : Lexicon.leadingApostrophe.contains(ByteSpan(next, word), in: text)
            if isElision { return add(at, word, kind == .digit ? .number : .lowerWord) }
        }
        let before = opens(after: scalarClass(before: at))
        let isOpen = isLeft || (before && !closes(before: kind))
        singleIsOpen = isOpen
        return add(at, next, isOpen ? .openQuote : .closeQuote)
    }

    private mutating func spacedRole(_ at: Int, _ width: Int, _ kind: ScalarClass) -> Token.Role {
        let before = opens(after: scalarClass(before: at))
        let after = closes(before: scalarClass(at: at + width).kind)
        let isGuillemet = width == 2 || text[at + 1] == 0x80 && text[at + 2] >= 0xB9
        if isGuillemet, before != after { return before ? .openQuote : .closeQuote }
        // “ closes what „ opened
        if kind == .openQuote, !before, after { return .closeQuote }
        return kind == .openQuote ? .openQuote : .closeQuote
    }

    private mutating func scanOpenBracket(_ at: Int, _ width: Int) -> Int {
        // (a) opens an item
        if byte(at) == UInt8(ascii: "("), isLower(at + 1), byte(at + 2) == UInt8(ascii: ")"), byte(at + 3) == 0x20 {
            return add(at, at + 3, .marker)
        }
        return add(at, at + width, .openBracket)
    }

    private mutating func scanSymbol(_ at: Int, _ width: Int) -> Int {
        switch text[at] {
        case UInt8(ascii: "#"):
            let end = wordEnd(at + 1)
            if scalarClass(at: at + 1).kind.isLetter { return add(at, end, .address) }
        case UInt8(ascii: "@"):
            if let end = handleEnd(at) { return add(at, end, .address) }
        case UInt8(ascii: "`") where byte(at + 1) == UInt8(ascii: "`"):
            return add(at, at + 2, .openQuote)
        case UInt8(ascii: "%"), UInt8(ascii: "&"): return add(at, at + 1, .symbol)
        case UInt8(ascii: "*") where isFirst && byte(at + 1) == 0x20:
            return add(at, at + 1, .bullet)
        default: break
        }
        return add(at, emojiEnd(runEnd(at, width)), .symbol)
    }

    /// Faces made of marks, between blanks.
    private mutating func scanFace(_ at: Int) -> Int? {
        var end = at + 1
        if byte(end) == UInt8(ascii: "-") || byte(end) == UInt8(ascii: "'") { end += 1 }
        switch byte(end) {
        case UInt8(ascii: ")"), UInt8(ascii: "("), UInt8(ascii: "D"), UInt8(ascii: "P"), UInt8(ascii: "p"): break
        default: return nil
        }
        guard text[at] == UInt8(ascii: ":") || text[at] == UInt8(ascii: ";"), opens(after: scalarClass(before: at)),
            !scalarClass(at: end + 1).kind.continuesWord
        else { return nil }
        return add(at, end + 1, .face)
    }

    /// The end of a run of the code point at `at`; strokes and equals signs may mix.
    private func runEnd(_ at: Int, _ width: Int) -> Int {
        func isStroke(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "=") }
        var end = at + width
        if width == 1, isStroke(text[at]) {
            while end < passage.end, isStroke(text[end]) { end += 1 }
            return end
        }
        while end + width <= passage.end, text[end..<end + width] == text[at..<at + width] { end += width }
        return end
    }

    /// Whether the semicolon at `at` is a question mark: behind a Greek letter.
    private func asksInGreek(_ at: Int) -> Bool {
        guard at > passage.start, let (scalar, _) = UTF8Decoding.scalar(in: text, before: at) else { return false }
        return (0x370...0x3FF).contains(scalar.value) || (0x1F00...0x1FFF).contains(scalar.value)
    }

    /// The end of a word in katakana; nil where none begins.
    private func katakanaEnd(_ offset: Int) -> Int? {
        var at = offset
        while at < passage.end {
            let (scalar, width) = UTF8Decoding.scalar(in: text, at: at)
            guard (0x30A1...0x30FA).contains(scalar.value) || (0x30FC...0x30FE).contains(scalar.value) else { break }
            at += width
        }
        return at > offset ? marksEnd(at) : nil
    }

    private func marksEnd(_ offset: Int) -> Int {
        var at = offset
        while true {
            let (kind, width) = scalarClass(at: at)
            guard kind == .mark || kind == .format else { return at }
            at += width
        }
    }

    /// The end of an emoji with its modifiers, and with what joiners tie to it.
    private func emojiEnd(_ offset: Int) -> Int {
        var at = offset
        while at < passage.end {
            let (scalar, width) = UTF8Decoding.scalar(in: text, at: at)
            switch scalar.value {
            case 0x200D:
                let (kind, next) = scalarClass(at: at + width)
                guard kind == .emoji || kind == .symbol else { return at + width }
                at += width + next
            case 0xFE0F, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F, 0x20E3: at += width
            case 0x1F1E6...0x1F1FF where at == offset && isFlagLetter(before: at): at += width
            default: return at
            }
        }
        return at
    }

    private func isFlagLetter(before at: Int) -> Bool {
        UTF8Decoding.scalar(in: text, before: at).map { (0x1F1E6...0x1F1FF).contains($0.scalar.value) } ?? false
    }

    /// Whether a quotation mark behind this opens.
    private func opens(after kind: ScalarClass) -> Bool {
        switch kind {
        case .space, .openBracket, .openQuote, .doubleQuote, .apostrophe, .dash, .hyphen, .slash: true
        default: false
        }
    }

    /// Whether a quotation mark before this closes.
    private func closes(before kind: ScalarClass) -> Bool {
        switch kind {
        case .space, .closeBracket, .closeQuote, .doubleQuote, .apostrophe, .comma, .period, .strong, .colon,
            .semicolon,
            .dash, .hyphen, .ellipsis:
            true
        default: false
        }
    }
}
