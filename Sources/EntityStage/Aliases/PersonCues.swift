/// What stands around the name of a person and tells who it is: "Captain Weir", "the mayor, Ada Weir".
struct PersonCues {
    private let reading: Reading
    private let words = PersonWords.standard

    init(reading: Reading) { self.reading = reading }

    /// The title that stands directly before a name or in apposition before it; nil where none does.
    func title(before name: Range<Int>) -> String? {
        var k = name.lowerBound - 1
        guard k >= 0, isIn(k, sentenceOf: name) else { return nil }
        if reading.atoms[k].kind == .mark, !reading.atoms[k].isMark(".") {
            guard reading.atoms[k].isMark(",") || isDash(k) else { return nil }
            k -= 1
        } else if reading.atoms[k].isMark(".") {
            // "Capt. Weir"
            k -= 1
            guard k >= 0, reading.atoms[k].end - reading.atoms[k].start <= 5 else { return nil }
        } else if reading.atoms[k].has(.knownAs) {
            k -= 1
            while k >= 0, reading.atoms[k].kind == .mark || reading.atoms[k].hash == SmallWord.also { k -= 1 }
        }
        return title(at: k, of: name)
    }

    /// The title that stands behind a name: "Ada Weir, the mayor".
    func title(behind name: Range<Int>) -> String? {
        var k = name.upperBound
        guard k < reading.atoms.count, reading.atoms[k].isMark(",") else { return nil }
        k += 1
        while k < reading.atoms.count, k < name.upperBound + 5, isIn(k, sentenceOf: name), reading.atoms[k].isWord {
            if reading.atoms[k].has(.title) { return title(at: k, of: name) }
            guard !reading.atoms[k].has(.speech) else { return nil }
            k += 1
        }
        return nil
    }

    private func title(at k: Int, of name: Range<Int>) -> String? {
        guard k >= 0, isIn(k, sentenceOf: name), reading.atoms[k].isWord, reading.atoms[k].has(.title) else {
            return nil
        }
        let title = words.title(reading.form(k..<k + 1))
        guard k > 0, isIn(k - 1, sentenceOf: name), reading.atoms[k - 1].isWord else { return title }
        return words.leadsTitle(reading.atoms[k - 1].hash) ? "\(reading.form(k - 1..<k)) \(title)" : title
    }

    private func isIn(_ k: Int, sentenceOf name: Range<Int>) -> Bool {
        reading.atoms[k].sentence == reading.atoms[name.lowerBound].sentence
    }

    private func isDash(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        return atom.isMark("-") && atom.isSpaced || atom.lead == 0xE2
    }
}
