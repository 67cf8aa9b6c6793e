import StageKit

/// Gives each component its id, its name and its kind, and each of its forms a reason in words.
struct EntityNaming {
    let rows: [FormRow]
    let hand: HandDecisions
    let index: [FormKey: Int]
    let components: FormComponents
    let reasons: [Int: String]

    func decisions() -> [Decision] {
        var decisions: [Decision] = []
        var used: Set<String> = []
        for component in components.all where component.contains(where: { rows[$0].isMentioned }) {
            let inside = Set(component)
            let defining = self.defining(component, inside)
            let group = component.flatMap { rows[$0].key.isPlain ? hand.groups(of: rows[$0].key.form) : [] }
                .map { hand.groups[$0] }.first { $0.name != nil }
            let kind = group?.kind ?? kind(of: component)
            let form = group?.forms.first ?? listed(component) ?? Self.form(rows[defining].key)
            let base = "\(kind.label):\(Self.slug(form))"
            var id = base
            var count = 2
            while !used.insert(id).inserted {
                id = "\(base)-\(count)"
                count += 1
            }
            let name = group?.name ?? name(of: component, defining: defining)
            let country = country(of: component, kind)
            for k in component where rows[k].isMentioned {
                let reason = k == defining ? "name as written" : reason(for: k, inside)
                let decision = EntityDecision(entity: id, name: name, kind: kind, reason: reason, country: country)
                decisions.append(Decision(rows[k].key.foldKey, decision.encoded))
            }
        }
        return decisions
    }

    /// The form that the id comes from: the first of the forms that explain others, else of those that are not short
    /// for others.
    private func defining(_ component: [Int], _ inside: Set<Int>) -> Int {
        let own = component.filter { rows[$0].key.isPlain && rows[$0].isMentioned }
        func hasLink(_ k: Int, _ roles: Set<Evidence.Role>) -> Bool {
            rows[k].links.contains { roles.contains($0.role) && index[$0.key].map(inside.contains) ?? false }
        }
        let long = own.filter { rows[$0].words.count > 1 }
        let explaining = long.filter { hasLink($0, [.explains, .longFor]) }
        let full = own.filter { !hasLink($0, [.shortFor]) }
        return explaining.first ?? long.first ?? full.first ?? own.first
            ?? component.first { rows[$0].isMentioned } ?? component[0]
    }

    /// The spelling that comes first in the lists, whether a document has it or not.
    private func listed(_ component: [Int]) -> String? {
        component.first { k in
            rows[k].links.contains { $0.role == .same && $0.reason == .listed }
                && Lexicon.english.firstSpellings.contains(rows[k].key.form)
        }.map { rows[$0].key.form }
    }

    private func name(of component: [Int], defining: Int) -> String {
        guard rows[defining].key.family == .person else { return rows[defining].shown }
        // the commonest complete name of a person; of two as common the first by form
        let complete = component.filter {
            rows[$0].isMentioned && rows[$0].core.count > 1 && (rows[$0].core.first?.text.utf8.count ?? 0) > 1
        }
        let commonest = complete.min {
            rows[$0].count == rows[$1].count ? rows[$0].key < rows[$1].key : rows[$0].count > rows[$1].count
        }
        return rows[commonest ?? defining].shown
    }

    /// The country that the entity is, whose people it is, or whose state it is a body of; empty where it is none of these.
    private func country(of component: [Int], _ kind: Mention.Kind) -> String {
        let names = NameWords.standard
        for k in component where rows[k].key.isPlain {
            let words = rows[k].words
            let found: String? =
                switch kind {
                case .place: names.country(named: words).flatMap(names.written)
                case .group: names.country(ofPeople: words).flatMap(names.written)
                case .organization: names.country(ofBody: words).flatMap(names.written)
                default: nil
                }
            if let found { return found }
        }
        return ""
    }

    private func kind(of component: [Int]) -> Mention.Kind {
        var sure: [Mention.Kind: Int] = [:]
        var guessed: [Mention.Kind: Int] = [:]
        for k in component {
            sure.merge(rows[k].sure, uniquingKeysWith: +)
            // a title before the form elsewhere tells as well
            for link in rows[k].links where link.role == .beside {
                if let other = index[link.key] { sure.merge(rows[other].sure, uniquingKeysWith: +) }
            }
            guessed.merge(rows[k].guessed, uniquingKeysWith: +)
        }
        // what the long form of a party says counts for its acronym, which tells nothing
        let isParty = component.contains { k in
            rows[k].words.count > 1 && (rows[k].sure[.group] ?? 0) > 0
                && (rows[k].sure[.group] ?? 0) >= (rows[k].sure[.organization] ?? 0)
        }
        if isParty, sure.keys.allSatisfy({ $0 == .group || $0 == .organization }) { return .group }
        let votes = sure.isEmpty ? guessed : sure
        return votes.min { $0.value == $1.value ? $0.key.rawValue < $1.key.rawValue : $0.value > $1.value }?.key
            ?? .organization
    }

    private func reason(for k: Int, _ inside: Set<Int>) -> String {
        let row = rows[k]
        let links = row.links.filter {
            $0.role != .longFor && $0.role != .beside && index[$0.key].map(inside.contains) ?? false
        }
        let hand = reasons[k].flatMap { $0.hasPrefix("in the gazetteer") || $0.hasPrefix("merged") ? $0 : nil }
        if let hand { return hand }
        if let link = links.min(by: { Self.order($0) < Self.order($1) }), let other = index[link.key] {
            return Self.words(link.reason, link.role, row, rows[other])
        }
        return reasons[k] ?? "same name"
    }

    private static func order(_ link: (role: Evidence.Role, reason: Evidence.Reason, key: FormKey)) -> Int {
        Int(link.role == .explainedBy ? 0 : 100) + Int(link.reason.rawValue) * 2 + (link.role == .explains ? 1 : 0)
    }

    private static func words(
        _ reason: Evidence.Reason, _ role: Evidence.Role, _ row: FormRow, _ other: FormRow
    ) -> String {
        let isLong = role == .explains
        let long = isLong ? row.shown : other.shown
        let short = isLong ? other.shown : row.shown
        switch reason {
        case .bracket: return "defined in brackets: \(long) (\(short))"
        case .knownAs: return "also known as: \(other.shown)"
        case .or: return "said to be another name: \(long), or \(short)"
        case .initials: return "initials of \(long)"
        case .equation: return "given in brackets: \(long) (\(short))"
        case .transposed: return "letters transposed in an acronym of \(long)"
        case .listed: return "listed as another spelling of \(other.shown)"
        case .title: return "only \(row.key.title) of that surname: \(long)"
        case .partOfName: return "part of the name \(long)"
        case .turned: return "same name with its words in another order"
        case .country: return "same name with the country in other words"
        case .plural: return "one or several of the same: \(other.shown)"
        case .surname, .shorter: return "short for \(long) in its document"
        }
    }

    /// The form that an id comes from.
    private static func form(_ key: FormKey) -> String { key.title.isEmpty ? key.form : "\(key.title) \(key.form)" }

    /// The form as a part of an id.
    private static func slug(_ form: String) -> String {
        String(decoding: form.utf8.map { $0 == 0x20 ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
    }
}
