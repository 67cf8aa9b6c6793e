import StageKit

/// What one document adds to the table of forms: votes, spellings, and links in the rows at both of their ends.
enum FormEvidence {
    static func summary(of forms: DocumentForms) -> Summary {
        var entries: [SummaryEntry] = []
        func add(_ key: FormKey, _ evidence: Evidence) {
            entries.append(SummaryEntry(key.foldKey, evidence.encoded))
        }
        func link(_ key: FormKey, _ role: Evidence.Role, _ reason: Evidence.Reason, _ other: FormKey) {
            add(key, .link(role, reason, other))
            add(other, .link(role.counterpart, reason, key))
        }

        for (k, name) in forms.names.enumerated() where !forms.dropped.contains(k) {
            let key = forms.key(of: forms.formOfName[k])
            add(key, .kind(name.kind, isSure: name.isSure))
            add(key, .surface(forms.reading.text(name.range)))
        }
        for (k, form) in forms.forms.enumerated() {
            let key = forms.key(of: k)
            let plain = FormKey(form.form, form.family)
            let core = form.family == .person ? PersonName.core(form.words) : form.words
            if !form.title.isEmpty {
                let entitled = FormKey(form.form, form.family, title: form.title)
                link(entitled, .beside, .title, plain)
                if let target = form.target {
                    link(key, .beside, .title, entitled)
                    link(key, .shortFor, target.reason, FormKey(forms.forms[target.form].form, form.family))
                }
            } else if let target = form.target {
                let other = FormKey(forms.forms[target.form].form, forms.forms[target.form].family)
                link(key, .explainedBy, target.reason, other)
                if holdsElsewhere(form, core, forms.forms[target.form]) { link(plain, .shortFor, target.reason, other) }
            } else if form.family == .person, core.count >= 2, let surname = core.last {
                link(FormKey(String(surname), .person), .shortFor, .surname, plain)
            }
            if core.count >= 2, let surname = core.last {
                for title in form.titles.sorted() {
                    link(FormKey(String(surname), .person, title: title), .shortFor, .title, plain)
                }
            }
            if let listed = forms.listed[k] { link(plain, .same, listed.reason, listed.key) }
        }
        for (a, b, reason) in forms.same { link(forms.key(of: a), .same, reason, forms.key(of: b)) }
        return Summary(entries)
    }

    /// Whether a form that its document explains may mean the same in another document that does not explain it: a
    /// first name alone is nobody's there, and "the Interior Ministry" is another one.
    private static func holdsElsewhere(
        _ form: DocumentForms.Form, _ core: [Substring], _ target: DocumentForms.Form
    ) -> Bool {
        if form.family == .person { return core.last == PersonName.core(target.words).last }
        return form.target?.reason != .shorter
    }
}
