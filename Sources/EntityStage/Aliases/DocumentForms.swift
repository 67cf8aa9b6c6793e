import StageKit

/// The forms of the names of one document, and how they are linked there.
struct DocumentForms {
    /// One form.
    struct Form {
        let form: String
        let words: [Substring]
        var kind: Mention.Kind
        var isSure: Bool
        /// Whether it is written as a run of capitals somewhere.
        var isAcronym: Bool
        /// The form that explains it here, with the reason.
        var target: (form: Int, reason: Evidence.Reason)?

        var family: FormKey.Family { FormKey.Family(kind) }

        /// The first letters of the words, without small words.
        var initials: [UInt8] {
            words.filter { !Self.small.contains($0) }.compactMap(\.utf8.first)
        }

        private static let small: Set<Substring> = [
            "of", "for", "and", "the", "a", "an", "in", "on", "de", "la", "du", "et", "und",
        ]
    }

    let reading: Reading
    private(set) var names: [FoundName]
    private(set) var forms: [Form] = []
    /// The form of each name.
    private(set) var formOfName: [Int] = []
    /// Links that hold wherever the forms stand.
    private(set) var same: [(Int, Int, Evidence.Reason)] = []
    /// The first spelling that the lists know for a form.
    private(set) var listed: [Int: FormKey] = [:]

    init(reading: Reading, names: [FoundName]) {
        self.reading = reading
        self.names = names
        var index: [String: Int] = [:]
        for name in names {
            let text = reading.form(name.range)
            let isAcronym = name.range.count == 1 && reading.atoms[name.range.lowerBound].isAcronym
            if let known = index[text] {
                forms[known].isAcronym = forms[known].isAcronym || isAcronym
                forms[known].isSure = forms[known].isSure || name.isSure
                formOfName.append(known)
                continue
            }
            index[text] = forms.count
            formOfName.append(forms.count)
            forms.append(
                Form(
                    form: text, words: text.utf8.split(separator: 0x20).map { Substring($0) }, kind: name.kind,
                    isSure: name.isSure, isAcronym: isAcronym))
        }
        for k in names.indices { self.names[k].kind = forms[formOfName[k]].kind }
    }

    /// The row that a form of this document belongs to.
    func key(of form: Int) -> FormKey {
        let own = forms[form]
        guard let target = own.target else { return FormKey(own.form, own.family) }
        return FormKey(own.form, own.family, target: forms[target.form].form)
    }

    /// The form that explains a form in the end.
    func root(of form: Int) -> Int {
        var form = form
        for _ in 0..<8 {
            guard let next = forms[form].target?.form else { break }
            form = next
        }
        return form
    }

    /// Lets `target` explain `form`, unless that closes a circle or something explains it already.
    mutating func explain(_ form: Int, by target: Int, _ reason: Evidence.Reason) {
        let target = root(of: target)
        guard forms[form].target == nil, target != form, root(of: target) != form else { return }
        if forms[form].family != forms[target].family { setKind(of: form, to: forms[target].kind) }
        forms[form].target = (target, reason)
    }

    mutating func equate(_ a: Int, _ b: Int, _ reason: Evidence.Reason) {
        if a != b { same.append((a, b, reason)) }
    }

    /// The lists know the form as another spelling of `name`.
    mutating func list(_ form: Int, as name: String, _ kind: Mention.Kind) {
        let key = FormKey(name, FormKey.Family(kind))
        if forms[form].target == nil, FormKey(forms[form].form, forms[form].family) != key { listed[form] = key }
    }

    /// Gives a form and all its names another kind.
    mutating func setKind(of form: Int, to kind: Mention.Kind) {
        forms[form].kind = kind
        for k in names.indices where formOfName[k] == form { names[k].kind = kind }
    }
}
