import StageKit

/// The forms of the names of one document, and how they are linked there.
///
/// A class, because one rule after another works on it: handed on as a structure, each would begin by copying all.
final class DocumentForms {
    /// One form.
    struct Form {
        let form: String
        let words: [NameWord]
        var kind: Mention.Kind
        var isSure: Bool
        /// Whether it is written as a run of capitals somewhere.
        var isAcronym: Bool
        /// Whether it is one word of letters with dots: `I.M.`
        let isDotted: Bool
        /// What the lists say of it.
        let known: Lexicon.Known?
        /// The form that explains it here, with the reason.
        var target: (form: Int, reason: Evidence.Reason)?
        /// For a surname, the title that tells whom it means.
        var title = ""
        /// For the name of a person, the titles before it that others lack.
        var titles: Set<String> = []
        /// The names of this form, in their order.
        fileprivate(set) var names: [Int]

        var family: FormKey.Family { FormKey.Family(kind) }

        /// The first letters of the words, without small words.
        var initials: [UInt8] {
            words.filter { !Self.small.contains($0) }.compactMap(\.text.utf8.first)
        }

        private static let small: Set<NameWord> = [
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
    /// Names that turned out to be part of something else.
    private(set) var dropped: Set<Int> = []
    /// The first spelling that the lists know for a form.
    private(set) var listed: [Int: (key: FormKey, reason: Evidence.Reason)] = [:]

    init(reading: Reading, names: [FoundName]) {
        self.reading = reading
        self.names = names
        var index: [UInt64: Int] = [:]
        index.reserveCapacity(names.count)
        forms.reserveCapacity(names.count)
        formOfName.reserveCapacity(names.count)
        for name in names {
            let key = reading.formKey(name.range)
            let isAcronym = name.range.count == 1 && reading.atoms[name.range.lowerBound].isAcronym
            if let known = index[key] {
                forms[known].isAcronym = forms[known].isAcronym || isAcronym
                forms[known].isSure = forms[known].isSure || name.isSure
                forms[known].names.append(formOfName.count)
                formOfName.append(known)
                continue
            }
            index[key] = forms.count
            forms.append(
                Form(
                    form: reading.form(name.range), words: reading.words(name.range), kind: name.kind,
                    isSure: name.isSure,
                    isAcronym: isAcronym,
                    isDotted: isAcronym && reading.atoms[name.range.lowerBound].shape.contains(.dotted),
                    known: Self.known(name.range, reading),
                    names: [formOfName.count]))
            formOfName.append(forms.count - 1)
        }
        for k in names.indices { self.names[k].kind = forms[formOfName[k]].kind }
    }

    private static func known(_ name: Range<Int>, _ reading: Reading) -> Lexicon.Known? {
        guard let found = reading.known(at: name.lowerBound, limit: name.upperBound), found.end == name.upperBound
        else { return nil }
        return found.known
    }

    /// What stands for a form wherever it stands: the row of the form that explains it, or of its standard spelling.
    func standardKey(of form: Int) -> FormKey {
        let root = root(of: form)
        return listed[root]?.key ?? FormKey(forms[root].form, forms[root].family)
    }

    /// The row that a form of this document belongs to.
    func key(of form: Int) -> FormKey {
        FormKey(
            forms[form].form, forms[form].family, target: forms[form].target.map { forms[$0.form].form } ?? "",
            title: forms[form].title)
    }

    /// The rows that the forms belong to, for use when all links are there.
    func foldKeys() -> [FoldKey] { forms.indices.map { key(of: $0).foldKey } }

    /// The form that explains a form in the end.
    func root(of form: Int) -> Int {
        var form = form
        for _ in 0..<8 {
            guard let next = forms[form].target?.form else { break }
            form = next
        }
        return form
    }

    /// Makes a form of its own for some of the names of a form, so that they may mean somebody else than the others do.
    func part(_ names: [Int], from form: Int) -> Int {
        guard names.count < forms[form].names.count else { return form }
        var other = forms[form]
        other.names = names
        let moved = Set(names)
        forms[form].names.removeAll { moved.contains($0) }
        for name in names { formOfName[name] = forms.count }
        forms.append(other)
        return forms.count - 1
    }

    /// Lets a title tell whom a surname means.
    func entitle(_ form: Int, _ title: String) { forms[form].title = title }
    /// Notes that a title stands before the name of a person.
    func note(title: String, of form: Int) { forms[form].titles.insert(title) }

    /// Lets `target` explain `form`, unless that closes a circle or something explains it already.
    func explain(_ form: Int, by target: Int, _ reason: Evidence.Reason) {
        let target = root(of: target)
        guard forms[form].target == nil, target != form, root(of: target) != form else { return }
        if forms[form].family != forms[target].family { setKind(of: form, to: forms[target].kind) }
        forms[form].target = (target, reason)
    }

    func equate(_ a: Int, _ b: Int, _ reason: Evidence.Reason) {
        if a != b { same.append((a, b, reason)) }
    }

    /// The form is another spelling of `name` wherever it stands.
    func list(_ form: Int, as name: String, _ kind: Mention.Kind, _ reason: Evidence.Reason = .listed) {
        let key = FormKey(name, FormKey.Family(kind))
        guard forms[form].target == nil, listed[form] == nil, FormKey(forms[form].form, forms[form].family) != key
        else { return }
        listed[form] = (key, reason)
    }

    /// Takes out names that are part of something else.
    func drop(_ names: some Sequence<Int>) { dropped.formUnion(names) }

    /// Gives a form and all its names another kind.
    func setKind(of form: Int, to kind: Mention.Kind) {
        forms[form].kind = kind
        for k in forms[form].names { names[k].kind = kind }
    }
}
