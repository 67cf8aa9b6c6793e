import Digests
import StageKit
import TestSupport
import Testing
import Text

@testable import ClaimStage

@Suite("Decisions by hand about sources and questions")
struct HandQuestionsTests {
    private static let texts = [
        ("a.txt", "The storm wounded 50 sailors in Skerrow."), ("b.txt", "The storm wounded 44 sailors in Skerrow."),
        ("c.txt", "Ada Weir founded the school of Orsa in 1990."),
    ]

    private static func id(_ k: Int) -> OptionValue {
        var ids = PassageIDs(texts[k].0)
        return .string(ids.claim(ClaimReference(passage: StableHash.of(texts[k].1.utf8), occurrence: 0)))
    }

    private static func file(_ key: String, _ parts: (String, OptionValue)...) -> FileValue {
        let decision = OptionValue.mapping(parts.map { OptionEntry($0, $1, line: 3) })
        return FileValue(
            path: "decisions.yaml", bytes: [], tree: .mapping([OptionEntry(key, .list([decision]), line: 2)]))
    }

    private func sample(_ decisions: FileValue?) async throws -> ClaimSample {
        try await ClaimSample(
            Self.texts, authorClaims: "all", options: decisions.map { ["decisions": .file($0)] } ?? [:])
    }

    private func questions(_ sample: ClaimSample) throws -> [Questions.Question] {
        try sample.run.documents.flatMap { try $0.layers.value(Questions.self)?.questions ?? [] }
    }

    @Test("claims that are split off speak to no common question, and stay linked")
    func splits() async throws {
        #expect(try await questions(sample(nil)).map(\.statements) == [2])
        let split = try await sample(Self.file("questions", ("split", .list([Self.id(1)]))))
        #expect(try questions(split).isEmpty)
        #expect(try !split.links(of: "a.txt").isEmpty)
    }

    @Test("claims that are put together speak to one question without a link")
    func merges() async throws {
        let merged = try await questions(sample(Self.file("questions", ("merge", .list([Self.id(1), Self.id(2)])))))
        #expect(merged.map(\.statements) == [3])
        #expect(merged.map(\.kind) == [.figure])
    }

    @Test("a claim has the source that the user sets")
    func sources() async throws {
        let sample = try await sample(
            Self.file("claims", ("set", Self.id(0)), ("source", .string("organization:tide-inspectorate"))))
        let claims = try #require(try sample.run.documents[0].layers.value(Claims.self)).claims
        #expect(claims.map(\.sourceEntity) == ["organization:tide-inspectorate"])
        #expect(claims.map(\.voice) == [.source])
        let holders = try questions(sample).flatMap { $0.answers.filter { $0.text == "50" }.flatMap(\.holders) }
        #expect(holders == ["tide inspectorate"])
    }

    @Test(
        "mistakes are told",
        arguments: [
            (file("claims", ("set", id(0))), "a claim is set to a source"),
            (file("claims", ("set", id(0)), ("source", .string("Ada Weir"))), "a source is the id of an entity"),
            (file("claims", ("set", id(0)), ("by", .null)), "no key 'by' in a decision on claims"),
            (file("questions", ("merge", .list([id(0)]))), "'merge' names claims of questions by their ids"),
            (file("questions", ("join", .null)), "no key 'join' in a decision on questions"),
        ])
    func tellsMistakes(_ file: FileValue, _ message: String) {
        do throws(OptionProblem) {
            _ = try LinkDecisionsFile.read(file)
            Issue.record("'\(message)' was expected")
        } catch {
            #expect(error.summary == message)
            #expect(error.code == "bad-decisions")
        }
    }

    @Test("claims of decisions on sources and questions are reported when they are gone")
    func decidedClaims() {
        let file = Self.file("questions", ("merge", .list([Self.id(0), Self.id(1)])))
        #expect(ClaimStage.decidedClaims(["decisions": .file(file)]).count == 2)
        let other = Self.file("claims", ("set", Self.id(0)), ("source", .string("person:ada-weir")))
        #expect(ClaimStage.decidedClaims(["decisions": .file(other)]).count == 1)
    }
}
