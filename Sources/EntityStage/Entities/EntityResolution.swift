import StageKit

/// Joins the forms of one connected group into entities.
struct EntityResolution {
    private let rows: [FormRow]
    private let hand: HandDecisions
    private let isAlone: Bool
    private let index: [FormKey: Int]
    private var components: FormComponents
    /// Why a row was joined, where no link says it.
    private var reasons: [Int: String] = [:]

    init(rows: [FormRow], hand: HandDecisions) {
        self.rows = rows
        self.hand = hand
        // most forms have no link: then there is nothing that they could be joined with, and nobody looks them up
        isAlone = rows.count == 1 && rows[0].links.isEmpty
        index = isAlone ? [:] : Dictionary(rows.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { a, _ in a })
        components = FormComponents(rows: rows, apart: hand.apart)
    }

    /// The decisions on all rows that documents mention.
    mutating func decisions() -> [Decision] {
        joinByHand()
        if isAlone { return named() }
        joinLinked()
        joinKinds()
        joinPersons()
        joinShort()
        joinEntitled()
        return named()
    }

    private func named() -> [Decision] {
        EntityNaming(rows: rows, hand: hand, index: index, components: components, reasons: reasons).decisions()
    }

    private mutating func joinByHand() {
        var first: [Int: Int] = [:]
        for (k, row) in rows.enumerated() where row.key.isPlain {
            for group in hand.groups(of: row.key.form) {
                reasons[k] = hand.groups[group].reason
                if let other = first[group] { _ = components.join(k, other) } else { first[group] = k }
            }
        }
    }

    /// What texts equate, and what a document explains by another form.
    private mutating func joinLinked() {
        for (k, row) in rows.enumerated() {
            for link in row.links where link.role == .same || link.role == .explainedBy {
                if let other = index[link.key] { _ = components.join(k, other) }
            }
        }
    }

    /// Whether a text tells what the form is, if only with a title before it.
    private func isTold(_ k: Int) -> Bool {
        !rows[k].sure.isEmpty
            || rows[k].links.contains { $0.role == .beside && index[$0.key].map { !rows[$0].sure.isEmpty } ?? false }
    }

    /// Whether the form is told to be something else, and this row only guesses.
    private func isOverruled(_ k: Int) -> Bool {
        !isTold(k)
            && FormKey.Family.allCases.contains { family in
                index[FormKey(rows[k].key.form, family)].map { $0 != k && rows[$0].isMentioned && isTold($0) } ?? false
            }
    }

    /// The same form under another family, where one of the two was only guessed.
    private mutating func joinKinds() {
        for (k, row) in rows.enumerated() where row.key.isPlain && row.isMentioned && !isTold(k) {
            let others = FormKey.Family.allCases.compactMap { index[FormKey(row.key.form, $0)] }
                .filter { $0 != k && (rows[$0].isMentioned || isTold($0)) }
            let told = others.filter(isTold)
            if told.count == 1 {
                if components.join(k, told[0]) { reasons[k] = "same name" }
            } else if told.isEmpty, let first = others.first, first < k, components.join(k, first) {
                reasons[k] = "same name"
            }
        }
    }

    /// The names that a junior and a senior share.
    private func split() -> Set<[NameWord]> {
        var generations: [[NameWord]: Set<Int>] = [:]
        for row in rows where row.key.family == .person && row.key.isPlain && row.core.count >= 2 {
            let generation = PersonName.generation(row.words)
            if generation > 0 { generations[row.core, default: []].insert(generation) }
        }
        return Set(generations.filter { $0.value.count > 1 }.keys)
    }

    /// Persons of whom one document gives a longer name than another.
    private mutating func joinPersons() {
        var index = PersonIndex(nicknames: false)
        var persons: [Int] = []
        var first: [[NameWord]: Int] = [:]
        let split = self.split()
        for (k, row) in rows.enumerated() where row.key.family == .person && row.key.isPlain && row.core.count >= 2 {
            index.add(k, row.core)
            persons.append(k)
            let own = split.contains(row.core) ? row.words : row.core
            if let same = first[own] {
                if components.join(k, same) { reasons[k] = "same name" }
            } else {
                first[own] = k
            }
        }
        persons.sort {
            rows[$0].core.count == rows[$1].core.count ? $0 < $1 : rows[$0].core.count > rows[$1].core.count
        }
        for k in persons {
            let generation = PersonName.generation(rows[k].words)
            let candidates = index.longer(than: rows[k].core).filter {
                let other = PersonName.generation(rows[$0].words)
                return generation == 0 || other == 0 || generation == other
            }
            var longer = Set(candidates.map { components.root(of: $0) })
            longer.remove(components.root(of: k))
            if longer.count == 1, let other = longer.first, components.join(k, other) {
                reasons[k] = "part of the name \(rows[other].shown)"
            }
        }
    }

    /// A form that may be short for others, where these are one entity: a surname alone, an acronym not explained.
    private mutating func joinShort() {
        for (k, row) in rows.enumerated() where row.key.isPlain {
            if row.key.family == .person {
                if isOverruled(k) { continue }
                // a surname alone says nothing about another document: that the corpus knows one such person only is
                // chance. A longer form is short for what its own document explains by it
                if row.core.count > 1, let person = only(persons(k)) { _ = components.join(k, person) }
                continue
            }
            var letters: Set<Int> = []
            var said: Set<Int> = []
            var guessed: Set<Int> = []
            for link in row.links where link.role == .shortFor {
                guard let other = index[link.key] else { continue }
                let root = components.root(of: other)
                if Acronym.abbreviates(row.key.form, rows[other].words) {
                    letters.insert(root)
                } else if [.knownAs, .equation, .bracket, .or].contains(link.reason) {
                    said.insert(root)
                } else {
                    guessed.insert(root)
                }
            }
            guard letters.count <= 1 else { continue }
            for root in letters.union(said).sorted() { _ = components.join(k, root) }
            if let root = only(guessed) { _ = components.join(k, root) }
        }
    }

    /// A surname behind a title: the person who has this title elsewhere; else the one who
    /// explains it in its document.
    private mutating func joinEntitled() {
        for (k, row) in rows.enumerated() where !row.key.title.isEmpty {
            let entitled = index[FormKey(row.key.form, .person, title: row.key.title)].map { persons($0, .title) } ?? []
            let own = persons(k, .surname)
            if let person = only(entitled) ?? only(own) { _ = components.join(k, person) }
        }
    }

    /// The persons for whom a row may be short, by the reason for that.
    private func persons(_ k: Int, _ reason: Evidence.Reason? = nil) -> Set<Int> {
        Set(
            rows[k].links.lazy.filter { $0.role == .shortFor && (reason == nil || $0.reason == reason) }
                .compactMap { index[$0.key].map { components.root(of: $0) } })
    }

    private func only(_ roots: Set<Int>) -> Int? { roots.count == 1 ? roots.first : nil }
}
