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

    @Test("of a thousand documents that make one claim, the first is linked with all and each other with a few")
    func isBounded() async throws {
        let copies = (0..<1000).map { (id: "\($0).txt", text: texts[0].1) }
        let sample = try await ClaimSample(copies)
        #expect(try sample.links(of: "0.txt").count == 999)
        let counts = try copies.dropFirst().map { try sample.links(of: $0.id).count }
        #expect(counts.allSatisfy { $0 > 1 && $0 <= 1 + 2 * SameWords.neighbours })
        #expect(
            try copies.dropFirst().allSatisfy {
                try sample.links(of: $0.id).contains { $0.hasPrefix("repeats 0.txt:") }
            })
    }

    @Test("a pair that shares many bands is linked once")
    func linksOnce() async throws {
        let sample = try await ClaimSample(Array(texts[..<2]))
        #expect(try sample.links(of: "a.txt").count == 1)
    }

    @Test("what a document says twice in the same words is linked once")
    func ignoresRepetition() async throws {
        let sample = try await ClaimSample([texts[0], ("e.txt", texts[0].1 + " " + texts[0].1)])
        #expect(try sample.claims(of: "e.txt").count == 2)
        #expect(try sample.links(of: "e.txt") == ["repeats a.txt: same words, 11 words"])
        #expect(try sample.links(of: "a.txt") == ["repeats e.txt: same words, 11 words"])
    }

    @Test("a document that contradicts itself is shown, unless documents are not compared with themselves")
    func withinDocument() async throws {
        let text =
            "The council said that the old harbour wall had been sound before the storm. "
            + "Engineers said that the old harbour wall had not been sound before the storm."
        let sample = try await ClaimSample([("a.txt", text)])
        #expect(Set(try sample.links(of: "a.txt")) == ["disputes a.txt: one negates the other"])
        let without = try await ClaimSample([("a.txt", text)], options: ["within-documents": .bool(false)])
        #expect(try without.links(of: "a.txt").isEmpty)
    }

    @Test("two printings of one article are told once, a single sentence in both is a repetition like others")
    func sharedText() async throws {
        let article = ["Weir", "Reed", "Cole", "Solano", "Halvar"].enumerated().map { n, name in
            "Ada \(name) said that the \(["wall", "pier", "lock", "quay", "dock"][n]) of the northern harbour was mended by "
                + "\(["masons", "divers", "smiths", "sailors", "carpenters"][n]) in spring."
        }.joined(separator: " ")
        let sample = try await ClaimSample([("a.txt", article), ("b.txt", article)])
        #expect(
            try sample.links(of: "a.txt") == [
                "repeats b.txt: these documents share their text: 5 statements in the same words"
            ])
        #expect(try sample.links(of: "b.txt").count == 1)
    }

    @Test("with a least score of 0 pairs are given that are not linked otherwise")
    func leastScore() async throws {
        let pair = [
            ("a.txt", "Ada Weir said that the harbour of Skerrow needs a longer wall against ice and storms."),
            ("b.txt", "Ada Weir said that fishermen of the northern islands sell herring in the harbour of Skerrow."),
        ]
        #expect(try await ClaimSample(pair).links(of: "a.txt").isEmpty)
        let all = try await ClaimSample(pair, options: ["least-score": .integer(0)])
        #expect(try all.links(of: "a.txt").map { $0.prefix(13) } == ["related b.txt"])
    }
}
