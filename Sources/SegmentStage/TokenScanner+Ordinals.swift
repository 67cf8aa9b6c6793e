import Text

/// Ordinals that are written with a full stop, as in German and Turkish: `3. Mai`, `XIV. yüzyıl`.
extension TokenScanner {
    /// Where the ordinal ends whose figures end at `dot`; nil when no full stop there belongs to a number.
    func ordinalEnd(_ start: Int, _ dot: Int) -> Int? {
        guard language.hasDottedOrdinals, dot - start <= 5, goesOn(behind: dot, beforeCapital: dot - start <= 2) else {
            return nil
        }
        return dot + 1
    }

    /// The same for Roman figures.
    func romanOrdinalEnd(_ start: Int, _ dot: Int) -> Int? {
        guard language.hasDottedOrdinals, dot - start <= 8,
            text[start..<dot].allSatisfy({ "IVXLCDM".utf8.contains($0) }),
            goesOn(behind: dot, beforeCapital: dot - start > 1)
        else { return nil }
        return dot + 1
    }

    /// Whether the sentence goes on behind the full stop at `dot`: with a small letter, or with a capital that begins
    /// no word with which sentences begin.
    private func goesOn(behind dot: Int, beforeCapital: Bool) -> Bool {
        guard byte(dot) == UInt8(ascii: "."), byte(dot + 1) == 0x20 else { return false }
        switch scalarClass(at: dot + 2).kind {
        case .lower: return true
        case .upper:
            guard beforeCapital, let words = language.words else { return false }
            return !words.openers.contains(ByteSpan(dot + 2, wordEnd(dot + 2)), in: text)
        default: return false
        }
    }
}
