/// Cuts sentences to the stretches that may hold names, which is all that the tagger looks at.
///
/// A stretch is a run of atoms, one of them at least with a capital, in which there are only capitalized words, the
/// small words and marks that names hold (`of`, `bin`, hyphen, ampersand, comma) and numbers beside them. Whatever
/// stands between stretches is no name.
struct NameStretch {
    let reading: Reading
    let taken: [Bool]

    /// The stretches of one sentence, in order.
    func stretches(in sentence: Range<Int>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var k = sentence.lowerBound
        while k < sentence.upperBound {
            guard isFree(k), isCore(k) || isSmall(k) && k + 1 < sentence.upperBound else {
                k += 1
                continue
            }
            var end = k
            var last: Int?
            while end < sentence.upperBound, isFree(end) {
                if isCore(end) { last = end } else if !isGlue(end) { break }
                end += 1
            }
            if let last {
                found.append(k..<last + 1)
                k = max(end, last + 1)
            } else {
                k = end + 1
            }
        }
        return found
    }

    private func isFree(_ k: Int) -> Bool { !taken[k] && !reading.atoms[k].shape.contains(.address) }

    /// A word with a capital, or a number behind one.
    private func isCore(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        if atom.isWord { return atom.isCapital }
        guard atom.isDigits, k > 0, reading.atoms[k - 1].sentence == atom.sentence else { return false }
        return reading.atoms[k - 1].isWord && reading.atoms[k - 1].isCapital
    }

    private func isSmall(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        return atom.isWord && atom.has(.particle)
    }

    private func isGlue(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        if atom.isWord { return atom.has(.inner) || atom.end - atom.start == 1 }
        guard atom.kind == .mark else { return false }
        switch atom.lead {
        case UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "."), UInt8(ascii: "&"), UInt8(ascii: ","),
            UInt8(ascii: "/"), UInt8(ascii: "!"), 0xE2:
            return true
        default: return false
        }
    }
}
