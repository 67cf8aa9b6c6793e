import StageKit

/// Finds adjectives of nations, peoples and parties before what they describe: "Turkish" in "Turkish officials". They name
/// nobody, and are tied to the country whose adjective they are.
enum Modifiers {
    /// The names of a document that are such adjectives, each with the row of its country where it has one.
    static func found(in forms: DocumentForms) -> [(name: Int, country: FormKey?)] {
        forms.names.indices.filter { isModifier($0, forms) }.map { name in
            let word = forms.forms[forms.formOfName[name]].words
            return (name, NameWords.standard.country(ofPeople: word).map { FormKey($0.text, .place) })
        }
    }

    private static func isModifier(_ name: Int, _ forms: DocumentForms) -> Bool {
        let (reading, found) = (forms.reading, forms.names[name])
        guard found.kind == .group, found.range.count == 1, !forms.dropped.contains(name) else { return false }
        let k = found.range.lowerBound
        let next = k + 1
        guard reading.atoms[k].has(.people), next < reading.atoms.count,
            reading.atoms[next].sentence == reading.atoms[k].sentence, !isPlural(k, reading)
        else { return false }
        let atom = reading.atoms[next]
        // "anti-Turkish", "Turkish-backed"
        if atom.isMark("-"), !atom.isSpaced { return true }
        guard atom.isWord, atom.isSpaced, !atom.has(.stop), !atom.has(.speech) || atom.isCapital,
            !NameWords.standard.isPreposition(atom.hash)
        else { return false }
        // "the British have left", "a Turk wept"
        let words = FigureWords.standard.categories(atom.hash)
        return words.isDisjoint(with: [.auxiliary, .verb]) || atom.isCapital
    }

    private static func isPlural(_ k: Int, _ reading: Reading) -> Bool {
        let end = Int(reading.atoms[k].end)
        return reading.bytes[end - 1] | 0x20 == UInt8(ascii: "s") && reading.bytes[end - 2] | 0x20 != UInt8(ascii: "s")
    }
}
