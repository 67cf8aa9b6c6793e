import StageKit

/// Finds which longer name of its document a shorter name of an organization, an event or a place means: "Interior
/// Ministry" for "Turkish Interior Ministry", "the Society" for "Society of Bell Founders".
struct ShortNames {
    private let forms: DocumentForms
    /// The longer names, by what may be said instead.
    private var longer: [ArraySlice<NameWord>: [Int]] = [:]

    static func apply(to forms: DocumentForms) {
        var names = ShortNames(forms: forms)
        names.link()
    }

    private init(forms: DocumentForms) { self.forms = forms }

    private mutating func link() {
        for k in forms.forms.indices where isLong(forms.forms[k]) { index(k) }
        let longestFirst = forms.forms.indices.sorted { a, b in
            let (x, y) = (forms.forms[a].words.count, forms.forms[b].words.count)
            return x == y ? a < b : x > y
        }
        for k in longestFirst where isShort(forms.forms[k]) {
            let candidates = (longer[forms.forms[k].words[...]] ?? []).filter { isApt(k, for: $0) }
            if !candidates.isEmpty { settle(k, among: candidates) }
        }
    }

    private func isLong(_ form: DocumentForms.Form) -> Bool {
        form.words.count >= 2 && form.family != .person && form.kind != .group
    }

    private func isShort(_ form: DocumentForms.Form) -> Bool {
        guard form.target == nil, form.kind != .group, !form.isAcronym || form.form.utf8.count > 5 else { return false }
        guard form.family != .person || form.words.count == 1 && !form.isSure && Self.isHead(form.words) else {
            return false
        }
        // the lists know it as something else
        return form.known.map { $0.kind == .organization } ?? true
    }

    private mutating func index(_ k: Int) {
        let words = forms.forms[k].words
        let isPlace = forms.forms[k].family == .place
        for start in words.indices.dropFirst() where !NameWords.isSmall(words[start].key) {
            if NameWords.isSmall(words[start - 1].key) || isPlace && words.count > 2 { continue }
            longer[words[start...], default: []].append(k)
        }
        if let last = words.last, NameWords.standard.isDropped(last) {
            longer[words.dropLast(), default: []].append(k)
        }
        if isPlace { return }
        if let joint = words.firstIndex(where: { $0.key == SmallWord.of || $0.key == SmallWord.for }), joint > 0,
            joint == 1 || words[joint].key == SmallWord.for
        {
            longer[words[..<joint], default: []].append(k)
        }
    }

    /// Whether the form at `short` is of the sort that the name at `long` is shortened to.
    private func isApt(_ short: Int, for long: Int) -> Bool {
        let (a, b) = (forms.forms[short], forms.forms[long])
        guard short != long, forms.root(of: long) != short else { return false }
        if b.family == .place {
            return !a.isSure && a.words.count == 1
        }
        // a place is no short name of a house, unless the house is called after it: "Harrow", "Harrow School"
        if a.family == .place { return !a.isSure && a.words.first == b.words.first }
        return a.family == .name || !a.isSure
    }

    /// Whether a name is nothing but a word for a body, which many share: "Ministry".
    static func isHead(_ words: [NameWord]) -> Bool {
        guard words.count == 1, let word = words.first else { return false }
        let classes = Lexicon.english.classes(of: word)
        return !classes.isDisjoint(with: .organizationHead.union(.organizationLead))
    }

    private func settle(_ short: Int, among candidates: [Int]) {
        let isHead = Self.isHead(forms.forms[short].words)
        if !isHead, let one = only(candidates) { return forms.explain(short, by: one, .shorter) }
        // the last of them that was named before
        var chosen: [Int: [Int]] = [:]
        for name in forms.forms[short].names {
            let before = candidates.filter { isNear(forms.forms[$0].names.first, before: name) }
            let choice =
                isHead
                ? before.max { lastName(of: $0, before: name) < lastName(of: $1, before: name) }
                : only(before)
            if let choice { chosen[choice, default: []].append(name) }
        }
        for (choice, names) in chosen.sorted(by: { $0.key < $1.key }) {
            forms.explain(forms.part(names, from: short), by: choice, .shorter)
        }
    }

    private func isNear(_ first: Int?, before name: Int) -> Bool { first.map { $0 < name } ?? false }

    private func lastName(of form: Int, before name: Int) -> Int { forms.forms[form].names.last { $0 < name } ?? -1 }

    /// The first of several names, where all are the same.
    private func only(_ candidates: [Int]) -> Int? {
        if candidates.count == 1 { return candidates[0] }
        return Set(candidates.map { forms.standardKey(of: $0) }).count == 1 ? candidates.first : nil
    }
}
