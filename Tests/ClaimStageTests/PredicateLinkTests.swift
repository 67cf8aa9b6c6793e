import StageKit
import Testing

@testable import ClaimStage

/// What the main predicate of a statement and its figures decide about a link, each beside a pair that looks alike.
@Suite("Links that rest on predicates and figures")
struct PredicateLinkTests {
    private func relations(_ one: String, _ other: String) async throws -> Set<String> {
        let sample = try await ClaimSample([("a.txt", one), ("b.txt", other)], authorClaims: "all")
        return Set(try sample.links(of: "a.txt").compactMap { $0.split(separator: " ").first.map(String.init) })
    }

    private func dated(_ date: String, _ text: String) -> String { "\(date)\n\nFrom the harbour\n\n\(text)" }

    @Test("a statement that a longer one has in it is supported by it")
    func contained() async throws {
        let long =
            "The yard of Orsa, which Ada Weir had founded with her two brothers after the flood, built the ferry Tern."
        #expect(try await relations("The yard of Orsa built the ferry Tern.", long).contains("supports"))
        #expect(
            try await relations("The yard of Orsa sank the ferry Tern.", long).isDisjoint(with: ["supports", "repeats"])
        )
    }

    @Test("whoever denies what another asserts disputes it, in other words as well")
    func denied() async throws {
        let asserted = "The Tide Inspectorate had warned the port authority of Skerrow in March 2023."
        #expect(
            try await relations(
                asserted, "Ada Weir denied that the port authority was warned by the Tide Inspectorate in March 2023."
            ).contains("disputes"))
        #expect(
            try await !relations(
                asserted, "Ada Weir denied that the port authority was founded by the Tide Inspectorate in March 2023."
            ).contains("disputes"))
    }

    @Test("a smaller count of what happened disputes an earlier one of somebody else")
    func smallerCount() async throws {
        #expect(
            try await relations(
                dated("14 January 2031", "A wall fell in Skerrow. A nurse said that 50 people were hurt."),
                dated("19 January 2031", "A wall fell in Skerrow. The council said that 44 people were hurt.")
            ).contains("disputes"))
        #expect(
            try await !relations(
                dated("14 January 2031", "The hospital of Skerrow has 50 beds."),
                dated("19 January 2031", "The hospital of Skerrow has 44 beds.")
            ).contains("disputes"))
    }

    @Test("who is said to have done what only one does disputes whoever says that it was another")
    func agents() async throws {
        #expect(
            try await relations(
                "Ada Weir gave the order to open the sluice gate of Skerrow.",
                "Tom Reed gave the order to open the sluice gate of Skerrow."
            ).contains("disputes"))
        let pairs = [
            // what many do
            ("Ada Weir visited the sluice gate of Skerrow.", "Tom Reed visited the sluice gate of Skerrow."),
            // another thing
            (
                "Ada Weir gave the order to open the sluice gate of Skerrow.",
                "Tom Reed gave the money to mend the church of Orsa."
            ),
        ]
        for (one, other) in pairs { #expect(try await !relations(one, other).contains("disputes"), "\(one)") }
    }

    @Test("what is done later updates what was planned, and not the other way round")
    func carriedOut() async throws {
        let plan = "The council of Skerrow plans to close the ferry port."
        let outcome = "The council of Skerrow closed the ferry port."
        #expect(
            try await relations(dated("20 February 2031", plan), dated("1 March 2031", outcome)).contains("updates"))
        #expect(
            try await relations(dated("1 March 2031", plan), dated("20 February 2031", outcome)).isDisjoint(with: [
                "updates", "supports", "repeats",
            ]))
    }

    @Test("what something is stands behind brackets and the name of a country")
    func copula() async throws {
        let asserted = "Ada Weir (born 4 May 2001) is a Swedish singer and painter."
        #expect(try await relations(asserted, "Ada Weir is not a singer.").contains("disputes"))
        #expect(try await !relations(asserted, "Ada Weir is not a pilot.").contains("disputes"))
    }

    @Test("a statement about the same thing in the words of one source is no second voice")
    func independence() async throws {
        func links(_ one: String, _ other: String) async throws -> [Links.Link] {
            let sample = try await ClaimSample([("a.txt", one), ("b.txt", other)])
            let document = try #require(sample.run.documents.first { $0.facts.id == "a.txt" })
            return try #require(try document.layers.value(Links.self)).links
        }
        let own = try await links(
            "Ada Weir said that the yard of Orsa built the ferry Tern.",
            "Ada Weir said that the yard of Orsa had built the ferry Tern after the flood.")
        #expect(!own.isEmpty && own.allSatisfy { !$0.isIndependent })
        let others = try await links(
            "Ada Weir said that the yard of Orsa built the ferry Tern.",
            """
            Tom Reed said that the yard of Orsa, which Mara Olsen had founded with her two brothers after the flood, built
            the ferry Tern.
            """)
        #expect(others.contains { $0.relation == .supports && $0.isIndependent }, "\(others)")
    }

    @Test("it is counted what was compared, and what was not because very many share it")
    func extent() async throws {
        func extent(_ text: String) async throws -> ComparisonExtent {
            let sample = try await ClaimSample([("a.txt", text)], authorClaims: "all")
            let document = try #require(sample.run.documents.first)
            return try #require(try document.layers.value(Links.self)).extent
        }
        let few = try await extent("The storm wounded 50 sailors in Skerrow. Who opened the old gate of Skerrow?")
        #expect(few == ComparisonExtent(statements: 2, compared: 1))
        let letters = Array("bdfgklmnprstvz").map(String.init)
        let names = letters.flatMap { a in letters.flatMap { b in letters.prefix(3).map { "\(a)a\(b)o\($0)el" } } }
        let many = try await extent(
            names.prefix(520).map { "In Skerrow the \($0) boat lies beside the \($0) pier." }.joined(separator: "\n\n"))
        #expect(many.compared == 520)
        #expect(many.bounds.contains { $0.basis == .name && $0.statements == 520 && $0.pairsLeftOut == 520 * 519 / 2 })
    }

    @Test("small numbers that are equal are no agreement")
    func equalCounts() async throws {
        #expect(
            try await relations(
                "Two people were hurt when a crane fell in Skerrow.",
                "Two people were hurt at the boat race that Ada Weir opened on Monday."
            ).isDisjoint(with: ["supports", "repeats"]))
    }

    @Test("days of what happens once dispute each other, those of what happens often do not")
    func days() async throws {
        #expect(
            try await relations("Ada Weir was born on 4 May 1961.", "Ada Weir was born on 14 June 1962 in Orsa.")
                .contains("disputes"))
        #expect(
            try await !relations("Ada Weir sailed to Orsa on 4 May 1961.", "Ada Weir sailed to Orsa on 14 June 1962.")
                .contains("disputes"))
    }

    @Test("the predicate is what carries the verb group, and what is planned is told from what is done")
    func predicates() async throws {
        let cases: [(String, word: String, isPlanned: Bool)] = [
            ("Weir suspended the council of Orsa.", "suspended", false),
            ("The order of the council was never lawful.", "lawful", false),
            ("The scale used by the council of Orsa is old.", "old", false),
            ("Weir plans to suspend the council of Orsa.", "suspended", true),
            ("The council of Orsa is to meet in May.", "meet", true),
        ]
        for (text, word, isPlanned) in cases {
            let sample = try await ClaimSample([("a.txt", text)], authorClaims: "all")
            let layer = try #require(
                try sample.run.documents.first?.layers.value(StatementSignatures.self))
            let signature = try #require(layer.signatures.first, "\(text)")
            #expect(signature.predicate == Vocabulary.stem(of: word), "\(text)")
            #expect(signature.traits.contains(.planned) == isPlanned, "\(text)")
        }
    }
}
