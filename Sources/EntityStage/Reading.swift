import StageKit
import Text

/// A document as the recognizers read it.
///
/// A class, because each of them holds it: one reference to count where a structure has a dozen.
final class Reading: Sendable {
    let bytes: [UInt8]
    let lexicon: Lexicon
    let atoms: [Atom]
    /// The atoms of each sentence.
    let sentences: [Range<Int>]
    /// Whether a sentence is a heading, or set like one: its capitals tell nothing.
    let isHeadline: [Bool]
    /// Whether a sentence is set in capitals throughout.
    let isShouted: [Bool]

    init(text: [UInt8], sentences spans: [ByteSpan], addresses: [ByteSpan], blocks: [Blocks.Block], lexicon: Lexicon) {
        bytes = text
        self.lexicon = lexicon
        let atoms = AtomScanner.atoms(of: text, sentences: spans, addresses: addresses, lexicon: lexicon)
        self.atoms = atoms
        var sentences: [Range<Int>] = []
        var start = 0
        while start < atoms.count {
            var end = start + 1
            while end < atoms.count, atoms[end].sentence == atoms[start].sentence { end += 1 }
            sentences.append(start..<end)
            start = end
        }
        self.sentences = sentences
        var headline: [Bool] = []
        var shouted: [Bool] = []
        for sentence in sentences {
            var words = 0
            var capitals = 0
            var upper = 0
            for atom in atoms[sentence] where atom.isWord {
                if atom.end - atom.start >= 4 {
                    words += 1
                    if atom.isCapital { capitals += 1 }
                }
                if atom.isAcronym { upper += 1 }
            }
            // a headline has no full stop
            let isClosed = sentence.last.map { atoms[$0].isMark(".") } ?? false
            headline.append(!isClosed && words >= 4 && capitals * 10 >= words * 8)
            shouted.append(words >= 3 && upper * 10 >= words * 8)
        }
        isHeadline = headline
        isShouted = shouted
    }

    /// Whether who wrote a sentence of some length does not heed capitals: it begins with a small letter, or "I" is small.
    func isCareless(_ sentence: Range<Int>) -> Bool {
        guard sentence.count >= 4 else { return false }
        if let first = sentence.first, atoms[first].isWord, !atoms[first].isCapital { return true }
        return sentence.contains { atoms[$0].hash == SmallWord.i && isLoneWord($0) && !atoms[$0].isCapital }
    }

    /// Whether a word has blanks, an apostrophe or the end of the text on either side: "i", and not "i.e.".
    private func isLoneWord(_ k: Int) -> Bool {
        guard atoms[k].isWord, atoms[k].isSpaced else { return false }
        return k + 1 >= atoms.count || atoms[k + 1].isSpaced || atoms[k + 1].isMark("'")
    }

    /// The passage of a run of atoms.
    func span(_ range: Range<Int>) -> ByteSpan {
        guard let first = range.first, let last = range.last else { return ByteSpan(0, 0) }
        return ByteSpan(Int(atoms[first].start), Int(atoms[last].end))
    }

