import Text

/// The noun that a number counts: "Turkish citizens", "machine gun rounds".
struct CountedNoun {
    let reading: Reading

    private static let longest = 5

    /// The words behind a number up to the first plural, as they stand in the text; empty where none comes.
    func noun(at start: Int, limit: Int) -> String { range(at: start, limit: limit).map(text) ?? "" }

    /// Where these words stand; nil where none come.
    func range(at start: Int, limit: Int) -> Range<Int>? {
        var k = start
        // "50 of the men"
        if k < limit, reading.atoms[k].isWord, reading.lexicon.glue(reading.atoms[k].hash).contains(.of) {
            k += 1
            while k < limit, reading.atoms[k].has(.stop), k - start < 4 { k += 1 }
        }
        let first = k
        switch reading.lexicon.style.noun {
        case .plural: break
        case .capital: return capital(first, limit: limit)
        case .next:
            guard k < limit, reading.atoms[k].isWord, !reading.atoms[k].has(.stop.union(.timeUnit)) else { return nil }
            return k..<k + 1
        }
        var words = 0
        while k < limit, words < Self.longest {
            let atom = reading.atoms[k]
            if atom.kind == .mark {
                guard words > 0 ? isJoint(k) : isQuote(k) else { return nil }
                k += 1
                continue
            }
            guard atom.isWord, !atom.has(.stop) || atom.isAcronym else { return nil }
            words += 1
            if isPlural(atom), !continues(k + 1, limit: limit) { return first..<k + 1 }
            k += 1
        }
        return nil
    }

    /// The words up to the first that begins with a capital: "türkische Staatsbürger".
    private func capital(_ first: Int, limit: Int) -> Range<Int>? {
        for k in first..<max(first, min(limit, first + 3)) {
            let atom = reading.atoms[k]
            guard atom.isWord, !atom.has(.stop) else { return nil }
            if atom.isCapital { return first..<k + 1 }
        }
        return nil
    }

    /// Whether the noun goes on behind a plural that describes another: "police officers", "machines-gunners".
    private func continues(_ k: Int, limit: Int) -> Bool {
        guard k < limit else { return false }
        let next = reading.atoms[k]
        if next.isWord { return next.isSpaced && !next.has(.stop.union(.inner)) && isPlural(next) }
        guard k + 1 < limit, next.isMark("-"), !next.isSpaced else { return false }
        return reading.atoms[k + 1].isWord
    }

    private func isPlural(_ atom: Atom) -> Bool {
        if atom.has(.plural) { return true }
        // schoolchildren, policewomen
        if reading.ends(atom, in: "men", longerThan: 6) || reading.ends(atom, in: "ren", longerThan: 6) { return true }
        let end = Int(atom.end)
        guard atom.end - atom.start > 3, reading.bytes[end - 1] | 0x20 == UInt8(ascii: "s") else { return false }
        let before = reading.bytes[end - 2] | 0x20
        return before != UInt8(ascii: "s") && before != UInt8(ascii: "u") && before != UInt8(ascii: "i")
    }

    private func isJoint(_ k: Int) -> Bool { reading.atoms[k].isMark("-") || isQuote(k) }

    private func isQuote(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        if atom.isMark("\"") { return true }
        guard atom.lead == 0xE2, atom.end - atom.start == 3, reading.bytes[Int(atom.start) + 1] == 0x80 else {
            return false
        }
        return [0x9C, 0x9D].contains(reading.bytes[Int(atom.start) + 2])
    }

    private func text(_ range: Range<Int>) -> String { reading.text(range) }
}
