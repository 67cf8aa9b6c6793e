/// Short forms to be expected in a document with certain names: their last words, their initials, and acronyms with the
/// letters in another order.
struct NameEchoes {
    private let reading: Reading
    private var lastWords: Set<UInt64> = []
    private var initials: Set<[UInt8]> = []
    private var letters: Set<[UInt8]> = []

    init(reading: Reading, names: [Range<Int>]) {
        self.reading = reading
        for name in names {
            let words = reading.atoms[name].filter(\.isWord)
            guard let first = words.first, let last = words.last else { continue }
            if words.count > 1 {
                lastWords.insert(last.hash)
                let capitals = words.filter(\.isCapital).map { reading.bytes[Int($0.start)] }
                if capitals.count > 1 { initials.insert(capitals) }
            } else if first.isAcronym {
                letters.insert(Self.sorted(first, reading))
            }
        }
    }

    /// Whether a passage is one word, and such a short form.
    func contain(_ range: Range<Int>) -> Bool {
        guard range.count == 1, let atom = reading.atoms[range].first, atom.isWord else { return false }
        if lastWords.contains(atom.hash) { return true }
        guard atom.isAcronym else { return false }
        return initials.contains(Array(reading.bytes[Int(atom.start)..<Int(atom.end)]))
            || letters.contains(Self.sorted(atom, reading))
    }

    private static func sorted(_ atom: Atom, _ reading: Reading) -> [UInt8] {
        reading.bytes[Int(atom.start)..<Int(atom.end)].sorted()
    }
}
