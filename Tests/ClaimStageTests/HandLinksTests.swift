import Digests
import StageKit
import TestSupport
import Testing
import Text

@testable import ClaimStage

@Suite("Decisions by hand about claims and links")
struct HandLinksTests {
    private static let one = "The storm wounded 50 sailors in Skerrow."
    private static let other = "The storm wounded 44 sailors in Skerrow."

    private static func entry(_ key: String, _ value: OptionValue) -> OptionEntry { OptionEntry(key, value, line: 3) }

    private static func file(_ entries: OptionEntry...) -> FileValue {
        FileValue(path: "decisions.yaml", bytes: [], tree: .mapping(entries))
    }

    private static func id(_ document: String, _ words: String) -> String {
        var ids = PassageIDs(document)
        return ids.claim(ClaimReference(passage: StableHash.of(words.utf8), occurrence: 0))
    }

    private func links(_ decisions: FileValue?, others: [(id: String, text: String)] = []) async throws -> [String] {
        var options: [String: OptionValue] = [:]
        if let decisions { options["decisions"] = .file(decisions) }
        let sample = try await ClaimSample(
            [("a.txt", Self.one), ("b.txt", Self.other)] + others, authorClaims: "all", options: options)
        return try sample.links(of: "a.txt").filter { $0.contains(" b.txt:") }
    }

    private var ends: OptionValue {
        .list([.string(Self.id("b.txt", Self.other)), .string(Self.id("a.txt", Self.one))])
    }

    @Test("a rejected link is not given, and stays away as the corpus grows")
    func rejectsLinks() async throws {
        #expect(try await links(nil).map { $0.prefix(8) } == ["disputes"])
        let file = Self.file(Self.entry("links", .list([.mapping([Self.entry("reject", ends)])])))
        #expect(try await links(file).isEmpty)
        #expect(try await links(file, others: [("c.txt", Self.one), ("d.txt", Self.other)]).isEmpty)
    }

    @Test("a confirmed link has the score 1 and the relation that the user gives it")
    func confirmsLinks() async throws {
        let file = Self.file(
            Self.entry(
                "links",
                .list([.mapping([Self.entry("confirm", ends), Self.entry("relation", .string("related"))])])))
        let links = try await links(file)
        #expect(links.count == 1)
        #expect(links[0].hasPrefix("related b.txt: figures differ: "))
        #expect(links[0].hasSuffix("; confirmed by hand"))
    }

    @Test("a rejected claim is linked to nothing, and other claims are linked as before")
    func rejectsClaims() async throws {
        let file = Self.file(
            Self.entry(
                "claims", .list([.mapping([Self.entry("reject", .string(Self.id("b.txt", Self.other)))])])))
        #expect(try await links(file).isEmpty)
        let other = Self.file(
            Self.entry("claims", .list([.mapping([Self.entry("reject", .string(Self.id("c.txt", Self.other)))])])))
        #expect(try await links(other).count == 1)
    }

    @Test(
        "mistakes are told with their line",
        arguments: [
            ("claims", OptionValue.string("c-abcdefghijkl"), "'claims' is a list of decisions"),
            ("claims", .list([.mapping([entry("accept", .null)])]), "no key 'accept' in a decision on claims"),
            ("claims", .list([.mapping([entry("reject", .string("c-1"))])]), "'c-1' is no id of a claim"),
            (
                "claims",
                .list(
                    Array(repeating: .mapping([entry("reject", .string("c-abcdefghijkl"))]), count: 2)),
                "the claim 'c-abcdefghijkl' is rejected twice"
            ),
            (
                "links", .list([.mapping([entry("reject", .string("c-abcdefghijkl"))])]),
                "a link is a list of the ids of two claims"
            ),
            (
                "links",
                .list([.mapping([entry("reject", .list(Array(repeating: .string("c-abcdefghijkl"), count: 2)))])]),
                "a link of 'c-abcdefghijkl' with itself"
            ),
            (
                "links", .list([.mapping([entry("relation", .string("supports"))])]),
                "a decision on a link has 'reject' or 'confirm'"
            ),
            ("links", .list([.mapping([entry("relation", .string("likes"))])]), "no such relation"),
        ])
    func tellsMistakes(_ key: String, _ value: OptionValue, _ message: String) {
        do throws(OptionProblem) {
            _ = try LinkDecisionsFile.read(Self.file(Self.entry(key, value)))
            Issue.record("'\(message)' was expected")
        } catch {
            #expect(error.summary == message)
            #expect(error.line == 3)
            #expect(error.code == "bad-decisions")
        }
    }

    @Test("decisions on names are not for links, and the claims that are decided about are known in order")
    func decidedClaims() {
        let file = Self.file(
            Self.entry("merge", .string("x")),
            OptionEntry("links", .list([.mapping([OptionEntry("reject", ends, line: 9)])]), line: 8),
            Self.entry("claims", .list([.mapping([Self.entry("reject", .string("c-abcdefghijkl"))])])))
        let claims = ClaimStage.decidedClaims(["decisions": .file(file)])
        #expect(claims.map(\.line) == [3, 9, 9])
        #expect(claims[0].claim == "c-abcdefghijkl")
    }
}
