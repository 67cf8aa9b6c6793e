import StageKit
import TestSupport
import Testing

@testable import EntityStage

/// A country, its people and the bodies of its state are related, and are not one.
@Suite("Related entities")
struct RelatedEntityTests {
    /// The entities of a text, each with its country.
    private static func countries(_ text: String) async throws -> [String: String] {
        let decisions = try await Tagged(text).decisions()
        return Dictionary(decisions.map { ($0.name, $0.country) }, uniquingKeysWith: { a, _ in a })
    }

    @Test("a country, its people and its parliament have one country and three entities")
    func related() async throws {
        let text = "Officials met in Norway. The Norwegians agreed, and the Norwegian Parliament voted on Monday."
        let tagged = try await Tagged(text)
        #expect(Set(try tagged.decisions().map(\.entity)).count == 3)
        #expect(
            try await Self.countries(text)
                == ["Norway": "Norway", "Norwegians": "Norway", "Norwegian Parliament": "Norway"])
    }

    @Test("one and several of a people are one entity of their country")
    func people() async throws {
        let decisions = try await Tagged("A Turk spoke in the hall. The Turks agreed with him.").decisions()
        #expect(Set(decisions.map(\.entity)).count == 1)
        #expect(Set(decisions.map(\.country)) == ["Turkey"])
    }

    @Test("a body is known by its country under any of its names")
    func names() async throws {
        let countries = try await Self.countries(
            "The Parliament of Norway met. The Ministry of Defence of Norway wrote to it.")
        #expect(countries["Parliament of Norway"] == "Norway")
        #expect(countries["Ministry of Defence of Norway"] == "Norway")
    }

    @Test("a firm, a town and a person have no country for their names")
    func others() async throws {
        let countries = try await Self.countries(
            "The Norwegian Lamp Company wrote to the town of Saltby. Mira Holm read it.")
        #expect(Set(countries.values) == [""])
    }
}
