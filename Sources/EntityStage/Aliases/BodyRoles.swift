import StageKit
import Text

/// Finds bodies that a text describes by their country and names in small letters: "the Turkish government", "the government
/// of Turkey", and later "the government".
///
/// Such a body is an entity of its own, the same as one that a text writes with capitals ("Government of Turkey"). It is not
/// the country, to which only its adjective is tied.
struct BodyRoles {
    /// A description with the row of the body that it means.
    struct Body {
        var range: Range<Int>
        var key: FormKey
    }

    private let forms: DocumentForms
    private let reading: Reading
    private let nameAt: [Int?]

    /// The descriptions of a document, by start; none overlaps a name that is not an adjective.
    static func found(in forms: DocumentForms, modifiers: [(name: Int, country: FormKey?)]) -> [Body] {
        BodyRoles(forms).bodies(modifiers)
    }

    private init(_ forms: DocumentForms) {
        self.forms = forms
        reading = forms.reading
        var nameAt = [Int?](repeating: nil, count: reading.atoms.count)
        for (k, name) in forms.names.enumerated() where !forms.dropped.contains(k) {
            for atom in name.range { nameAt[atom] = k }
        }
        self.nameAt = nameAt
    }

    private func hash(_ k: Int) -> UInt64 { reading.atoms[k].hash }

