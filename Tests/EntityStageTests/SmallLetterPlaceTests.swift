import StageKit
import Testing

@testable import EntityStage

/// Places in small letters are found where the writer does not heed capitals, and nowhere else.
@Suite("Places in small letters")
struct SmallLetterPlaceTests {
    private func places(_ text: String) async throws -> [String] {
        try await Tagged(text).mentions().filter { $0.mention.kind == .place }.map(\.text)
    }

    @Test(
        "a sentence that begins with a small letter, or has a small i, may name places in small letters",
        arguments: [
            ("i am from kenya and my wife is from sri lanka", ["kenya", "sri lanka"]),
            ("My wife and i went to kenya last year.", ["kenya"]),
            ("where can we eat in san francisco?", ["san francisco"]),
        ])
    func careless(text: String, found: [String]) async throws {
        #expect(try await places(text) == found)
    }

    @Test(
        "where capitals stand where they belong, a small word is no place",
        arguments: ["They ate from china plates in the hall.", "He bought turkey in the shop, i.e. meat."])
    func tidy(text: String) async throws {
        #expect(try await places(text) == [])
    }

    @Test("a word of another kind is no place without a preposition of place")
    func words() async throws {
        #expect(try await places("we like china plates and reading books") == [])
        #expect(try await places("we had turkey for dinner") == [])
    }
}
