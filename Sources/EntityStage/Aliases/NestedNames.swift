import StageKit

/// Finds names that stand within longer names: "Texas" in "University of Texas", "Ada Weir" in "Ada Weir Foundation".
/// They name nobody there, and are tied to whom or what they mean alone.
struct NestedNames {
    private let forms: DocumentForms
    private let reading: Reading
    private let gazetteer: NameGazetteer
    /// The forms that may stand within others, by the key of their words, and the words that these begin with.
    private var inner: [UInt64: Int] = [:]
    private var openers: Set<UInt64> = []

    /// The names within names of a document, each with the row of what it means. `keys` are those of the document's forms.
    static func found(
        in forms: DocumentForms, keys: [FoldKey], gazetteer: NameGazetteer
    ) -> [(range: Range<Int>, key: FoldKey)] {
        let nested = NestedNames(forms, gazetteer)
        var found: [(range: Range<Int>, key: FoldKey)] = []
        for (k, name) in forms.names.enumerated() where !forms.dropped.contains(k) && nested.isWide(name) {
            nested.collect(within: name, of: forms.formOfName[k], keys, into: &found)
        }
        return found
    }

    private init(_ forms: DocumentForms, _ gazetteer: NameGazetteer) {
        self.forms = forms
        reading = forms.reading
        self.gazetteer = gazetteer
        for (k, form) in forms.forms.enumerated() {
            guard let name = form.names.first(where: { !forms.dropped.contains($0) }) else { continue }
            let range = forms.names[name].range
            guard stands(form, range) else { continue }
            let key = reading.formKey(range)
            if inner[key] == nil { inner[key] = k }
            openers.insert(reading.atoms[range.lowerBound].hash)
        }
    }

    /// Whether what a form means is known wherever it stands: words for bodies alone are no name in a longer one, since
    /// every country has a Supreme Court.
    private func stands(_ form: DocumentForms.Form, _ range: Range<Int>) -> Bool {
        let isPlain = range.allSatisfy { !reading.atoms[$0].isWord || reading.atoms[$0].has(Self.plain) }
        switch form.kind {
        case .place: return !isPlain
        case .person: return range.count > 1 || form.target != nil
        case .organization: return !isPlain && (range.count > 1 || form.isAcronym || form.known != nil)
        default: return false
        }
    }

    private static let plain: WordClass = [
        .common, .organizationHead, .organizationLead, .houseHead, .placeHead, .placeLead, .groupHead, .inner, .stop,
        .ordinal,
    ]

    /// Whether a name has room for another. One that the lists know as a place has none: "South Africa" is no Africa.
    private func isWide(_ name: FoundName) -> Bool {
        guard name.range.count > 1, name.kind.isName, name.kind != .person else { return false }
        guard let known = reading.known(at: name.range.lowerBound, limit: name.range.upperBound) else { return true }
        return known.end < name.range.upperBound || known.known.kind != .place
    }

    private func collect(
        within name: FoundName, of form: Int, _ keys: [FoldKey], into found: inout [(range: Range<Int>, key: FoldKey)]
    ) {
        var k = name.range.lowerBound
        while k < name.range.upperBound {
            guard reading.atoms[k].isWord, reading.atoms[k].isCapital,
                let (end, key) = longest(at: k, within: name.range, of: form, keys)
            else {
                k += 1
                continue
            }
            found.append((k..<end, key))
            k = end
        }
    }

    /// The longest name that begins at `k` and is a part of the longer one.
    private func longest(
        at k: Int, within range: Range<Int>, of form: Int, _ keys: [FoldKey]
    ) -> (end: Int, key: FoldKey)? {
        let isPlace = forms.forms[form].kind == .place
        if !mayBegin(at: k, within: range, isPlace: isPlace) { return nil }
        var best: (end: Int, key: FoldKey)?
        if openers.contains(reading.atoms[k].hash) {
            for end in (k + 1)..<min(range.upperBound, k + Self.longest) + 1 where end - k < range.count {
                guard let other = inner[reading.formKey(k..<end)], reading.atoms[end - 1].isWord,
                    !isHead(other, before: end, within: range),
                    // "Weir Street": many have that surname
                    !isPlace || end > k + 1 || forms.forms[other].kind != .person,
                    forms.root(of: other) != forms.root(of: form),
                    forms.standardKey(of: other) != forms.standardKey(of: form)
                else { continue }
                best = (end, keys[other])
            }
        }
        if let known = reading.known(at: k, limit: range.upperBound), known.end - k < range.count,
            known.known.kind == .place, known.end > best?.end ?? k, isPlain(k..<known.end, known.known)
        {
            let lexicon = reading.lexicon
            let group = known.known.group
            let words = lexicon.groups.indices.contains(group) ? lexicon.groups[group] : reading.form(k..<known.end)
            best = (known.end, FormKey(words, .place).foldKey)
        }
        return best
    }

    /// Whether a body is what the longer name means, told by what follows: "Supreme Court" in "Supreme Court of Kenya".
    private func isHead(_ form: Int, before end: Int, within range: Range<Int>) -> Bool {
        forms.forms[form].kind == .organization && end < range.upperBound
            && [SmallWord.of, SmallWord.for].contains(reading.atoms[end].hash)
    }

    /// Whether a name may begin at `k`: "North Dawlton" is no Dawlton, and "Tom Dawlton Bridge" neither.
    private func mayBegin(at k: Int, within range: Range<Int>, isPlace: Bool) -> Bool {
        guard k > range.lowerBound else { return true }
        let before = reading.atoms[k - 1]
        return !before.isWord || !before.isCapital
            || !isPlace && !before.has(.placeLead) && !before.has(.firstName) && before.end - before.start > 1
    }

    /// Whether a place of the lists is meant although the document does not name it alone: many a town is a surname as well.
    private func isPlain(_ range: Range<Int>, _ known: Lexicon.Known) -> Bool {
        range.count > 1 || known.group >= 0
            || gazetteer[reading.atoms[range.lowerBound].hash] & (NameGazetteer.surname | NameGazetteer.firstName) == 0
    }

    /// The most atoms of a name within a name.
    private static let longest = 8
}
