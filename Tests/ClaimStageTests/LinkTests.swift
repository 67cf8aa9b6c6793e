import StageKit
import Testing

@testable import ClaimStage

@Suite("Links between documents")
struct LinkTests {
    private let texts = [
        ("a.txt", "The council said that the old harbour wall had been sound before the storm."),
        ("b.txt", "The council said that the old harbour wall had been sound before the storm. It rained."),
        ("c.txt", "Engineers said that the old harbour wall had not been sound before the storm."),
        ("d.txt", "The minister said that schools would open in the spring with more teachers."),
    ]

    @Test("the same words repeat, a negation disputes, and nothing else is linked")
    func links() async throws {
        let sample = try await ClaimSample(texts)
        #expect(
            try sample.links(of: "a.txt") == [
                "repeats b.txt: same words, 11 words", "disputes c.txt: one negates the other",
            ])
        #expect(try sample.links(of: "d.txt").isEmpty)
    }

    @Test("every link is seen from both of its ends")
    func isSymmetric() async throws {
        let sample = try await ClaimSample(texts)
        #expect(try sample.links(of: "b.txt").contains("repeats a.txt: same words, 11 words"))
        #expect(try sample.links(of: "c.txt").map { $0.prefix(14) } == ["disputes a.txt", "disputes b.txt"])
    }

    @Test("links do not depend on the order of the documents")
    func ignoresOrder() async throws {
        let forth = try await ClaimSample(texts)
        let back = try await ClaimSample(texts.reversed())
        for (id, _) in texts { #expect(try forth.links(of: id) == back.links(of: id)) }
    }

    @Test("a claim that hundreds of documents make is linked with some of them, not with all")
    func isBounded() async throws {
        let copies = (0..<200).map { (id: "\($0).txt", text: texts[0].1) }
        let sample = try await ClaimSample(copies)
        let counts = try copies.map { try sample.links(of: $0.id).count }
        #expect(counts.allSatisfy { $0 > 0 && $0 < 100 })
    }

    @Test("a pair that shares many bands is decided in two of them, and linked once")
    func decidesOnce() async throws {
        let sample = try await ClaimSample(Array(texts[..<2]))
        #expect(sample.run.decisions[DecideLinks.name]?.map(\.addressee) == ["a.txt", "a.txt", "b.txt", "b.txt"])
        #expect(try sample.links(of: "a.txt").count == 1)
    }

    @Test("what a document says twice in the same words is linked once")
    func ignoresRepetition() async throws {
        let sample = try await ClaimSample([texts[0], ("e.txt", texts[0].1 + " " + texts[0].1)])
        #expect(try sample.claims(of: "e.txt").count == 2)
        #expect(try sample.links(of: "e.txt") == ["repeats a.txt: same words, 11 words"])
        #expect(try sample.links(of: "a.txt") == ["repeats e.txt: same words, 11 words"])
    }

    @Test("a claim that breaks off halfway is linked with the whole")
    func linksHalf() async throws {
        let whole =
            "The council said that gulls had opened the lower gate, while nobody on watch saw ships, sailors or lights."
        let half = "The council said that gulls had opened the lower gate."
        let sample = try await ClaimSample([("whole.txt", whole), ("half.txt", half)])
        #expect(try sample.links(of: "half.txt").map { $0.prefix(18) } == ["supports whole.txt"])
    }
}
