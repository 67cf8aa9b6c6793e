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

        for (k, name) in forms.names.enumerated() {
            let key = forms.key(of: forms.formOfName[k])
            add(key, .kind(name.kind, isSure: name.isSure))
            add(key, .surface(forms.reading.text(name.range)))
        }
        for (k, form) in forms.forms.enumerated() {
            let key = forms.key(of: k)
            if let target = form.target {
                let other = FormKey(forms.forms[target.form].form, forms.forms[target.form].family)
                link(key, .explainedBy, target.reason, other)
                // a first name alone is nobody's in another document
                if form.family != .person || form.words.last == forms.forms[target.form].words.last {
                    link(FormKey(form.form, form.family), .shortFor, target.reason, other)
                }
            } else if form.family == .person, form.words.count >= 2, let surname = form.words.last {
                link(FormKey(String(surname), .person), .shortFor, .surname, FormKey(form.form, .person))
            }
            if let listed = forms.listed[k] { link(FormKey(form.form, form.family), .same, .listed, listed) }
        }
        for (a, b, reason) in forms.same { link(forms.key(of: a), .same, reason, forms.key(of: b)) }
        return Summary(entries)
    }
}
