import StageKit

/// Finds which forms of one document are one name: definitions, initials, slips of letters, parts of names.
///
/// Each rule looks candidates up by what they must share, so that a document of ten thousand names costs no more than
/// ten of a thousand.
enum DocumentAliases {
    static func apply(to forms: DocumentForms) {
        Definitions.apply(to: forms)
        linkListed(forms)
        linkInitials(forms)
        linkPlaceInitials(forms)
        linkTransposed(forms)
        PersonLinks.apply(to: forms)
        ShortNames.apply(to: forms)
        linkPlurals(forms)
    }

    /// An acronym that is not defined, and exactly one name with these initials; a person's have dots.
    private static func linkInitials(_ forms: DocumentForms) {
        let open = forms.forms.indices.filter { isOpenAcronym(forms.forms[$0]) }
        guard !open.isEmpty else { return }
        var byInitials: [[UInt8]: [Int]] = [:]
        var persons: [[UInt8]: [Int]] = [:]
        for (k, form) in forms.forms.enumerated() where form.words.count >= 2 {
            if form.target == nil, form.family != .person || (!form.isSure && form.words.count >= 3) {
                byInitials[form.initials, default: []].append(k)
            }
            if form.family == .person {
                persons[PersonName.core(form.words).compactMap(\.text.utf8.first), default: []].append(k)
            }
        }
        for k in open {
            let letters = Array(forms.forms[k].form.utf8)
            // "I.M." behind a letter
            if forms.forms[k].isDotted, byInitials[letters] == nil, let found = persons[letters], found.count == 1 {
                forms.explain(k, by: found[0], .initials)
                continue
            }
            let fitting = byInitials[letters] ?? []
            guard fitting.count == 1 else { continue }
            if forms.forms[fitting[0]].family == .person { forms.setKind(of: fitting[0], to: .organization) }
            forms.explain(k, by: fitting[0], .initials)
        }
    }

    /// The initials of exactly one place that the document names: "LA" where it names Los Angeles.
    private static func linkPlaceInitials(_ forms: DocumentForms) {
        let open = forms.forms.indices.filter {
            forms.forms[$0].family == .place && forms.forms[$0].isAcronym && forms.forms[$0].words.count == 1
                && forms.forms[$0].target == nil && forms.forms[$0].known == nil
        }
        guard !open.isEmpty else { return }
        var byInitials: [[UInt8]: [Int]] = [:]
        for (k, form) in forms.forms.enumerated() where form.family == .place && form.words.count >= 2 {
            byInitials[form.words.compactMap(\.text.utf8.first), default: []].append(k)
        }
        for k in open {
            if let long = byInitials[Array(forms.forms[k].form.utf8)], long.count == 1 {
                forms.explain(k, by: long[0], .initials)
            }
        }
    }

    private static func isOpenAcronym(_ form: DocumentForms.Form) -> Bool {
        form.isAcronym && form.words.count == 1 && form.target == nil && form.family != .place && form.known == nil
    }

    /// An acronym that nothing explains, with the letters of one that something does: `ISPK` beside `ISKP`.
    private static func linkTransposed(_ forms: DocumentForms) {
        var byLetters: [[UInt8]: [Int]] = [:]
        for (k, form) in forms.forms.enumerated() where form.isAcronym && form.target != nil {
            byLetters[form.form.utf8.sorted(), default: []].append(k)
        }
        guard !byLetters.isEmpty else { return }
        for k in forms.forms.indices where isOpenAcronym(forms.forms[k]) && forms.forms[k].form.utf8.count >= 4 {
            let fitting = (byLetters[forms.forms[k].form.utf8.sorted()] ?? []).filter {
                isSlip(Array(forms.forms[k].form.utf8), for: Array(forms.forms[$0].form.utf8))
            }
            if fitting.count == 1, let target = forms.forms[fitting[0]].target?.form {
                forms.explain(k, by: target, .transposed)
            }
        }
    }

    /// Whether two letters beside each other changed places.
    private static func isSlip(_ a: [UInt8], for b: [UInt8]) -> Bool {
        let moved = zip(a, b).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
        return a.count == b.count && moved.count == 2 && moved[1] == moved[0] + 1
    }

    /// Spellings that the lists know to be one, `U.S.` and `United States`; and names of one body with its country in
    /// other words, or with its own in another order.
    private static func linkListed(_ forms: DocumentForms) {
        let lexicon = forms.reading.lexicon
        for k in forms.forms.indices {
            if let known = forms.forms[k].known {
                if lexicon.groups.indices.contains(known.group), FormKey.Family(known.kind) == forms.forms[k].family {
                    forms.list(k, as: lexicon.groups[known.group], known.kind)
                }
            } else if forms.forms[k].kind == .organization, forms.forms[k].words.count > 1,
                let standard = NameWords.standard.standardForm(forms.forms[k].words)
            {
                forms.list(k, as: standard.form, .organization, standard.reason)
            }
        }
    }

    /// "Kurd" beside "Kurds", "Ebb Man" beside "Ebb Men".
    private static func linkPlurals(_ forms: DocumentForms) {
        var groups: [String: Int] = [:]
        for (k, form) in forms.forms.enumerated() where form.kind == .group { groups[form.form] = k }
        guard groups.count > 1 else { return }
        for (k, form) in forms.forms.enumerated() where form.kind == .group {
            let plural = form.form.hasSuffix(" man") ? String(form.form.dropLast(2)) + "en" : form.form + "s"
            if let other = groups[plural] { forms.equate(k, other, .plural) }
        }
    }
}
