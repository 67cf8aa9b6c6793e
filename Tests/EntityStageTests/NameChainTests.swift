import StageKit
import Testing

@testable import EntityStage

/// Names by what stands beside them.
@Suite("Names by what stands beside them")
struct NameChainTests {
    /// The names of a text with their kinds, in order.
    private func names(_ text: String) async throws -> [String] {
        try await Tagged(text).mentions().filter { $0.mention.kind.isName }
            .map { "\($0.mention.kind.label) \($0.text)" }
    }

    @Test("a short word between two hyphens joins names, and an adjective made with one is no name")
    func chains() async throws {
        #expect(
            try await names("Fighters of Tehrik-i-Sarvan crossed the river.").contains {
                $0.hasSuffix("Tehrik-i-Sarvan")
            })
        #expect(try await !names("The Weir-led party of Vestrey voted.").contains { $0.contains("-led") })
    }

    @Test("a surname that closes the names of places belongs to a person with a title, and a park to nobody")
    func places() async throws {
        let persons = try await names("Rep. Tom Brook spoke. Later Tom Brook left.").filter { $0 == "person Tom Brook" }
        #expect(persons.count == 2)
        #expect(try await !names("They walked in Victoria Park at noon.").contains("person Victoria Park"))
    }

    @Test("a common word at the beginning of a sentence is a surname before a verb, and a plural noun is none")
    func surnames() async throws {
        let hope = try await names("Voters elected Imogen Hope. Hope won by ten votes. There is hope, she said.")
        #expect(hope.contains("person Hope"))
        let banks = try await names("Voters elected Imogen Banks. Many banks closed. Banks fell in the morning.")
        #expect(!banks.contains("person Banks"))
    }

    @Test("what stands behind the word for a ship is a ship, and a captain is none")
    func vessels() async throws {
        #expect(try await names("The tanker Ines Harrow burned in the port.").contains("work Ines Harrow"))
        #expect(try await names("The captain Ines Harrow left the port.").contains("person Ines Harrow"))
    }

    @Test("streets, counties, accords and parties called like persons are none")
    func things() async throws {
        for text in ["It stands in Karl Marx Avenue in the town.", "They live in Jefferson Parish near the sea."] {
            #expect(try await !names(text).contains { $0.hasPrefix("person") }, "\(text)")
        }
    }

    @Test("who lives in a town of two words is a people")
    func peoples() async throws {
        #expect(try await names("On Sunday, Hong Kongers voted.").contains("group Hong Kongers"))
        #expect(try await names("On Sunday, New Yorkers Ada Pell and Tim Rask ran.").contains("person Ada Pell"))
    }

    @Test("a headline in capitals has the places of its text")
    func headlines() async throws {
        let found = try await names(
            "RIVERA WINS RACE IN VESTREY\n\nJon Rivera won the race in Vestrey on Sunday. He had trained in Vestrey.")
        #expect(found.contains { $0.hasSuffix(" VESTREY") })
    }

    @Test("junior and senior are two, and one of them alone is whoever has the name")
    func generations() async throws {
        let both = try await Tagged("Ingrid Falk Jr. spoke. Her mother, Ingrid Falk Sr., listened.").nameEntities()
        #expect(Set(both).count == 2)
        let one = try await Tagged("Ingrid Falk Jr. spoke. Then Ingrid Falk left.").nameEntities()
        #expect(Set(one).count == 1)
    }
}
