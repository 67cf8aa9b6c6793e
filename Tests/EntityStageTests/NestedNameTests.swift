import StageKit
import Testing
import Text

@testable import EntityStage

/// Names within longer names are modifiers, tied to what they mean alone.
@Suite("Names within names")
struct NestedNameTests {
    private func modifiers(_ texts: String...) async throws -> [String] {
        let tagged = try await Tagged(texts[0])
        return try tagged.mentions().filter { $0.mention.kind == .modifier }.map {
            "\($0.text): \($0.mention.entity ?? "nil")"
        }
    }

    @Test("a place that the text names stands in the name of a body as its modifier")
    func places() async throws {
        #expect(
            try await modifiers("The University of Kenya is old. She went to Kenya in May.")
                == ["Kenya: place:kenya"])
    }

    @Test("a person of the text stands in the name of a foundation")
    func persons() async throws {
        let tagged = try await Tagged(
            "Ada Weir was a painter. The Ada Weir Foundation in Oslo paid for the house. Ada Weir said so.")
        let within = try tagged.mentions().filter { $0.mention.kind == .modifier }
        #expect(within.map(\.text) == ["Ada Weir"])
        #expect(try within.first?.mention.entity == tagged.entity("Ada Weir"))
    }

    @Test(
        "a point of the compass before a country makes another place"
    )
    func apart() async throws {
        #expect(try await modifiers("He left South Africa. Africa is large.") == [])
    }

    @Test("a body that the rest of its name makes another one is no part of that")
    func heads() async throws {
        #expect(
            try await modifiers(
                "The Supreme Court of Kenya met. A day before, the Supreme Court in Washington had met."
            )
            .contains { $0.hasPrefix("Supreme") } == false)
    }

    @Test("the longer name comes first, so that mentions are in order")
    func order() async throws {
        let tagged = try await Tagged("Kenya Airways flew. She went to Kenya in May.")
        let spans = try tagged.mentions().map(\.mention.span)
        #expect(
            zip(spans, spans.dropFirst()).allSatisfy {
                $0.start < $1.start || $0.start == $1.start && $0.end > $1.end
            })
    }
}
