import StageKit

/// Finds which forms of one document are one name: definitions, initials, slips of letters, parts of names.
enum DocumentAliases {
    static func apply(to forms: inout DocumentForms) {
        Definitions.apply(to: &forms)
        linkInitials(&forms)
        linkTransposed(&forms)
        linkPersons(&forms)
        linkShorter(&forms)
        linkListed(&forms)
    }

    /// An acronym that is not defined, and exactly one name with these initials.
    private static func linkInitials(_ forms: inout DocumentForms) {
        for k in forms.forms.indices where isOpenAcronym(forms.forms[k]) {
            let letters = Array(forms.forms[k].form.utf8)
            let fitting = forms.forms.indices.filter {
                $0 != k && forms.forms[$0].family != .person && forms.forms[$0].words.count >= 2
                    && forms.forms[$0].initials == letters && forms.forms[$0].target == nil
            }
            if fitting.count == 1 { forms.explain(k, by: fitting[0], .initials) }
        }
    }

    private static func isOpenAcronym(_ form: DocumentForms.Form) -> Bool {
        form.isAcronym && form.words.count == 1 && form.target == nil && form.family != .place
    }

    /// An acronym that nothing explains, with the letters of one that something does: `ISPK` beside `ISKP`.
    private static func linkTransposed(_ forms: inout DocumentForms) {
        for k in forms.forms.indices where isOpenAcronym(forms.forms[k]) && forms.forms[k].form.utf8.count >= 4 {
            let letters = forms.forms[k].form.utf8.sorted()
            let fitting = forms.forms.indices.filter {
                $0 != k && forms.forms[$0].isAcronym && forms.forms[$0].target != nil
                    && forms.forms[$0].form.utf8.sorted() == letters
            }
            if fitting.count == 1, let target = forms.forms[fitting[0]].target?.form {
                forms.explain(k, by: target, .transposed)
            }
        }
    }

    /// A surname, a first name or a shorter form of exactly one person of the document.
    private static func linkPersons(_ forms: inout DocumentForms) {
        let persons = forms.forms.indices.filter { forms.forms[$0].family == .person }
            .sorted { forms.forms[$0].words.count > forms.forms[$1].words.count }
        for k in persons {
            let words = forms.forms[k].words
            let longer = persons.filter {
                $0 != k && forms.forms[$0].words.count >= 2 && PersonName.isShort(words, for: forms.forms[$0].words)
            }
            let roots = Set(longer.map { forms.root(of: $0) }).subtracting([k])
            if roots.count == 1, let root = roots.first {
                forms.explain(k, by: root, words.count == 1 ? .surname : .partOfName)
            }
        }
    }

    /// "Interior Ministry" where exactly one longer name ends so: "Turkish Interior Ministry".
    private static func linkShorter(_ forms: inout DocumentForms) {
        for k in forms.forms.indices
        where forms.forms[k].kind == .organization && forms.forms[k].target == nil && forms.forms[k].words.count >= 2 {
            let words = forms.forms[k].words
            let longer = forms.forms.indices.filter {
                let other = forms.forms[$0]
                return $0 != k && other.kind == .organization && other.target == nil
                    && other.words.count == words.count + 1
                    && other.words.dropFirst().elementsEqual(words)
            }
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
