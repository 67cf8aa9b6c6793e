extension Comparison.Reason {
    /// `same quotation, 14 words`; `figures differ: at least 50 / 44 killed`. `name` gives an entity's name by its hash.
    func words(name: (UInt32) -> String?) -> String {
        switch self {
        case .sameWords(let count, let isQuotation, _):
            return "same \(isQuotation ? "quotation" : "words"), \(count) words"
        case .shared(let entities, let common, let all):
            let names = entities.compactMap(name)
            let list =
                names.count > 1
                ? names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "") : names.first ?? ""
            return (list.isEmpty ? "" : "\(list) in both; ") + "\(common) of \(all) words shared"
        case .alike(let by, let names, let common, let all):
            return "alike in meaning (\(Meaning.shown(by))); " + Self.shared(names, common, of: all).words(name: name)
        case .negation: return "one negates the other"
        case .denial: return "one denies what the other says"
        case .days: return "days differ"
        case .agents: return "who did it differs"
        case .carriedOut(let own, let other):
            let (plan, outcome) = (min(own, other), max(own, other))
            return "planned on \(DaySpan.iso(plan)), done by \(DaySpan.iso(outcome))"
        case .undone(let own, let other):
            return "said on \(DaySpan.iso(min(own, other))), undone by \(DaySpan.iso(max(own, other)))"
        case .figures(let conflict): return "figures differ: \(Self.beside(conflict))"
        case .update(let conflict, let own, let other):
            return "figures of \(DaySpan.iso(own)) and \(DaySpan.iso(other)): \(Self.beside(conflict))"
        case .sharedText(let count): return "these documents share their text: \(count) statements in the same words"
        }
    }

    private static func beside(_ conflict: FigureConflict) -> String {
        "\(conflict.figure) / \(conflict.rival)" + (conflict.label.isEmpty ? "" : " ") + conflict.label
    }
}
