import StageKit
import Testing

@testable import ClaimStage

/// Kinds of pairs that look alike and are not, each beside one that is.
@Suite("Which statements agree and disagree")
struct LinkKindTests {
    /// The relations between two documents of one text each.
    private func relations(_ one: String, _ other: String) async throws -> Set<String> {
        let sample = try await ClaimSample([("a.txt", one), ("b.txt", other)], authorClaims: "all")
        return Set(try sample.links(of: "a.txt").compactMap { $0.split(separator: " ").first.map(String.init) })
    }

    private func dated(_ date: String, _ text: String) -> String { "\(date)\n\nFrom the harbour\n\n\(text)" }

    @Test("figures for one thing dispute each other")
    func figures() async throws {
        #expect(
            try await relations(
                "The storm wounded 50 sailors in Skerrow.", "The storm wounded 44 sailors in Skerrow.") == ["disputes"])
        #expect(try await relations("At least 50 people were injured.", "44 people were hurt.") == ["disputes"])
    }

    @Test("figures of other things, holders and places do not")
    func otherFigures() async throws {
        let pairs = [
            (
                "Ada Weir raised $3 million for the yard of Skerrow.",
                "Tom Solano raised $9 million for the yard of Skerrow."
            ),
            ("The storm wounded 50 sailors in Skerrow.", "The storm wounded 44 sailors in Orsa."),
            ("The storm wounded 50 sailors in Skerrow.", "The storm made 44 sailors homeless in Skerrow."),
        ]
        for (one, other) in pairs { #expect(try await !relations(one, other).contains("disputes"), "\(one)") }
    }

    @Test("a reason gives a figure with the words that say how exact it is")
    func hedgedFigures() async throws {
        let sample = try await ClaimSample(
            [("a.txt", "At least 50 people were injured."), ("b.txt", "44 people were hurt.")], authorClaims: "all")
        #expect(try sample.links(of: "b.txt").contains { $0.hasSuffix("44 / At least 50 people") })
    }

    @Test("numbers of a list, ranks, ages and margins are not figures")
    func labels() async throws {
        let pairs = [
            ("6. Dara Solano of Skerrow leads.", "8. Dara Solano of Skerrow leads."),
            ("6) Dara Solano of Skerrow leads.", "8) Dara Solano of Skerrow leads."),
            ("Ada Weir, 61, runs the yard of Skerrow.", "Ada Weir, 62, runs the yard of Skerrow."),
            (
                "The poll of Skerrow has a margin of error of 3 points.",
                "The poll of Skerrow has a margin of error of 4 points."
            ),
        ]
        for (one, other) in pairs { #expect(try await !relations(one, other).contains("disputes"), "\(one)") }
    }

    @Test("a later, larger figure updates an earlier one, and the reason has both dates")
    func updates() async throws {
        let sample = try await ClaimSample(
            [
                ("a.txt", dated("20 February 2031", "With the elders, Weir has 503 delegates.")),
                ("b.txt", dated("1 March 2031", "With the elders, Weir now has at least 866 delegates.")),
            ], authorClaims: "all")
        let links = try sample.links(of: "a.txt")
        #expect(
            links.contains { $0.hasPrefix("updates b.txt: figures of 2031-02-20 and 2031-03-01: 503 / ") }, "\(links)")
    }

    @Test("a later figure of a time that was over before both documents disputes the earlier one")
    func pastFigures() async throws {
        #expect(
            try await relations(
                dated("20 February 2031", "In 2016 the League got 6,776 votes in Skerrow."),
                dated("1 March 2032", "In 2016 the League got 6,791 votes in Skerrow.")) == ["disputes"])
    }

    @Test("two polls never dispute each other")
    func polls() async throws {
        #expect(
            try await !relations(
                dated("14 July 2031", "In Skerrow, Weir leads Solano 43 percent to 41 percent in the poll."),
                dated("14 July 2031", "In Skerrow, Solano leads Weir 46 percent to 38 percent in the poll.")
            ).contains("disputes"))
    }

    @Test("who denies the same agrees")
    func denials() async throws {
        let relations = try await relations(
            "Ada Weir explained that she had not sent or received letters that were marked secret.",
            "Ada Weir testified that she neither sent nor received letters marked secret.")
        #expect(!relations.contains("disputes"))
        #expect(relations.contains("repeats") || relations.contains("supports"))
    }

    @Test("a pair of which one side is negated is no support")
    func oneSided() async throws {
        #expect(
            try await relations(
                "Ada Weir sold the yard of Skerrow to the League in the spring, and did not tell the council.",
                "Ada Weir sold the yard of Skerrow to the League in the spring, and told the council."
            ).isDisjoint(with: ["supports", "repeats"]))
    }

    @Test("the name of an office is no support")
    func titles() async throws {
        #expect(
            try await relations(
                "They met to see who the president of the Northern League should be.",
                "This man is unqualified to be president of the Northern League."
            ).isDisjoint(with: ["supports", "repeats"]))
    }

    @Test("words about somebody who is not known say the same of nobody")
    func pronouns() async throws {
        #expect(
            try await relations(
                "Ada Weir has the votes, Orla Reed said. “She's going to win,” Reed said.",
                "Mara Solano has the best horse. “I still think she's going to win,” Tom Ilk said."
            ).isDisjoint(with: ["supports", "repeats"]))
    }

    @Test("a number that is in both keeps nothing apart")
    func sameNumber() async throws {
        #expect(
            try await relations(
                "The harbour of Skerrow opens at storm level 3 to ships from the northern islands.",
                "At storm level 3 the harbour of Skerrow opens to ships from the northern islands.") == ["repeats"])
    }

    @Test("the same said of other things of one kind is no support")
    func numbered() async throws {
        #expect(
            try await relations(
                "The harbour of Skerrow opens at storm level 3 to ships from the northern islands.",
                "The harbour of Skerrow opens at storm level 5 to ships from the northern islands."
            ).isDisjoint(with: ["supports", "repeats"]))
    }
}
