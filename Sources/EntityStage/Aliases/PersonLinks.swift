import StageKit

/// Finds whom the shorter names of persons mean in a document: a surname, a first name, a name without its middle
/// one. Where several persons share it, each mention is decided by what stands around it.
struct PersonLinks {
    /// One of several persons whom a name may mean.
    private struct Candidate {
        let root: Int
        var titles: Set<String> = []
        /// The names of several words that mean the person, in their order.
        var names: [Int]
        /// Whether a title tells a man, or a woman.
        var isMan: Bool?
    }

    private let forms: DocumentForms
    private let cues: PersonCues
    private let titles: [String?]
    /// The persons with a name of several words, by the form that stands for them.
    private var people: [Int: Candidate] = [:]

    static func apply(to forms: DocumentForms) {
        var links = PersonLinks(forms)
        links.link()
    }

    private init(_ forms: DocumentForms) {
        self.forms = forms
        let cues = PersonCues(reading: forms.reading)
        self.cues = cues
        titles = forms.names.map { $0.kind == .person ? cues.title(before: $0.range) : nil }
    }

    private mutating func link() {
        let persons = forms.forms.indices.filter { forms.forms[$0].family == .person && forms.forms[$0].target == nil }
        guard !persons.isEmpty else { return }
        // by form; those of other kinds have none
        var words = [[NameWord]](repeating: [], count: forms.forms.count)
        var letters = [Int](repeating: 0, count: forms.forms.count)
        for k in persons {
            words[k] = PersonName.core(forms.forms[k].words)
            letters[k] = words[k].reduce(0) { $0 + $1.text.utf8.count }
        }
        func isFuller(_ a: Int, _ b: Int) -> Bool {
            if words[a].count != words[b].count { return words[a].count > words[b].count }
            return letters[a] == letters[b] ? a < b : letters[a] > letters[b]
        }
        var index = PersonIndex(nicknames: true)
        var same: [UInt64: [Int]] = [:]
        for k in persons {
            index.add(k, words[k])
            same[words[k].chained, default: []].append(k)
            if words[k].count > 1 { people[k] = candidate(k) }
        }
        // the fullest first: whom they mean is known when shorter ones ask
        for k in persons.sorted(by: isFuller) {
            if let other = namesake(of: k, among: same[words[k].chained] ?? []), other != k {
                explain(k, by: forms.root(of: other), .partOfName)
                continue
            }
            let longer = index.longer(than: words[k]).filter { $0 != k && isFuller($0, k) }
            let roots = Set(longer.map { forms.root(of: $0) }).subtracting([k]).sorted()
            // a name of several words that nothing is longer than means whom it names
            if roots.isEmpty, words[k].count > 1 { continue }
            settle(k, among: roots, isSurname: words[k].count == 1)
        }
    }

    /// The first form with the same words without titles that means the same person. Where a text tells junior from
    /// senior, each of them is one, and the name alone is neither.
    private func namesake(of form: Int, among others: [Int]) -> Int? {
        let generations = others.map { PersonName.generation(forms.forms[$0].words) }
        guard generations.contains(1), generations.contains(2) else { return others.first }
        let own = PersonName.generation(forms.forms[form].words)
        return own == 0 ? nil : zip(others, generations).first { $0.1 == own }?.0
    }

    /// A person with the titles, places and sex that the mentions of one form tell.
    private mutating func candidate(_ form: Int) -> Candidate {
        var candidate = Candidate(root: form, names: forms.forms[form].names)
        for name in candidate.names {
            guard let title = titles[name] ?? cues.title(behind: forms.names[name].range) else { continue }
            candidate.isMan = candidate.isMan ?? PersonWords.standard.isMan(title)
            guard !PersonWords.standard.isCommonTitle(title) else { continue }
            candidate.titles.insert(title)
            forms.note(title: title, of: form)
        }
        return candidate
    }

    private mutating func explain(_ form: Int, by root: Int, _ reason: Evidence.Reason) {
        forms.explain(form, by: root, reason)
        guard forms.root(of: form) == root, var person = people[root], let own = people.removeValue(forKey: form)
        else { return }
        person.titles.formUnion(own.titles)
        person.names = (person.names + own.names).sorted()
        person.isMan = person.isMan ?? own.isMan
        people[root] = person
    }

    /// Decides for the names of a form which of the persons `roots` they mean.
    private mutating func settle(_ form: Int, among roots: [Int], isSurname: Bool) {
        let candidates = roots.count > Self.most ? [] : roots.compactMap { people[$0] }
        var chosen: [Int: [Int]] = [:]
        var entitled: [String: [Int: [Int]]] = [:]
        for name in forms.forms[form].names {
            let choice = roots.count == 1 ? roots[0] : choose(name, among: candidates)
            if isSurname, let title = titles[name], !PersonWords.standard.isCommonTitle(title),
                !(choice.flatMap { people[$0] }?.titles.contains(title) ?? false)
            {
                entitled[title, default: [:]][choice ?? -1, default: []].append(name)
            } else {
                chosen[choice ?? -1, default: []].append(name)
            }
        }
        // a title that a surname has once, it has all through a text that gives no longer name
        if roots.isEmpty, entitled.count == 1, let title = entitled.keys.first {
            return forms.entitle(form, title)
        }
        let reason: Evidence.Reason = isSurname ? .surname : .partOfName
        for (title, choices) in entitled.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            for (choice, names) in choices.sorted(by: { $0.key < $1.key }) {
                let part = forms.part(names, from: form)
                forms.entitle(part, title)
                if choice >= 0 { explain(part, by: choice, reason) }
            }
        }
        for (choice, names) in chosen.sorted(by: { $0.key < $1.key }) where choice >= 0 {
            explain(forms.part(names, from: form), by: choice, reason)
        }
    }

    /// How many persons may share a name before nobody looks at what stands around it.
    private static let most = 64

    /// The one of several persons whom a mention means; nil where nothing tells.
    private func choose(_ name: Int, among candidates: [Candidate]) -> Int? {
        var open = candidates
        if let title = titles[name] {
            let entitled = open.filter { $0.titles.contains(title) }
            if !entitled.isEmpty { open = entitled }
            if let isMan = PersonWords.standard.isMan(title) {
                open = open.filter { $0.isMan != !isMan }
                let told = open.filter { $0.isMan == isMan }
                if !told.isEmpty { open = told }
            }
        }
        if open.count <= 1 { return open.first?.root }
        let introduced = open.filter { ($0.names.first ?? .max) < name }
        if introduced.count == 1 { return introduced[0].root }
        // the person whom the text is about
        let first = open.min { ($0.names.first ?? .max) < ($1.names.first ?? .max) }
        guard let first, open.allSatisfy({ $0.root == first.root || $0.names.count * 2 <= first.names.count }) else {
            return nil
        }
        return first.root
    }
}
