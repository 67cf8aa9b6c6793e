import StageKit

/// Finds which forms of one document are one name: definitions, initials, slips of letters, parts of names.
///
/// Each rule looks candidates up by what they must share, so that a document of ten thousand names costs no more than
/// ten of a thousand.
enum DocumentAliases {
    static func apply(to forms: inout DocumentForms) {
        Definitions.apply(to: &forms)
        linkInitials(&forms)
        linkTransposed(&forms)
        linkPersons(&forms)
        linkShorter(&forms)
        linkPlaces(&forms)
        linkListed(&forms)
    }

    /// An acronym that is not defined, and exactly one name with these initials.
    private static func linkInitials(_ forms: inout DocumentForms) {
        var byInitials: [[UInt8]: [Int]] = [:]
        for (k, form) in forms.forms.enumerated()
        where (form.family != .person || (!form.isSure && form.words.count >= 3)) && form.words.count >= 2
            && form.target == nil
        {
            byInitials[form.initials, default: []].append(k)
        }
        for k in forms.forms.indices where isOpenAcronym(forms.forms[k]) {
            let fitting = byInitials[Array(forms.forms[k].form.utf8)] ?? []
            guard fitting.count == 1 else { continue }
            if forms.forms[fitting[0]].family == .person { forms.setKind(of: fitting[0], to: .organization) }
            forms.explain(k, by: fitting[0], .initials)
        }
    }

    private static func isOpenAcronym(_ form: DocumentForms.Form) -> Bool {
        form.isAcronym && form.words.count == 1 && form.target == nil && form.family != .place
    }

    /// An acronym that nothing explains, with the letters of one that something does: `ISPK` beside `ISKP`.
    private static func linkTransposed(_ forms: inout DocumentForms) {
        var byLetters: [[UInt8]: [Int]] = [:]
        for (k, form) in forms.forms.enumerated() where form.isAcronym && form.target != nil {
            byLetters[form.form.utf8.sorted(), default: []].append(k)
        }
        for k in forms.forms.indices where isOpenAcronym(forms.forms[k]) && forms.forms[k].form.utf8.count >= 4 {
            let fitting = byLetters[forms.forms[k].form.utf8.sorted()] ?? []
            if fitting.count == 1, let target = forms.forms[fitting[0]].target?.form {
                forms.explain(k, by: target, .transposed)
            }
        }
    }

    /// A surname, a first name or a shorter form of exactly one person of the document.
    private static func linkPersons(_ forms: inout DocumentForms) {
        let persons = forms.forms.indices.filter { forms.forms[$0].family == .person }
        var index = PersonIndex()
        for k in persons { index.add(k, forms.forms[k].words) }
        let longestFirst = persons.sorted { a, b in
            let (x, y) = (forms.forms[a].words.count, forms.forms[b].words.count)
            return x == y ? a < b : x > y
        }
        for k in longestFirst {
            let words = forms.forms[k].words
            let roots = Set(index.longer(than: words).map { forms.root(of: $0) }).subtracting([k])
            if roots.count == 1, let root = roots.first {
                forms.explain(k, by: root, words.count == 1 ? .surname : .partOfName)
            }
        }
    }

    /// "Interior Ministry" where exactly one longer name ends so: "Turkish Interior Ministry".
    private static func linkShorter(_ forms: inout DocumentForms) {
        var byEnd: [ArraySlice<Substring>: [Int]] = [:]
        for (k, form) in forms.forms.enumerated()
        where form.kind == .organization && form.target == nil && form.words.count >= 3 {
            byEnd[form.words.dropFirst(), default: []].append(k)
        }
        for (k, form) in forms.forms.enumerated()
        where form.kind == .organization && form.target == nil && form.words.count >= 2 {
            let longer = byEnd[form.words[...]] ?? []
            if longer.count == 1 { forms.explain(k, by: longer[0], .shorter) }
        }
    }

    /// "the Pier" where exactly one place of the document ends so: "North Pier".
    private static func linkPlaces(_ forms: inout DocumentForms) {
        var byEnd: [Substring: [Int]] = [:]
        for (k, form) in forms.forms.enumerated()
        where form.kind == .place && form.target == nil && form.words.count == 2 {
            byEnd[form.words[1], default: []].append(k)
        }
        for (k, form) in forms.forms.enumerated()
        where form.kind == .place && form.target == nil && form.words.count == 1 && !form.isSure {
            let longer = byEnd[form.words[0]] ?? []
            if longer.count == 1 { forms.explain(k, by: longer[0], .shorter) }
        }
    }

    /// Spellings that the lists know to be one: `U.S.` and `United States`.
    private static func linkListed(_ forms: inout DocumentForms) {
        let reading = forms.reading
        var seen: Set<Int> = []
        for (k, name) in forms.names.enumerated() where seen.insert(forms.formOfName[k]).inserted {
            guard let found = reading.known(at: name.range.lowerBound, limit: name.range.upperBound),
                found.end == name.range.upperBound, reading.lexicon.groups.indices.contains(found.known.group)
            else { continue }
            forms.list(forms.formOfName[k], as: reading.lexicon.groups[found.known.group], found.known.kind)
        }
    }
}
