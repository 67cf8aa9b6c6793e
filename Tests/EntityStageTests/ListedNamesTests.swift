import StageKit
import Testing

@testable import EntityStage

@Suite("Names of a gazetteer")
struct ListedNamesTests {
    private static let gazetteer = OptionValue.list([
        .mapping([
            OptionEntry("name", .string("the grey committee"), line: 1),
            OptionEntry("type", .string("organization"), line: 2),
            OptionEntry("aliases", .list([.string("GC-7"), .string("Tide Book")]), line: 3),
        ])
    ])

    private static func tagged(_ text: String) async throws -> Tagged {
        try await Tagged(
            text, options: ["gazetteer": .file(FileValue(path: "names.yaml", bytes: [], tree: gazetteer))])
    }

    @Test(
        "a listed name is found where it stands as it is listed",
        arguments: ["Nobody knew the grey committee then.", "They wrote to GC-7 twice.", "It stood in the Tide Book."])
    func found(text: String) async throws {
        let mentions = try await Self.tagged(text).mentions().filter { $0.mention.kind == .organization }
        #expect(mentions.count == 1)
    }

    @Test(
        "a part of a word, and other capitals, are no listed name",
        arguments: ["Nobody knew the grey committees then.", "A tide book is a book.", "The Grey committee met."])
    func notFound(text: String) async throws {
        #expect(try await !Self.tagged(text).mentions().contains { $0.mention.kind == .organization })
    }
}
