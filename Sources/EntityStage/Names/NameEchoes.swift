import Text

/// Short forms to be expected in a document with certain names: their last words, their initials, and acronyms with the
/// letters in another order.
struct NameEchoes {
    private let reading: Reading
    private var lastWords: Set<UInt64> = []
    // Letters stand here under the hash of their bytes, as written and in order of the alphabet.
    private var initials: Set<UInt64> = []
    private var letters: Set<UInt64> = []

    init(reading: Reading, names: [Range<Int>]) {
        self.reading = reading
        for name in names {
            var words = 0
            var last = name.lowerBound
            var capitals = 0
            var hash = StableHash()
            for k in name where reading.atoms[k].isWord {
                words += 1
                last = k
                guard reading.atoms[k].isCapital else { continue }
                capitals += 1
                hash.combine(reading.bytes[Int(reading.atoms[k].start)])
            }
            if words > 1 {
                lastWords.insert(reading.atoms[last].hash)
                if capitals > 1 { initials.insert(hash.value) }
            } else if words == 1, reading.atoms[last].isAcronym {
                letters.insert(Self.sorted(reading.atoms[last], reading))
            }
        }
    }

    /// Whether a passage is one word, and such a short form.
    func contain(_ range: Range<Int>) -> Bool {
        guard range.count == 1, let atom = reading.atoms[range].first, atom.isWord else { return false }
        if lastWords.contains(atom.hash) { return true }
        guard atom.isAcronym else { return false }
        return initials.contains(StableHash.of(reading.bytes[Int(atom.start)..<Int(atom.end)]))
            || letters.contains(Self.sorted(atom, reading))
    }

    private static func sorted(_ atom: Atom, _ reading: Reading) -> UInt64 {
        StableHash.of(reading.bytes[Int(atom.start)..<Int(atom.end)].sorted())
    }
}
