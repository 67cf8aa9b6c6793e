import Text

extension TokenScanner {
    /// A word: letters with what holds them together.
    mutating func scanWord(_ start: Int, _ first: ScalarClass) -> Int {
        var at = wordEnd(start)
        if byte(start) == UInt8(ascii: "_"), text[start..<at].allSatisfy({ $0 == UInt8(ascii: "_") }) {
            return add(start, at, .symbol)
        }
        // wikiHow, iPhone: names in spite of their small letter
        let isName = first == .lower && at - start > 2 && text[start + 1..<at].contains { (0x41...0x5A).contains($0) }
        return scanWord(start, from: &at, isName ? .upper : first)
    }

    /// Goes on with a word of which the bytes up to `at` are read.
    mutating func scanWord(_ start: Int, from at: inout Int, _ first: ScalarClass) -> Int {
        var role: Token.Role = first == .upper ? .upperWord : first == .lower ? .lowerWord : .caselessWord
        var triedAddress = false
        scan: while at < passage.end {
            let connector = text[at]
            switch connector {
            case 0xE2 where isWideHyphen(at):
                guard let end = hyphenEnd(start, at, width: 3) else { break scan }
                at = end
            case UInt8(ascii: "'"), 0xE2:
                guard let next = apostropheEnd(at) else { break scan }
                if scalarClass(at: next).kind.isLetter {
                    // l'Europe
                    if let words = language.words, words.elisions.contains(ByteSpan(start, at), in: text) {
                        at = next
                        break scan
                    }
                    at = wordEnd(next)
                } else {
                    if text[at - 1] | 0x20 == UInt8(ascii: "s"), !singleIsOpen || closesLater(next) { at = next }
                    break scan
                }
            case UInt8(ascii: "@"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "/"),
                UInt8(ascii: "+"):
                if !triedAddress, let end = addressEnd(start, at) { return add(start, end, .address) }
                triedAddress = true
                if connector == UInt8(ascii: ".") {
                    if (0x30...0x39).contains(text[at - 1]), (0x30...0x39).contains(byte(at + 1)) {
                        at = wordEnd(at + 1)
                        continue
                    }
                    if let end = romanOrdinalEnd(start, at) {
                        role = .number
                        at = end
                    } else if let (end, stop) = abbreviationEnd(start, at) {
                        role = stop
                        at = end
                    }
                    break scan
                }
                if connector == UInt8(ascii: "/"), let end = slashedEnd(start, at) {
                    at = end
                    break scan
                }
                guard connector == UInt8(ascii: "-"), let end = hyphenEnd(start, at) else { break scan }
                at = end
            case UInt8(ascii: "&"):
                // AT&T, Q&A: capitals on both sides
                guard first == .upper, at - start <= 3, scalarClass(before: at) == .upper,
                    scalarClass(at: at + 1).kind == .upper
                else { break scan }
                at = wordEnd(at + 1)
            case 0xC2 where byte(at + 1) == 0xB0 || byte(at + 1) == 0xBA:
                // N°, 1º
                at += 2
            case 0xC2 where byte(at + 1) == 0xB7 && scalarClass(at: at + 2).kind.isLetter:
                // col·lecció
                at = wordEnd(at + 2)
            case UInt8(ascii: "$"):
                // US$, HK$
                guard at - start <= 3, text[start..<at].allSatisfy({ (0x41...0x5A).contains($0) }) else { break scan }
                return add(start, at + 1, .symbol)
            default: break scan
            }
        }
        return add(start, at, role)
    }

    /// The end of the apostrophe at `at`; nil when there is none.
    func apostropheEnd(_ at: Int) -> Int? {
        if byte(at) == UInt8(ascii: "'") { return at + 1 }
        guard byte(at) == 0xE2, byte(at + 1) == 0x80 else { return nil }
        // the opening mark inside a word is an apostrophe that was set wrongly
        let isApostrophe = byte(at + 2) == 0x99 || byte(at + 2) == 0x98 && scalarClass(at: at + 3).kind.isLetter
        return isApostrophe ? at + 3 : nil
    }

    /// Whether a single mark that stands for a quotation's end follows: behind punctuation, before one that opens.
    private func closesLater(_ offset: Int) -> Bool {
        guard byte(offset) == 0x20 else { return false }
        var at = offset
        while at < min(offset + 400, passage.end) {
            if let end = apostropheEnd(at), !scalarClass(at: end).kind.isLetter {
                switch scalarClass(before: at) {
                case .comma, .period, .strong, .ellipsis: return true
                default: break
                }
            } else if scalarClass(at: at).kind == .apostrophe, scalarClass(before: at) == .space {
                return false
            }
            at += scalarClass(at: at).width
        }
        return false
    }

    /// The end of a word that goes on after the hyphen at `at`: behind a prefix or before a suffix that are no words.
    private func hyphenEnd(_ start: Int, _ at: Int, width: Int = 1) -> Int? {
        let behind = at + width
        let (next, _) = scalarClass(at: behind)
        guard next.isLetter || next == .digit else {
            // somebody who is interrupted: wh-
            return at - start <= 2 && next == .space && isLower(start) ? behind : nil
        }
        let end = wordEnd(behind)
        if language.joinsHyphens, next.isLetter { return end }
        if Lexicon.prefixes.contains(ByteSpan(start, at), in: text) { return end }
        return Lexicon.suffixes.contains(ByteSpan(behind, end), in: text) ? end : nil
    }

    /// Whether the hyphen of Unicode stands at `at`, or the one at which no line breaks (U+2010, U+2011).
    private func isWideHyphen(_ at: Int) -> Bool {
        byte(at + 1) == 0x80 && (byte(at + 2) == 0x90 || byte(at + 2) == 0x91)
    }

    private func slashedEnd(_ start: Int, _ at: Int) -> Int? {
        let end = wordEnd(at + 1)
        if end == at + 1 { return at - start == 1 && text[start] == UInt8(ascii: "w") ? end : nil }
        return Lexicon.slashed.contains(ByteSpan(start, end), in: text) ? end : nil
    }

    func isLower(_ at: Int) -> Bool { scalarClass(at: at).kind == .lower }
}
