import StageKit
import Testing

@testable import EntityStage

@Suite("Bodies that are described")
struct BodyRoleTests {
    @Test("a government that is described is an entity of its own, and the country is another")
    func government() async throws {
        let tagged = try await Tagged(
            "Norway closed the border on Monday. The Norwegian government said so. Later the government denied it.",
            "The government of Norway met in Oslo.")
        let body = try tagged.entity("Norwegian government")
        #expect(try tagged.kind("Norwegian government") == .role)
        #expect(body != nil)
        #expect(try body != tagged.entity("Norway"))
        #expect(try tagged.entity("government") == body)
        #expect(try tagged.entity("government", in: 1) == body)
    }

    @Test("a body written with capitals is the one that another text describes")
    func written() async throws {
        let tagged = try await Tagged(
            "The Norwegian Foreign Ministry wrote to us.", "We asked the Norwegian foreign ministry again.")
        #expect(try tagged.entity("Norwegian foreign ministry", in: 1) == tagged.entity("Norwegian Foreign Ministry"))
    }

    @Test("of two governments, neither is meant by the word alone, and officials are no body")
    func open() async throws {
        let tagged = try await Tagged(
            "The Norwegian government met the Danish government. The government agreed. Danish government officials left."
        )
        #expect(
            try tagged.mentions().filter { $0.mention.kind == .role }.map(\.text) == [
                "Norwegian government", "Danish government",
            ])
    }

    @Test("a word for a body alone is no name")
    func heads() async throws {
        let tagged = try await Tagged(
            "The Ministry of Ports wrote to us on Monday. We wrote to the Ministry again, and the Ministry replied.")
        #expect(try tagged.kind("Ministry of Ports") == .organization)
        #expect(try !tagged.mentions().contains { $0.text == "Ministry" && $0.mention.kind.isName })
    }

    @Test("officials in a country and in its capital are one role, and an adjective before them stays one")
    func officials() async throws {
        let tagged = try await Tagged(
            "Officials in Oslo said the gate was shut. Some officials in Norway left. Norwegian officials said more.")
        let found = try tagged.mentions().filter { $0.mention.kind == .role }
        #expect(found.map(\.text) == ["Officials", "officials"])
        #expect(Set(found.map(\.mention.entity)).count == 1)
        #expect(try tagged.kind("Norwegian") == .modifier)
    }

    @Test("officials of a town that is no capital, or of an office, are no role")
    func otherOfficials() async throws {
        let tagged = try await Tagged("Officials in Bergen left. Health officials in Oslo stayed.")
        #expect(try !tagged.mentions().contains { $0.mention.kind == .role })
    }

    @Test("the regime takes up the one government that the document has described")
    func regime() async throws {
        let tagged = try await Tagged("The Norwegian government closed the border. The regime denied it.")
        #expect(try tagged.entity("regime") == tagged.entity("Norwegian government"))
    }
}
