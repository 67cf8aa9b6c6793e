import Digests
import StageKit
import TestSupport
import Testing

@testable import ClaimStage

/// The small weights know hardly a word, so that to them all statements mean nearly the same: what is linked is what the
/// rules beside them let through.
@Suite("Links by meaning")
struct MeaningLinkTests {
    private static let weights: [String: OptionValue] = {
        let content = SampleWeights.small()
        return ["meaning": .file(FileValue(name: "sentences", weights: content + ContentDigest(of: content).bytes))]
    }()

    private func links(_ one: String, _ other: String, meaning: Bool = true) async throws -> [String] {
        let sample = try await ClaimSample(
            [("a.txt", one), ("b.txt", other)], authorClaims: "all", options: meaning ? Self.weights : [:])
        return try sample.links(of: "a.txt")
    }

    private let storm = "The storm tore the roof off the old school in Skerrow during the night."
    private let winds = "High winds during the night took the roof of the old school in Skerrow."

    @Test("statements with a name in common agree if they are alike in meaning and share some words")
    func agree() async throws {
        #expect(try await !links(storm, winds, meaning: false).contains { $0.hasPrefix("supports") })
        let links = try await links(storm, winds)
        #expect(links.contains { $0.hasPrefix("supports b.txt: alike in meaning (0.9") }, "\(links)")
        #expect(links.contains { $0.hasSuffix("; Skerrow in both; 4 of 9 words shared") }, "\(links)")
    }

    @Test(
        "what keeps statements apart does so however alike they are",
        arguments: [
            "High winds did not take the roof of the old school in Skerrow during the night.",
            "Did high winds during the night take the roof of the old school in Skerrow?",
            "Nobody took the roof of the old school in Skerrow during the night.",
            "High winds are expected to take the roof of the old school in Skerrow during the night.",
            "The storm tore the roof off the new school in Skerrow during the night.",
            "High winds took the roof of the old school in Skerrow in the night of 9 May 2031.",
        ])
    func keepApart(_ other: String) async throws {
        let one =
            other.contains("2031") ? "On 4 May 2031 the storm tore the roof off the old school in Skerrow." : storm
        let links = try await links(one, other)
        #expect(!links.contains { $0.hasPrefix("supports") || $0.hasPrefix("repeats") }, "\(links)")
    }

    @Test("likeness in meaning alone makes no dispute and no update")
    func noConflicts() async throws {
        let links = try await links(
            "The ferry of Holm carried 40 people.", "A committee in Holm spent 90 marks on lamps.")
        #expect(links.allSatisfy { $0.hasPrefix("related") }, "\(links)")
    }

    @Test("statements without a name in common are not linked by meaning, in documents about different things")
    func needNames() async throws {
        let links = try await links(
            "The ferry of Holm sank in the night before the feast.",
            "The choir at Skerrow sang all morning in the rain.")
        #expect(links.isEmpty, "\(links)")
    }

    @Test("links by meaning do not depend on the order of the documents")
    func areSymmetric() async throws {
        func both(_ texts: [(id: String, text: String)]) async throws -> [[String]] {
            let sample = try await ClaimSample(texts, authorClaims: "all", options: Self.weights)
            return try ["a.txt", "b.txt"].map { try sample.links(of: $0) }
        }
        let texts = [(id: "a.txt", text: storm), (id: "b.txt", text: winds)]
        let found = try await both(texts)
        #expect(try await both(texts.reversed()) == found)
        #expect(found[0].map { $0.replacing("b.txt", with: "a.txt") } == found[1])
    }

    @Test("the weights are named in the key of the one step that reads them, by their seal")
    func nameWeightsInKeys() throws {
        let steps = try Step.prepare(ClaimStage.self, options: Self.weights)
        let readers = steps.filter { $0.options.contains { $0.name == "meaning" } }
        #expect(readers.map(\.contract.name) == ["claims"])
        guard case .file(let file)? = readers.first?.options.first(where: { $0.name == "meaning" })?.value else {
            Issue.record("no file")
            return
        }
        #expect(file.bytes.count == 32)
        let without = try Step.prepare(ClaimStage.self, options: [:])
        #expect(without.allSatisfy { $0.options.allSatisfy { $0.name != "meaning" || $0.value == .null } })
    }

    @Test("a decision keeps how alike statements are")
    func encodes() throws {
        let comparison = Comparison(.supports, 712, .alike(804, [5, 9], 3, of: 11))
        let place = StatementPlace(claim: ClaimReference(passage: 4, occurrence: 0), statement: 1)
        let link = LinkDecision.Link(place, "b.txt", place, comparison)
        #expect(try LinkDecision(encoded: LinkDecision(links: [link]).encoded).links == [link])
        #expect(
            comparison.reason.words { _ in "Holm" }
                == "alike in meaning (0.80); Holm and Holm in both; 3 of 11 words shared")
    }
}
