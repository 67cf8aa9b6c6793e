import StageKit
import Text

/// Takes out what is written like a name and is none: initials of common nouns, codes, months, words for bodies alone.
struct NotNames {
    private let reading: Reading
    private let forms = NameWords.standard

    /// The names without those that are none.
    static func removed(from names: [FoundName], in reading: Reading) -> [FoundName] {
        let rule = NotNames(reading: reading)
        let persons = rule.words(ofPersons: names)
        return names.filter { name in
            guard NameLabel.kinds.contains(name.kind) else { return true }
            return !rule.isInitialism(name.range) && !rule.isCode(name.range)
                && !rule.isDate(name.range, unless: persons) && !rule.isNoun(name)
                && !rule.isDisease(name)
        }
    }

    private func hash(_ k: Int) -> UInt64 { reading.atoms[k].hash }

    /// The words of the full names of persons.
    private func words(ofPersons names: [FoundName]) -> Set<UInt64> {
        var words: Set<UInt64> = []
        for name in names where name.kind == .person && name.range.count > 1 {
            for k in name.range where reading.atoms[k].isWord { words.insert(hash(k)) }
        }
        return words
    }

    /// `DNA`
    private func isInitialism(_ range: Range<Int>) -> Bool {
        range.count == 1 && forms.isInitialism(hash(range.lowerBound)) && reading.atoms[range.lowerBound].isCapital
            && hasCapitals(range.lowerBound)
    }

    /// Whether a word has a second capital, or, short and known in capitals, one: `DVDs`, `Covid`.
    private func hasCapitals(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        let bytes = reading.bytes[Int(atom.start)..<Int(atom.end)]
        return bytes.count { (0x41...0x5A).contains($0) } > 1 || bytes.count == 5
    }

    private func isIn(_ k: Int, _ name: Range<Int>) -> Bool {
        reading.isIn(k, reading.atoms[name.lowerBound].sentence)
    }

    /// "Her Majesty", "Royal Commissioners", "737 Max", "Dean of …": forms of address, people by what they do, a part of a
    /// model's name, offices that are first names as well.
    private func isNoun(_ name: FoundName) -> Bool {
        guard let last = name.range.last(where: { reading.atoms[$0].isWord }) else { return false }
        if Self.addresses.contains(hash(last)) { return true }
        if name.kind == .person, name.range.count == 1, Self.offices.contains(hash(last)), isIn(last + 2, name.range),
            hash(last + 1) == SmallWord.of, reading.atoms[last + 2].isCapital || hash(last + 2) == SmallWord.the
        {
            return true
        }
        if name.kind == .person, name.range.count == 1, last > 0, reading.atoms[last - 1].isDigits,
            reading.atoms[last - 1].end - reading.atoms[last - 1].start == 3
        {
            return true
        }
        // "the 12th Amendment", "for Sheriff"
        if name.kind == .person, name.range.count == 1, isPlainNoun(last) { return true }
        guard name.range.count <= 2, name.range.dropLast().allSatisfy({ reading.atoms[$0].has(.common) }) else {
            return false
        }
        let word = reading.foldedBytes(last)
        return word.last == UInt8(ascii: "s") && word.count > 4
            && PersonWords.standard.isHuman(StableHash.of(word.dropLast()))
    }

    /// Whether a word alone is one for a law, or for whoever holds an office, behind an article, a number or a preposition.
    private func isPlainNoun(_ k: Int) -> Bool {
        if forms.closesThing(hash(k)) { return true }
        guard reading.atoms[k].has(.title), !reading.atoms[k].has(.firstName), k > 0,
            reading.atoms[k - 1].sentence == reading.atoms[k].sentence, reading.atoms[k - 1].isWord
        else { return false }
        let before = reading.atoms[k - 1]
        return before.hash == SmallWord.the || before.hash == SmallWord.a || forms.isPreposition(before.hash)
    }

    /// "the Weir virus": one word between an article and a word for a disease.
    private func isDisease(_ name: FoundName) -> Bool {
        let k = name.range.lowerBound
        guard name.kind == .person || name.kind == .organization, name.range.count == 1, isIn(k - 1, name.range),
            isIn(k + 1, name.range), reading.atoms[k + 1].isWord, reading.atoms[k + 1].isSpaced,
            !reading.atoms[k + 1].isCapital
        else { return false }
        return forms.closesDisease(hash(k + 1)) && hash(k - 1) == SmallWord.the
    }

    private static let offices = Set(
        ["dean", "marshal", "bishop", "pope", "king", "judge", "abbot", "prior", "earl", "duke", "baron", "major"]
            .map(SmallWord.hash))

    private static let addresses = Set(
        ["majesty", "majesties", "highness", "excellency", "honour", "honor", "lordship", "ladyship"]
            .map(SmallWord.hash))

    /// The letters of a code that goes on with a number behind a hyphen: `SARS-CoV-2`, `K2-18b`.
    private func isCode(_ range: Range<Int>) -> Bool {
        let sentence = reading.atoms[range.lowerBound].sentence
        let k = range.upperBound
        guard range.count <= 3, reading.isIn(k + 1, sentence), reading.atoms[k].isMark("-"),
            !reading.atoms[k].isSpaced, reading.atoms[k + 1].isDigits, !reading.atoms[k + 1].isSpaced
        else { return false }
        return range.allSatisfy { reading.atoms[$0].kind == .mark || hasCapitals($0) }
    }

    /// A month or a day of the week alone, unless a person of the document is called so.
    private func isDate(_ range: Range<Int>, unless persons: Set<UInt64>) -> Bool {
        guard range.count == 1 else { return false }
        let atom = reading.atoms[range.lowerBound]
        if atom.has(.weekday) { return true }
        guard atom.has(.month), !persons.contains(atom.hash) else { return false }
        // "June said"
        return !(reading.isIn(range.upperBound, atom.sentence) && reading.atoms[range.upperBound].has(.speech))
    }
}