    /// The text of a run of atoms, with one blank for whatever white space it holds.
    func text(_ range: Range<Int>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(span(range).count)
        for k in range {
            if k > range.lowerBound, atoms[k].isSpaced { output.append(0x20) }
            output.append(contentsOf: bytes[Int(atoms[k].start)..<Int(atoms[k].end)])
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The normal form of a run of atoms: its folded words and numbers, a blank between.
    func form(_ range: Range<Int>) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(span(range).count)
        for k in range where atoms[k].kind != .mark {
            if !output.isEmpty { output.append(0x20) }
            Folding.standard.fold(bytes, Int(atoms[k].start)..<Int(atoms[k].end), into: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The folded letters or digits of one atom.
    func foldedBytes(_ k: Int) -> [UInt8] {
        var output: [UInt8] = []
        if atoms[k].kind != .mark {
            Folding.standard.fold(bytes, Int(atoms[k].start)..<Int(atoms[k].end), into: &output)
        }
        return output
    }

    /// For each atom, the one of `names` that it is part of.
    func nameAt(_ names: [FoundName]) -> [Int?] {
        var nameAt = [Int?](repeating: nil, count: atoms.count)
        for (k, name) in names.enumerated() { for atom in name.range { nameAt[atom] = k } }
        return nameAt
    }

    /// Whether there is an atom `k` and it stands in the sentence.
    func isIn(_ k: Int, _ sentence: Int32) -> Bool { atoms.indices.contains(k) && atoms[k].sentence == sentence }

    /// The words of the normal form of a run of atoms.
    func words(_ range: Range<Int>) -> [NameWord] {
        var words: [NameWord] = []
        words.reserveCapacity(range.count)
        var folded: [UInt8] = []
        for k in range where atoms[k].kind != .mark && atoms[k].hash != Self.emptyHash {
            folded.removeAll(keepingCapacity: true)
            Folding.standard.fold(bytes, Int(atoms[k].start)..<Int(atoms[k].end), into: &folded)
            words.append(NameWord(String(decoding: folded, as: UTF8.self), key: atoms[k].hash))
        }
        return words
    }

    /// Stands for the normal form of a run of atoms wherever forms are only compared: two runs have the same key where
    /// ``form(_:)`` gives them the same words, but for a probability below 10⁻¹⁴.
    func formKey(_ range: Range<Int>) -> UInt64 {
        var key: UInt64 = 0
        for k in range where atoms[k].kind != .mark {
            // a word of nothing but marks on letters folds to nothing, and at the beginning leaves no blank either
            if key == 0, atoms[k].hash == Self.emptyHash { continue }
            key = Lexicon.chain(key, atoms[k].hash)
        }
        return key
    }

    private static let emptyHash = StableHash().value

    /// Whether an atom of more than `length` bytes ends in these small letters.
    func ends(_ atom: Atom, in ending: StaticString, longerThan length: Int) -> Bool {
        guard atom.end - atom.start > length else { return false }
        return ending.withUTF8Buffer { bytes[Int(atom.start)..<Int(atom.end)].suffix($0.count).elementsEqual($0) }
    }

    /// Whether an atom is one of the dashes and hyphens from U+2010 to U+2015, which ASCII lacks.
    func isUnicodeDash(_ atom: Atom) -> Bool {
        isPunctuation(atom) && (0x90...0x95).contains(bytes[Int(atom.start) + 2])
    }

    /// Whether an atom is the curly apostrophe, U+2019.
    func isCurlyApostrophe(_ atom: Atom) -> Bool { isPunctuation(atom) && bytes[Int(atom.start) + 2] == 0x99 }

    /// Whether an atom is a mark from U+2000 to U+203F, told apart by its third byte.
    private func isPunctuation(_ atom: Atom) -> Bool {
        atom.lead == 0xE2 && atom.end - atom.start == 3 && bytes[Int(atom.start) + 1] == 0x80
    }

    /// Whether an atom has a capital behind its first letter.
    private func hasInnerCapital(_ k: Int) -> Bool {
        bytes[Int(atoms[k].start) + 1..<Int(atoms[k].end)].contains { (0x41...0x5A).contains($0) }
    }

    /// The longest name of the lists that begins at `index`, not beyond `limit`.
    func known(at index: Int, limit: Int) -> (end: Int, known: Lexicon.Known)? {
        guard index < limit, atoms[index].has(.beginsPhrase),
            atoms[index].isCapital || !atoms[index].isSpaced || atoms[index].has(.particle)
        else { return nil }
        var best: (end: Int, known: Lexicon.Known)?
        var chain: UInt64 = 0
        var words = 0
        var allCapitals = true
        var anyCapital = false
        var k = index
        while k < limit, words < Lexicon.longestPhrase {
            let atom = atoms[k]
            if atom.kind == .mark {
                guard !atom.isSpaced, atom.isMark("-") || atom.isMark("'") || atom.isMark(".") || atom.lead == 0xE2
                else { break }
                k += 1
                continue
            }
            allCapitals = allCapitals && atom.shape.contains(.allCapitals)
            anyCapital = anyCapital || atom.isCapital
            chain = Lexicon.chain(chain, atom.hash)
            words += 1
            k += 1
            if let known = lexicon.known(chain), anyCapital, !known.needsCapitals || allCapitals,
                !known.needsInnerCapital || hasInnerCapital(index)
            {
                best = (k, known)
            }
        }
        return best
    }
}
