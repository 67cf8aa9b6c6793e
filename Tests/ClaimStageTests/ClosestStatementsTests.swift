import StageKit
import Testing

@testable import ClaimStage

@Suite("Which statement of another document one agrees with")
struct ClosestStatementsTests {
    private func place(_ passage: UInt64) -> StatementPlace {
        StatementPlace(claim: ClaimReference(passage: passage, occurrence: 0), statement: 0)
    }

    private func link(
        _ own: UInt64, _ other: UInt64, _ score: Int, in document: String = "b.txt",
        _ relation: Links.Relation = .supports
    ) -> FoundLink {
        FoundLink(
            claim: Int(own),
            link: LinkDecision.Link(
                place(own), document, place(other), Comparison(relation, score, .shared([], 3, of: 9))))
    }

    /// The relations that `links` have in the end, and those that the same links have seen from their other ends.
    private func relations(_ links: [FoundLink]) -> [Links.Relation] {
        let chosen = ClosestStatements.chosen(of: links).map(\.link.comparison.relation)
        let mirrored = links.map { found in
            var found = found
            swap(&found.link.own, &found.link.other)
            return found
        }
        #expect(ClosestStatements.chosen(of: mirrored).map(\.link.comparison.relation) == chosen)
        return chosen
    }

    @Test("a statement that shares much less than another of the same document is only related, from either end")
    func choosesBest() {
        #expect(relations([link(1, 2, 900), link(1, 3, 440)]) == [.supports, .related])
        #expect(relations([link(1, 2, 900), link(3, 2, 440)]) == [.supports, .related])
    }

    @Test("statements that share nearly as much, and those of other documents, still agree")
    func keepsOthers() {
        #expect(relations([link(1, 2, 900), link(1, 3, 500)]) == [.supports, .supports])
        #expect(relations([link(1, 2, 900), link(1, 3, 500, in: "c.txt")]) == [.supports, .supports])
        #expect(relations([link(1, 2, 900), link(4, 3, 500)]) == [.supports, .supports])
    }

    @Test("a copy is no matter of choice, and disputes are not weighed against agreement")
    func leavesOthers() {
        #expect(relations([link(1, 2, 990, .repeats), link(1, 3, 700, .repeats)]) == [.repeats, .repeats])
        #expect(relations([link(1, 2, 900, .disputes), link(1, 3, 500)]) == [.disputes, .supports])
    }
}
