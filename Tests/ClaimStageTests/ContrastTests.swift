import StageKit
import Testing

@testable import ClaimStage

/// What is compared, and what negations, class nouns and days decide, each beside a pair that looks alike.
@Suite("Links between short statements that contrast")
struct ContrastTests {
    private func relations(_ one: String, _ other: String) async throws -> Set<String> {
        let sample = try await ClaimSample([("a.txt", one), ("b.txt", other)], authorClaims: "all")
        return Set(try sample.links(of: "a.txt").compactMap { $0.split(separator: " ").first.map(String.init) })
    }

    @Test("each of two claims in one passage is compared")
    func onePassage() async throws {
        let sample = try await ClaimSample(
            [("a.txt", "Ada Weir urged the residents of Skerrow to leave their homes at noon.")], authorClaims: "all")
        let document = try #require(sample.run.documents.first)
        let layer = try #require(try document.layers.value(StatementSignatures.self))
        let mentions = try document.layers.value(Mentions.self)?.mentions ?? []
        let compared = StatementIndex.statements(layer, of: "a.txt", mentions)
        #expect(Set(layer.signatures.map(\.reference.occurrence)) == [0, 1])
        #expect(Set(compared.map(\.place.claim.occurrence)) == [0, 1])
        for statement in compared {
            #expect(
                StatementPlace(passage: statement.place.claim.passage, coded: statement.place.coded) == statement.place)
        }
    }

    @Test("who says that it is no such thing disputes whoever says that it is one, whatever else that one tells")
    func classNoun() async throws {
        let asserted =
            "The Long Tide is the first and only stage play by the pilot and painter Ada Weir, who grew up in Orsa."
        #expect(try await relations("The Long Tide is not a play by Ada Weir.", asserted).contains("disputes"))
        #expect(try await !relations("The Long Tide is not a novel by Ada Weir.", asserted).contains("disputes"))
    }

    @Test("of statements that only a negation tells apart few words are enough")
    func onlyNegation() async throws {
        let (one, other) = (
            "The port of Skerrow opened, but this is a hollow victory.",
            "The port of Skerrow opened, but this is not a hollow victory."
        )
        #expect(try await relations(one, other).contains("disputes"))
        #expect(try await !relations("She is going to win.", "She is not going to win.").contains("disputes"))
    }

    @Test("who is yet to do something has not done it")
    func yetTo() async throws {
        let done = "The council of Skerrow mended the north wall of the harbour in March 2031."
        #expect(
            try await relations(done, "The council of Skerrow is yet to mend the north wall of the harbour.")
                .contains("disputes"))
    }

    @Test("days of birth that exclude each other dispute each other, whatever other days are named")
    func birth() async throws {
        #expect(
            try await relations(
                "Ada Weir was born on 12 October 1875.",
                "Ada Weir (born 12 June 1875 in Orsa) was a painter who left the harbour on 3 May 1902."
            ).isDisjoint(with: ["supports", "repeats"]))
        #expect(
            try await relations(
                "Ada Weir was born on 12 June 1875.",
                "Ada Weir (born 12 June 1875) was a painter who left the harbour on 3 May 1902."
            ).isDisjoint(with: ["disputes"]))
    }

    @Test("a longer statement without the day of a shorter one does not support it")
    func missingDay() async throws {
        let longer = "The council closed the old swing bridge of Skerrow with chains and posted two guards beside it."
        #expect(try await relations("The council closed the swing bridge of Skerrow.", longer).contains("supports"))
        #expect(
            try await relations("On 4 May 2031 the council closed the swing bridge of Skerrow.", longer)
                .isDisjoint(with: ["supports", "repeats"]))
    }
}
