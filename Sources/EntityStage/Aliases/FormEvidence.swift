import StageKit

/// What one document adds to the table of forms: votes, spellings, and links in the rows at both of their ends.
struct FormEvidence {
    private let forms: DocumentForms
    /// The rows of the forms.
    private let keys: [FoldKey]
    private var entries: [SummaryEntry] = []

    /// The evidence of a document, whose forms have these keys and which describes these bodies.
    static func summary(of forms: DocumentForms, keys: [FoldKey], bodies: [BodyRoles.Body]) -> Summary {
        var evidence = FormEvidence(forms: forms, keys: keys)
        for k in forms.forms.indices {
            evidence.addNames(of: k)
            evidence.addLinks(of: k)
        }
        for (a, b, reason) in forms.same { evidence.link(keys[a], .same, reason, keys[b]) }
        for body in bodies {
            let key = body.key.foldKey
            // alone, "government" is no way to write the body
            if body.range.count > 1 {
                evidence.entries.append(
                    SummaryEntry(key, Evidence.surface(forms.reading.text(body.range)).encoded, 1))
            }
            evidence.entries.append(SummaryEntry(key, Evidence.kind(.organization, isSure: false).encoded, 1))
        }
        return Summary(evidence.entries)
    }

    private init(forms: DocumentForms, keys: [FoldKey]) {
        self.forms = forms
        self.keys = keys
    }

    /// The kinds and the spellings of a form. Most names are written as the one before, and are counted with it: what
    /// is added up here has not to be sorted with all else.
    private mutating func addNames(of form: Int) {
        var kinds: [(kind: Mention.Kind, isSure: Bool, count: Int)] = []
        var text = ""
        var count = 0
        for k in forms.forms[form].names where !forms.dropped.contains(k) {
            let name = forms.names[k]
            if let same = kinds.firstIndex(where: { $0.kind == name.kind && $0.isSure == name.isSure }) {
                kinds[same].count += 1
            } else {
                kinds.append((name.kind, name.isSure, 1))
            }
            let next = forms.reading.text(name.range)
            if !next.utf8.elementsEqual(text.utf8) {
                add(form, .surface(text), count)
                text = next
                count = 0
            }
            count += 1
        }
        add(form, .surface(text), count)
        for (kind, isSure, count) in kinds { add(form, .kind(kind, isSure: isSure), count) }
    }

    private mutating func add(_ form: Int, _ evidence: Evidence, _ count: Int) {
        if count > 0 { entries.append(SummaryEntry(keys[form], evidence.encoded, count)) }
    }

    private mutating func addLinks(of k: Int) {
        let form = forms.forms[k]
        let isPlain = form.target == nil && form.title.isEmpty
        let plain = isPlain ? keys[k] : FormKey(form.form, form.family).foldKey
        let core = form.family == .person ? PersonName.core(form.words) : form.words
        if !form.title.isEmpty {
            let entitled = FormKey(form.form, form.family, title: form.title).foldKey
            link(entitled, .beside, .title, plain)
            if let target = form.target {
                link(keys[k], .beside, .title, entitled)
                link(keys[k], .shortFor, target.reason, FormKey(forms.forms[target.form].form, form.family).foldKey)
            }
        } else if let target = form.target {
            let other = FormKey(forms.forms[target.form].form, forms.forms[target.form].family).foldKey
            link(keys[k], .explainedBy, target.reason, other)
            if holdsElsewhere(form, core, forms.forms[target.form]) { link(plain, .shortFor, target.reason, other) }
        } else if form.family == .person, core.count >= 2, let surname = core.last {
            link(FormKey(surname.text, .person).foldKey, .shortFor, .surname, plain)
        }
        if core.count >= 2, let surname = core.last {
            for title in form.titles.sorted() {
                link(FormKey(surname.text, .person, title: title).foldKey, .shortFor, .title, plain)
            }
        }
        if let listed = forms.listed[k] { link(plain, .same, listed.reason, listed.key.foldKey) }
    }

    private mutating func link(_ key: FoldKey, _ role: Evidence.Role, _ reason: Evidence.Reason, _ other: FoldKey) {
        entries.append(SummaryEntry(key, Evidence.link(role, reason, other)))
        entries.append(SummaryEntry(other, Evidence.link(role.counterpart, reason, key)))
    }

    /// Whether a form that its document explains may mean the same in another document that does not explain it: a
    /// first name alone is nobody's there, and "the Interior Ministry" is another one.
    private func holdsElsewhere(
        _ form: DocumentForms.Form, _ core: [NameWord], _ target: DocumentForms.Form
    ) -> Bool {
        if form.family == .person { return core.last == PersonName.core(target.words).last }
        return form.target?.reason != .shorter
    }
}
