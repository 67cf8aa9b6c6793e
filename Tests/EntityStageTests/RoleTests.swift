import StageKit
import Testing

@testable import EntityStage

@Suite("Offices and who holds them")
struct RoleTests {
    @Test(
        "an office beside a name means whom the name means",
        arguments: [
            ("The Foreign Secretary, Ada Weir, spoke first.", "Foreign Secretary", "Ada Weir"),
            ("We asked Ada Weir, the Minister for Denmark.", "Minister for Denmark", "Ada Weir"),
            ("They waited for Vice President Ada Weir all day.", "Vice President", "Ada Weir"),
            (
                "We asked the Minister of Foreign Affairs of Denmark, Dr Ada Weir.",
                "Minister of Foreign Affairs", "Ada Weir"
            ),
        ])
    func beside(text: String, office: String, name: String) async throws {
        let tagged = try await Tagged(text)
        let holder = try tagged.entity(name)
        #expect(holder != nil)
        #expect(try tagged.kind(office) == .role)
        #expect(try tagged.entity(office) == holder)
    }

    @Test("the place or the body of an office stays a name")
    func complement() async throws {
        let tagged = try await Tagged("We asked Ada Weir, the Ambassador to Denmark. Tom Reed, Mayor of London, left.")
        #expect(try tagged.kind("Denmark") == .place)
        #expect(try tagged.kind("London") == .place)
        #expect(try tagged.kind("Mayor") == .role)
    }

    @Test("an office that one person of the text holds means this person all through the text")
    func alone() async throws {
        let tagged = try await Tagged(
            "The Foreign Secretary, Ada Weir, spoke first. Later the Foreign Secretary left.",
            "We met President Ada Weir and President Tomas Holm. Then the President left.",
            "We met former President Ada Weir. The President himself was away.")
        #expect(
            try tagged.mentions().filter { $0.mention.kind == .role }.map(\.mention.entity) == [
                tagged.entity("Ada Weir"), tagged.entity("Ada Weir"),
            ])
        #expect(try tagged.mentions(1).filter { $0.mention.kind == .role }.count == 2)
        #expect(try tagged.mentions(2).filter { $0.mention.kind == .role }.count == 1)
    }

    @Test(
        "an office that nobody is said to hold is no mention",
        arguments: [
            "Nobody knew what the Foreign Secretary would say.", "We met the President, Ada Weir and Tomas Holm.",
            "We met Mr Weir and Dr Holm.",
        ])
    func nobody(text: String) async throws {
        let tagged = try await Tagged(text)
        #expect(try !tagged.mentions().contains { $0.mention.kind == .role })
    }
}
