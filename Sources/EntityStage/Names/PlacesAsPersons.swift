import StageKit
import Text

/// Finds persons whose surname closes the names of places as well: "Rep. Jo Marsh". A first name before such a word is no
/// evidence, since parks and streets are called after people; a title, an office or a verb of saying beside it is.
struct PlacesAsPersons {
    private let reading: Reading

    /// The names with those of such persons told as what they are.
    static func corrected(_ names: [FoundName], in reading: Reading) -> [FoundName] {
        let rule = PlacesAsPersons(reading: reading)
        var persons: Set<UInt64> = []
        for name in names where rule.mayBePerson(name) && rule.isTold(name.range) {
            persons.insert(reading.formKey(name.range))
        }
        guard !persons.isEmpty else { return names }
        return names.map { name in
            guard name.kind == .place, persons.contains(reading.formKey(name.range)) else { return name }
            return FoundName(range: name.range, kind: .person, isSure: true)
        }
    }

    /// Whether a name of two words begins with a first name, and no list knows it as a place.
    private func mayBePerson(_ name: FoundName) -> Bool {
        guard name.kind == .place, name.range.count == 2, let first = name.range.first else { return false }
        let atom = reading.atoms[first]
        return atom.isWord && reading.atoms[first + 1].isWord && reading.atoms[first + 1].isSpaced
            && !atom.has(.placeLead)
            && (atom.has(.firstName) || GivenNames.standard.isMan(atom.hash) != nil
                || !atom.has(.common) && isTitled(name.range))
            && reading.known(at: first, limit: name.range.upperBound)?.end != name.range.upperBound
    }

    private func isTitled(_ range: Range<Int>) -> Bool {
        var k = range.lowerBound - 1
        if k > 0, reading.atoms[k].isMark(".") { k -= 1 }
        guard reading.isIn(k, reading.atoms[range.lowerBound].sentence), reading.atoms[k].isWord else { return false }
        return reading.atoms[k].has(.title) && reading.atoms[k].isCapital && !reading.atoms[k].has(.placeLead)
    }

    /// Whether a title stands before a name, what somebody is behind it, or a verb of saying beside it.
    private func isTold(_ range: Range<Int>) -> Bool {
        if isTitled(range) { return true }
        let sentence = reading.atoms[range.lowerBound].sentence
        var k = range.lowerBound - 1
        if reading.isIn(k, sentence), reading.atoms[k].isWord, reading.atoms[k].has(.speech),
            !reading.atoms[k].isCapital
        {
            return true
        }
        k = range.upperBound
        guard reading.isIn(k, sentence) else { return false }
        if reading.atoms[k].isWord, reading.atoms[k].has(.speech) { return true }
        // "Jo Marsh, a nurse": with an article, or nothing before the noun
        guard reading.atoms[k].isMark(","), reading.isIn(k + 1, sentence),
            range.lowerBound == 0 || reading.atoms[range.lowerBound - 1].hash != SmallWord.the,
            reading.lexicon.glue(reading.atoms[k + 1].hash).contains(.article)
                || reading.atoms[k + 1].hash == SmallWord.the
                || PersonWords.standard.isHuman(reading.atoms[k + 1].hash)
        else { return false }
        for at in k + 1..<k + 6 where reading.isIn(at, sentence) {
            guard reading.atoms[at].isWord else { return false }
            if PersonWords.standard.isHuman(reading.atoms[at].hash) { return true }
            if reading.atoms[at].hash == SmallWord.of || reading.atoms[at].has(.locative) { return false }
        }
        return false
    }
}
