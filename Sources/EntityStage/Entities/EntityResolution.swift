import StageKit

/// Joins the forms of one connected group into entities.
struct EntityResolution {
    private let rows: [FormRow]
    private let hand: HandDecisions
    private let index: [FormKey: Int]
    private var components: FormComponents
    /// Why a row was joined, where no link says it.
    private var reasons: [Int: String] = [:]

    init(rows: [FormRow], hand: HandDecisions) {
        self.rows = rows
        self.hand = hand
        index = Dictionary(rows.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { a, _ in a })
        components = FormComponents(rows: rows, apart: hand.apart)
    }

    /// The decisions on all rows that documents mention.
    mutating func decisions() -> [Decision] {
        joinByHand()
        joinLinked()
        joinKinds()
        joinPersons()
        joinShort()
        return EntityNaming(rows: rows, hand: hand, index: index, components: components, reasons: reasons).decisions()
    }

    private mutating func joinByHand() {
        var first: [Int: Int] = [:]
        for (k, row) in rows.enumerated() where row.key.target.isEmpty {
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

    /// The same form under another family, where one of the two was only guessed.
    private mutating func joinKinds() {
        for (k, row) in rows.enumerated() where row.key.target.isEmpty && row.isMentioned && row.sure.isEmpty {
            let others = FormKey.Family.allCases.compactMap { index[FormKey(row.key.form, $0)] }
                .filter { $0 != k && rows[$0].isMentioned }
            let told = others.filter { !rows[$0].sure.isEmpty }
            if told.count == 1 {
                if components.join(k, told[0]) { reasons[k] = "same name" }
            } else if told.isEmpty, let first = others.first, first < k, components.join(k, first) {
                reasons[k] = "same name"
            }
        }
    }

    /// Persons of whom one document gives a longer name than another.
    private mutating func joinPersons() {
        var index = PersonIndex()
        var persons: [Int] = []
        for (k, row) in rows.enumerated()
        where row.key.family == .person && row.key.target.isEmpty && row.words.count >= 2 {
            index.add(k, row.words)
            persons.append(k)
        }
        persons.sort {
            rows[$0].words.count == rows[$1].words.count ? $0 < $1 : rows[$0].words.count > rows[$1].words.count
        }
        for k in persons {
            var longer = Set(index.longer(than: rows[k].words).map { components.root(of: $0) })
            longer.remove(components.root(of: k))
            if longer.count == 1, let other = longer.first, components.join(k, other) {
                reasons[k] = "part of the name \(rows[other].shown)"
            }
        }
    }

    /// A form that may be short for others, where these are one entity: a surname alone, an acronym not explained.
    private mutating func joinShort() {
        for (k, row) in rows.enumerated() where row.key.target.isEmpty {
            var persons: Set<Int> = []
            var letters: Set<Int> = []
            var equated: Set<Int> = []
            for link in row.links where link.role == .shortFor {
                guard let other = index[link.key] else { continue }
                let root = components.root(of: other)
                if row.key.family == .person {
                    persons.insert(root)
                } else if Acronym.abbreviates(row.key.form, rows[other].words) {
                    letters.insert(root)
                } else {
                    equated.insert(root)
                }
            }
            if row.key.family == .person {
                guard persons.count == 1, let person = persons.first else { continue }
                _ = components.join(k, person)
            } else if letters.count <= 1 {
                for root in letters.union(equated).sorted() { _ = components.join(k, root) }
            }
        }
    }
}
