import StageKit
import Testing
import Text

@testable import EntityStage

@Suite("Pronouns and descriptions")
struct ReferenceTests {
    /// Each reference of a text with the name that it means: "She = Ada Weir".
    private func references(_ text: String) async throws -> [String] {
        let layers = try await Tagged(text).run.documents[0].layers
        let bytes = try layers.value(DocumentText.self)?.bytes ?? []
        let mentions = try layers.value(Mentions.self)?.mentions ?? []
        return try layers.value(References.self)?.references.map {
            "\(UTF8Decoding.string(bytes, $0.span)) = \(UTF8Decoding.string(bytes, mentions[$0.mention].span))"
        } ?? []
    }

    @Test(
        "a pronoun means the person who agrees with it in sex, and stays open where two do",
        arguments: [
            ("Ada Weir praised Robert Reed. She said that the wall was safe.", ["She = Ada Weir"]),
            ("Mr. Solano was there with Mary Cole. He said that the purse was empty.", ["He = Solano"]),
            (
                "Emily Spark met Robert Reed on Monday. He left at noon, and she stayed.",
                ["He = Robert Reed", "she = Emily Spark"]
            ),
            ("Robert Reed and Donald Cole left. He was late.", []),
            ("Robert Reed spoke. Later a driver was hurt. He was late.", []),
        ])
    func pronouns(text: String, found: [String]) async throws {
        #expect(try await references(text) == found)
    }

    @Test(
        "a description means whoever is called so beside the name, or whatever has the word in its name",
        arguments: [
            ("Governor Ada Weir spoke on Monday. The governor left.", ["The governor = Ada Weir"]),
            ("Ada Weir, a councillor, spoke on Monday. The councillor left.", ["The councillor = Ada Weir"]),
            (
                "The Pelmar Harbour Commission met on Monday. Later the commission said no.",
                ["the commission = Pelmar Harbour Commission"]
            ),
            ("Governor Ada Weir spoke on Monday. The governor of Pelmar left.", []),
            ("Governor Ada Weir met Governor Tom Reed on Monday. The governor left.", []),
        ])
    func descriptions(text: String, found: [String]) async throws {
        #expect(try await references(text) == found)
    }
}
