import StageKit
import Testing
import Text

@testable import EntityStage

/// Where names begin and end.
@Suite("The edges of names")
struct NameEdgeTests {
    /// The persons of a text, in order.
    private func persons(_ text: String) async throws -> [String] {
        try await Tagged(text).mentions().filter { $0.mention.kind == .person }.map(\.text)
    }

    /// The names of a text, in order.
    private func names(_ text: String) async throws -> [String] {
        try await Tagged(text).mentions().filter { $0.mention.kind.isName }.map(\.text)
    }

    @Test("capitals in brackets behind the name of a body are a name of it, and a year or an aside is none")
    func bracketed() async throws {
        #expect(
            try await names("The Harbour Works Agency of Denizya (HWAD) designed it.").suffix(2)
                == ["Harbour Works Agency of Denizya", "HWAD"])
        #expect(try await !names("The Harbour Works Agency (OK) and the Harbour Works Agency (2019).").contains("2019"))
    }

    @Test("the capitals that open an agency's report are a place, and those of a warning are none")
    func datelines() async throws {
        #expect(
            try await names("SKERRA, Vestrey, June 13 (NSP) - The wall was not warned about.").first == "SKERRA")
        #expect(try await !names("BEWARE, friends, of the wall - it falls.").contains("BEWARE"))
    }

    @Test("a preposition that opens a sentence is no part of the name behind its article")
    func openings() async throws {
        for text in ["As for the Ministry of Ports, it wrote.", "Unlike the Ministry of Ports, we wrote."] {
            #expect(try await names(text).contains("Ministry of Ports"), "\(text)")
        }
    }

    @Test(
        "a surname behind a full name is found whatever else the word means, and the word elsewhere is none",
        arguments: [
            (
                "Dana Fields, a councillor, spoke on Monday.\n\nFields said that it was safe. The plan pleased Fields. The "
                    + "fields were green.", ["Dana Fields", "Fields", "Fields"]
            ),
            ("Dana Fields spoke on Monday. The Green Fields Party won.", ["Dana Fields"]),
        ])
    func surnames(text: String, found: [String]) async throws {
        #expect(try await persons(text) == found)
    }

    @Test(
        "small letters behind a hyphen belong to a person's name, unless they make an adjective of it",
        arguments: [
            ("Premier Orl Sen-wei spoke in Taipei on Monday.", ["Orl Sen-wei"]),
            ("The Angela Merkel-led government fell on Monday.", ["Angela Merkel"]),
        ])
    func hyphens(text: String, found: [String]) async throws {
        #expect(try await persons(text) == found)
    }

    @Test("titles, party marks and peoples are no part of a person's name")
    func titles() async throws {
        #expect(
            try await persons("In Miami, Florida Sen. Dara Cole spoke. Sens. Tom Reed and Ada Weir listened.")
                == ["Dara Cole", "Tom Reed", "Ada Weir"])
        #expect(
            try await persons("Ohio's Tom Cole and Floridians Dara Solano and Marco Reed raced on Tuesday.")
                == ["Tom Cole", "Dara Solano", "Marco Reed"])
    }

    @Test("a headline in capitals holds the names that the text below has")
    func headlines() async throws {
        #expect(
            try await persons(
                "Ada Weir Endorses Tom Solano\n\nAda Weir stood in the hall on Monday. She said that Tom Solano was right. "
                    + "Solano thanked her.") == ["Ada Weir", "Tom Solano", "Ada Weir", "Tom Solano", "Solano"])
    }

    @Test("Let is a verb, though an organization is listed as LeT")
    func let_() async throws {
        let tagged = try await Tagged("Let them wait, the mayor said. Let's go. Police in Mumbai spoke of LeT.")
        #expect(try tagged.mentions().filter { $0.mention.kind == .organization }.map(\.text) == ["LeT"])
    }

    @Test("an adjective of a nation is a modifier of its country and no name")
    func modifiers() async throws {
        let tagged = try await Tagged("Turkish officials spoke in Turkey. Two Turks listened.")
        #expect(try tagged.kind("Turkish") == .modifier)
        #expect(try tagged.entity("Turkish") == tagged.entity("Turkey"))
        #expect(try tagged.kind("Turks") == .group)
    }
}

@Suite("Who is who across documents")
struct SurnameTests {
    @Test("a surname that the corpus has once joins nobody of another document")
    func surnamesElsewhere() async throws {
        let tagged = try await Tagged(
            "Matthew Halvar, a fisherman, sold his boat in Skerrow.",
            "The pact was signed. Mr. Halvar said that the border would be closed.")
        #expect(try tagged.entity("Matthew Halvar") != tagged.entity("Halvar", in: 1))
        #expect(try tagged.entity("Halvar", in: 1) != nil)
    }

    @Test("somebody who calls another is not the other")
    func calls() async throws {
        let tagged = try await Tagged(
            "Ada Weir was there on Monday. On Tuesday Ada Weir called Mara Solano to thank her.")
        #expect(try tagged.entity("Ada Weir") != tagged.entity("Mara Solano"))
    }

    @Test("the name that is shown is the commonest complete one")
    func shown() async throws {
        let tagged = try await Tagged(
            "Dara Maria Solano spoke.", "Dara Solano spoke in Miami. Dara Solano left at noon.",
            "Dara Solano won in Tampa. Solano wept.")
        #expect(
            Set(try tagged.decisions().filter { $0.entity == (try? tagged.entity("Dara Solano", in: 1)) }.map(\.name))
                == ["Dara Solano"])
    }
}
