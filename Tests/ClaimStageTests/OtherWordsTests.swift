import StageKit
import TestSupport
import Testing

@testable import ClaimStage

/// What says the same in other words, each beside what looks like it and does not.
@Suite("Statements in other words are compared by what they say")
struct OtherWordsTests {
    /// The relations between two documents of one text each.
    private func relations(_ one: String, _ other: String) async throws -> Set<String> {
        let sample = try await ClaimSample([("a.txt", one), ("b.txt", other)], authorClaims: "all")
        return Set(try sample.links(of: "a.txt").compactMap { $0.split(separator: " ").first.map(String.init) })
    }

    private func dated(_ date: String, _ text: String) -> String {
        "\(date)\n\nFire at Skerrow\n\nThe fire in Skerrow broke out in a warehouse of the Marsh League.\n\n\(text)"
    }

    @Test(
        "people who died are counted in many ways",
        arguments: [
            "81 people died.", "81 deaths were recorded.", "81 had lost their lives.",
            "The death toll rose to 81.", "The number of dead was 81.",
        ])
    func tolls(_ later: String) async throws {
        let found = try await relations(
            dated("4 March 2031", "53 people were killed."), dated("20 March 2031", later))
        #expect(found.contains("updates"))
    }

    @Test(
        "a part of the dead, a rate and others who were hurt are not the dead",
        arguments: [
            "81 deaths were of sailors.", "81 people die annually.", "81 people were hurt.", "The toll rose by 81.",
            "The bridge has a toll of 81 marks.",
        ])
    func otherTolls(_ later: String) async throws {
        let found = try await relations(
            dated("4 March 2031", "53 people were killed."), dated("20 March 2031", later))
        #expect(found.isDisjoint(with: ["updates", "disputes"]))
    }

    @Test("of a toll that rose from one figure to another the second is the toll")
    func growth() async throws {
        let sample = try await ClaimSample(
            [
                ("a.txt", dated("4 March 2031", "14 people were killed.")),
                ("b.txt", dated("5 March 2031", "The death toll rose from 14 to 31.")),
            ], authorClaims: "all")
        #expect(try !sample.links(of: "a.txt").contains { $0.hasPrefix("supports") })
    }

    @Test("a statement may end within a figure")
    func brokenFigure() async throws {
        let text = "Among the boats listed by Holm, only three or four boats can be regarded as lost."
        let sample = try await ClaimSample([("a.txt", text)], authorClaims: "all")
        #expect(try sample.links(of: "a.txt").isEmpty)
    }

    @Test("what is not lawful is unlawful, and disputes that it is lawful")
    func opposites() async throws {
        let lawful = "Ada Weir said that the closing of the harbour of Skerrow was lawful."
        #expect(
            try await relations(
                lawful, "Tom Solano said that the closing of the harbour of Skerrow was unlawful.") == ["disputes"])
        #expect(
            try await relations(
                "Tom Solano said that the closing of the harbour of Skerrow was not lawful.",
                "Dara Orme said that the closing of the harbour of Skerrow was unlawful."
            ).isDisjoint(with: ["disputes"]))
        #expect(
            try await relations(
                lawful, "Dara Orme said that the closing of the harbour of Skerrow was never unlawful."
            ).isDisjoint(with: ["disputes"]))
    }

    @Test("who failed to do something did not do it")
    func failing() async throws {
        let warned = "Dara Orme said that the port authority warned the pilots of Skerrow in March."
        #expect(
            try await relations(
                warned, "Tom Solano said that the port authority failed to warn the pilots of Skerrow in March.")
                == ["disputes"])
        #expect(
            try await !relations(
                warned, "Tom Solano said that the port authority managed to warn the pilots of Skerrow in March."
            ).contains("disputes"))
    }

    @Test("a figure that is rejected is no figure of the statement")
    func rejected() async throws {
        #expect(
            try await relations(
                "Dara Orme said that 52 people were hurt at Skerrow.",
                "Tom Solano said that 52 people were hurt at Skerrow, not 44."
            ).isDisjoint(with: ["disputes", "updates"]))
    }

    @Test("what undoes something later updates it, and what comes before does not")
    func reversals() async throws {
        let (one, other) = (
            "The Northern League closed the old harbour of Skerrow to ferries.",
            "The Northern League reopened the old harbour of Skerrow to ferries."
        )
        #expect(try await relations(dated("4 March 2031", one), dated("20 May 2031", other)).contains("updates"))
        #expect(try await !relations(dated("4 March 2031", other), dated("20 May 2031", one)).contains("updates"))
    }

    @Test("a figure with hundredths that is said to be about right is rounded, and no tenth off")
    func rounded() {
        let about = Figure(number: 3.28, lower: 3.28, upper: 3.28, isApproximate: true, unit: "%", text: "about 3.28 %")
        let exact = Figure(number: 3.27, lower: 3.27, upper: 3.27, unit: "%", text: "3.27 %")
        #expect(!about.isCompatible(with: exact))
        let round = Figure(number: 3.3, lower: 3.3, upper: 3.3, isApproximate: true, unit: "%", text: "about 3.3 %")
        #expect(round.isCompatible(with: exact))
    }

    @Test("two names and a word in common are no agreement if most words of the shorter statement are others")
    func names() async throws {
        let found = try await relations(
            "There was a swing of 4 percent against the Harbour Party in Skerrow at the last council election.",
            "The size of the swing shows how the Harbour Party of Skerrow fares, its critics wrote in a long report.")
        #expect(found.isDisjoint(with: ["supports", "repeats"]))
    }

    @Test("what is only spoken of says something if it has a clause of its own")
    func clausalTopics() async throws {
        let table = [
            "Ada Weir spoke of a bill that would have allowed the council of Skerrow to move people to the mainland.",
            "Ada Weir spoke of her plans for the council of Skerrow.",
        ]
        let sample = try await ClaimSample([("a.txt", table[0]), ("b.txt", table[1])])
        let traits = try ["a.txt", "b.txt"].map { id in
            try sample.run.documents.first { $0.facts.id == id }?.layers.value(StatementSignatures.self)?.signatures
                .filter { $0.traits.contains(.topic) }.map { $0.traits.contains(.clausal) } ?? []
        }
        #expect(traits[0].allSatisfy { $0 })
        #expect(traits[1].allSatisfy { !$0 })
    }
}
