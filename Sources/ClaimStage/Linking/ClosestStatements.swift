import StageKit

/// Of the statements of another document, a statement agrees with the one that says most like it: others that share less
/// with it are only related.
///
/// Both documents are told of all links between them, so that they decide alike.
enum ClosestStatements {
    /// A link has to score so many tenths of the best one.
    private static let share = 5

    /// `links` of one document, of which those are only related that are far behind another one between the same two
    /// documents.
    static func chosen(of links: [FoundLink]) -> [FoundLink] {
        var best: [End: Int] = [:]
        for found in links where found.agrees {
            for end in ends(found) { best[end] = max(best[end] ?? 0, found.link.comparison.score) }
        }
        return links.map { found in
            let score = found.link.comparison.score
            guard found.link.comparison.relation == .supports,
                ends(found).contains(where: { 10 * score < share * (best[$0] ?? 0) })
            else { return found }
            var related = found
            related.link.comparison.relation = .related
            return related
        }
    }

    /// A statement at one end of the links with another document.
    private struct End: Hashable {
        let document: String
        let isOwn: Bool
        let place: StatementPlace
    }

    private static func ends(_ found: FoundLink) -> [End] {
        [
            End(document: found.link.document, isOwn: true, place: found.link.own),
            End(document: found.link.document, isOwn: false, place: found.link.other),
        ]
    }
}

extension FoundLink {
    fileprivate var agrees: Bool { [.repeats, .supports].contains(link.comparison.relation) }
}
