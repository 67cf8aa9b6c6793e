import StageKit
import Testing

@testable import EntityStage

@Suite struct NameKindTests {
    @Test("a ministry keeps both of its fields")
    func twoFields() async throws {
        let tagged = try await Tagged("The report went to the Ministry of Ports and Waterways on its way to print.")
        #expect(try tagged.mentions().map(\.text) == ["Ministry of Ports and Waterways"])
    }

    @Test("a house named after a saint is one name")
    func saint() async throws {
        let tagged = try await Tagged("They were taken to St Brannoc's Hospital after the fire.")
        #expect(try tagged.kind("St Brannoc's Hospital") == .organization)
    }

    @Test("an agency whose first word is a first name too is no person")
    func agency() async throws {
        let tagged = try await Tagged("The money came from Jordan Relief Agency last year.")
        #expect(try tagged.kind("Jordan Relief Agency") == .organization)
    }

    @Test("persons go without the article")
    func article() async throws {
        let tagged = try await Tagged("We walked past the Ostrel Varn and sat down.")
        #expect(try tagged.kind("Ostrel Varn") == .organization)
    }

    @Test("the last word of a pier means the pier")
    func pier() async throws {
        let tagged = try await Tagged("The storm broke the North Mole at dawn. Nobody was on the Mole that day.")
        #expect(try tagged.kind("North Mole") == .place)
        #expect(try tagged.entity("Mole") == tagged.entity("North Mole"))
    }

    @Test("a document's own demonym tells its place")
    func demonym() async throws {
        let tagged = try await Tagged("We wrote to Drusovia twice. Then the Drusovian envoy came.")
        #expect(try tagged.kind("Drusovia") == .place)
        #expect(try tagged.kind("Drusovian") == .group)
    }

    @Test("the cells of a row are no name together")
    func cells() async throws {
        let tagged = try await Tagged("Ostrelby\tVarnham\t12\nWe saw Ostrelby and we saw Varnham again.")
        #expect(try !tagged.mentions().contains { $0.text.contains("\t") })
    }
}
