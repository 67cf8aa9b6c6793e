import StageKit
import TestSupport
import Testing

@testable import Results

@Suite struct RepeatGroupsTests {
    private func link(
        _ claim: Int, _ document: String, _ relation: Links.Relation = .repeats, score: Int = 700
    ) -> Links.Link {
        Links.Link(
            claim: claim, document: document, other: ClaimReference(passage: 1, occurrence: 0), relation: relation,
            score: score, reason: "the same words")
    }

    @Test("a claim of the first document leads, with the documents that make it and the best score")
    func leading() {
        var groups = RepeatGroups(document: "a.txt")
        groups.take(leader: link(3, "b.txt"))
        groups.take(leader: link(3, "c.txt", .supports, score: 900))
        groups.take(leader: link(3, "c.txt"))
        #expect(groups.leading.map { [$0.claim, $0.documents, $0.score] } == [[3, 3, 900]])
    }

    @Test("a claim that follows another leads nothing, nor does one whose links say something else")
    func following() {
        var groups = RepeatGroups(document: "a.txt")
        groups.take(leader: link(0, "b.txt"))
        groups.take(follower: link(0, "c.txt"))
        groups.take(leader: link(1, "b.txt", .disputes))
        groups.take(leader: link(2, "b.txt"))
        groups.take(follower: link(2, "c.txt", .related))
        #expect(groups.leading.map(\.claim) == [2])
    }

    @Test("a claim that only its own document repeats is no group of several documents")
    func own() {
        var groups = RepeatGroups(document: "a.txt")
        groups.take(leader: link(0, "a.txt"))
        #expect(groups.leading.isEmpty)
    }
}