    private func bodies(_ modifiers: [(name: Int, country: FormKey?)]) -> [Body] {
        var bodies: [Body] = []
        for (name, country) in modifiers {
            guard let country else { continue }
            let range = forms.names[name].range
            guard let body = body(from: range.upperBound) else { continue }
            bodies.append(
                Body(range: range.lowerBound..<body.upperBound, key: key(country.form, reading.form(body))))
        }
        for (k, name) in forms.names.enumerated() where name.kind == .place && !forms.dropped.contains(k) {
            if let body = bodyOf(k) { bodies.append(body) }
        }
        bodies += repeated(bodies)
        return bodies.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func key(_ country: String, _ body: String) -> FormKey { FormKey("\(country) \(body)", .name) }

    /// "government", "foreign ministry" in small letters from `start` on.
    private func body(from start: Int) -> Range<Int>? {
        guard start < reading.atoms.count else { return nil }
        let sentence = reading.atoms[start].sentence
        var end = start
        while end - start < 2, isSmall(end, sentence), NameWords.standard.isField(hash(end)) { end += 1 }
        guard isSmall(end, sentence),
            NameWords.standard.isStateBody(hash(end))
        else { return nil }
        // "government officials", "army-led"
        let next = end + 1
        if reading.isIn(next, sentence) {
            let atom = reading.atoms[next]
            if atom.isMark("-"), !atom.isSpaced { return nil }
            if atom.isWord, atom.isSpaced, !atom.isCapital, PersonWords.standard.isHuman(singular(next)) { return nil }
        }
        return start..<end + 1
    }

    /// The hash of a word without the ending of the plural.
    private func singular(_ k: Int) -> UInt64 {
        let word = reading.foldedBytes(k)
        return word.last == UInt8(ascii: "s") ? StableHash.of(word.dropLast()) : hash(k)
    }

    private func isSmall(_ k: Int, _ sentence: Int32) -> Bool {
        reading.isIn(k, sentence) && reading.atoms[k].isWord && !reading.atoms[k].isCapital
            && reading.atoms[k].isSpaced && nameAt[k] == nil
    }

    /// "the government of Turkey": the words before "of" and a country.
    private func bodyOf(_ name: Int) -> Body? {
        if let officials = officials(at: name) { return officials }
        let range = forms.names[name].range
        let sentence = reading.atoms[range.lowerBound].sentence
        var k = range.lowerBound - 1
        if reading.isIn(k, sentence), hash(k) == SmallWord.the { k -= 1 }
        guard reading.isIn(k, sentence), hash(k) == SmallWord.of, isSmall(k - 1, sentence),
            NameWords.standard.isStateBody(hash(k - 1)),
            let country = NameWords.standard.country(named: forms.forms[forms.formOfName[name]].words)
        else { return nil }
        var start = k - 1
        while k - start < 3, isSmall(start - 1, sentence), NameWords.standard.isField(hash(start - 1)) { start -= 1 }
        return Body(range: start..<k, key: key(country.text, reading.form(start..<k)))
    }

    /// "officials in Ankara", "authorities in Turkey": the words before "in" and a country or its capital.
    private func officials(at name: Int) -> Body? {
        let range = forms.names[name].range
        let sentence = reading.atoms[range.lowerBound].sentence
        let k = range.lowerBound - 1
        guard reading.isIn(k, sentence), hash(k) == SmallWord.in, reading.isIn(k - 1, sentence), nameAt[k - 1] == nil,
            reading.atoms[k - 1].isWord, NameWords.standard.isOfficials(hash(k - 1))
        else { return nil }
        // "health officials in Paris", "city officials": of what, is told before
        if reading.isIn(k - 2, sentence), reading.atoms[k - 2].isWord, !reading.atoms[k - 2].has(.stop) { return nil }
        let words = forms.forms[forms.formOfName[name]].words
        guard let country = NameWords.standard.country(named: words) ?? NameWords.standard.country(ofCapital: words)
        else { return nil }
        return Body(range: k - 1..<k, key: key(country.text, reading.form(k - 1..<k)))
    }

    /// "the government", alone, in a document that has described one government only.
    private func repeated(_ bodies: [Body]) -> [Body] {
        var keys: [UInt64: Set<FormKey>] = [:]
        var first: [UInt64: Int] = [:]
        for body in bodies {
            // the words of the body without the country's adjective
            let start = body.range.first { nameAt[$0] == nil } ?? body.range.lowerBound
            let form = reading.formKey(start..<body.range.upperBound)
            keys[form, default: []].insert(body.key)
            first[form] = min(first[form] ?? .max, body.range.lowerBound)
        }
        guard !keys.isEmpty else { return [] }
        // "the regime" takes up "the Turkish government", where the document has described one government only
        let governments = bodies.filter { NameWords.standard.isGovernment(hash($0.range.upperBound - 1)) }
        let onlyOne =
            Set(governments.map(\.key)).count == 1 ? governments.min { $0.range.lowerBound < $1.range.lowerBound } : nil
        var taken = [Bool](repeating: false, count: reading.atoms.count)
        for body in bodies { for k in body.range { taken[k] = true } }
        var found: [Body] = []
        for k in reading.atoms.indices.dropFirst() where reading.atoms[k - 1].hash == SmallWord.the && !taken[k] {
            guard let body = body(from: k), !isComplemented(body.upperBound, reading.atoms[k].sentence) else {
                continue
            }
            let form = reading.formKey(body)
            if let known = keys[form] {
                if known.count == 1, let key = known.first, (first[form] ?? .max) < k {
                    found.append(Body(range: body, key: key))
                }
            } else if let onlyOne, body.count == 1, NameWords.standard.isGovernment(hash(k)),
                onlyOne.range.lowerBound < k
            {
                found.append(Body(range: body, key: onlyOne.key))
            }
        }
        return found
    }

    /// Whether what follows tells another body: "the government of", "the government in", "the police department".
    private func isComplemented(_ k: Int, _ sentence: Int32) -> Bool {
        guard reading.isIn(k, sentence), reading.atoms[k].isWord else { return false }
        let atom = reading.atoms[k]
        if [SmallWord.of, SmallWord.for, SmallWord.in].contains(atom.hash) || atom.isCapital { return true }
        return !atom.has(.stop.union(.speech).union(.inner)) && !reading.ends(atom, in: "ed", longerThan: 3)
            && FigureWords.standard.categories(atom.hash).isDisjoint(with: [.verb, .auxiliary])
    }
}
