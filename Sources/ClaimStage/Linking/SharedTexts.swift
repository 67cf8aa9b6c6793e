import StageKit

/// Documents that share their text: two printings of one article say the same in all their statements, and that is told
/// once instead of for each.
enum SharedTexts {
    /// From so many statements in the same words on, and this share of the smaller document's, two documents share their
    /// text.
    static let least = 4
    private static let leastShare = (2, of: 3)

    /// The links of one document, in order, without those that say again that it shares its text with another. Disputes
    /// and updates stay: by them the two printings differ. Both documents choose the same link to tell it by.
    static func told(once links: [FoundLink]) -> [FoundLink] {
        var repeated: [String: (count: Int, all: Int, first: StatementPair)] = [:]
        for found in links {
            guard let all = found.link.comparison.statementsOfSmallerDocument else { continue }
            let pair = StatementPair(found.link)
            let known = repeated[found.link.document]
            repeated[found.link.document] = ((known?.count ?? 0) + 1, all, min(known?.first ?? pair, pair))
        }
        return links.compactMap { found in
            guard let (count, all, first) = repeated[found.link.document], count >= least,
                count * leastShare.of >= all * leastShare.0
            else { return found }
            switch found.link.comparison.relation {
            case .disputes, .updates: return found
            case .supports, .related: return found.isConfirmed ? found : nil
            case .repeats:
                if found.isConfirmed { return found }
                guard found.link.comparison.statementsOfSmallerDocument != nil, StatementPair(found.link) == first
                else { return nil }
                var told = found
                told.link.comparison.reason = .sharedText(count)
                return told
            }
        }
    }

    /// The two ends of a link, in an order that does not depend on the end from which it is seen.
    private struct StatementPair: Comparable {
        let low, high: StatementPlace

        init(_ link: LinkDecision.Link) {
            low = min(link.own, link.other)
            high = max(link.own, link.other)
        }

        static func < (a: StatementPair, b: StatementPair) -> Bool { a.low == b.low ? a.high < b.high : a.low < b.low }
    }
}

extension Comparison {
    /// For statements in the same words, how many the smaller of the two documents makes.
    fileprivate var statementsOfSmallerDocument: Int? {
        if case .sameWords(_, _, let all) = reason { all } else { nil }
    }
}
