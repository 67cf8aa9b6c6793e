import StageKit
import TestSupport
import Testing
import Text

@testable import ClaimStage

@Suite("Questions that statements speak to")
struct QuestionTests {
    private let texts = [
        ("a.txt", "The storm wounded 50 sailors in Skerrow."),
        ("b.txt", "The storm wounded 44 sailors in Skerrow."),
        ("c.txt", "The storm wounded 50 sailors in Skerrow."),
        ("d.txt", "Tom Reed was born in Orsa and keeps three goats."),
    ]

    private func questions(_ sample: ClaimSample, of id: String) throws -> Questions {
        let document = try #require(sample.run.documents.first { $0.facts.id == id })
        return try #require(try document.layers.value(Questions.self))
    }

    @Test("figures that differ are one question with a version each")
    func figures() async throws {
        let sample = try await ClaimSample(texts, authorClaims: "all")
        let all = try texts.flatMap { try questions(sample, of: $0.0).questions }
        let question = try #require(all.first)
        #expect(all.count == 1)
        #expect(question.kind == .figure)
        #expect(question.isDisputed && question.isAgreed && !question.isUpdated)
        #expect(question.statements == 3)
        #expect(Set(question.answers.map(\.text)) == ["50", "44"])
        let given = try texts.map { try questions(sample, of: $0.0).parts.map(\.answer) }
        #expect(given[0] == given[2])
        #expect(given[0] != given[1])
        #expect(given[3].isEmpty)
        #expect(question.heading == "How many sailors did the storm wound in Skerrow?")
    }

    @Test("who did it is asked where several are named, with a version each")
    func who() async throws {
        let texts = [
            ("a.txt", "Mara Olsen said that Ada Weir gave the order to open the sluice gate of Skerrow."),
            ("b.txt", "Jon Feld said that Tom Reed gave the order to open the sluice gate of Skerrow."),
        ]
        let sample = try await ClaimSample(texts)
        let all = try texts.flatMap { try questions(sample, of: $0.0).questions }
        let question = try #require(all.first)
        #expect(question.kind == .who && question.isDisputed)
        #expect(question.heading == "Who gave the order to open the sluice gate of Skerrow?")
        #expect(Set(question.answers.map(\.text)) == ["Ada Weir", "Tom Reed"])
    }

    @Test("each version says who gives it last, and a source that comes back counts once")
    func latest() async throws {
        func dated(_ date: String, _ text: String) -> String { "\(date)\n\nFrom the harbour\n\n\(text)" }
        let texts = [
            ("a.txt", dated("14 January 2031", "Ada Weir said that 44 people were hurt in Skerrow.")),
            ("b.txt", dated("19 January 2031", "Ada Weir said that 50 people were hurt in Skerrow.")),
            ("c.txt", dated("16 January 2031", "Tom Reed said that 44 people were hurt in Skerrow.")),
        ]
        let sample = try await ClaimSample(texts)
        let question = try #require(try texts.flatMap { try questions(sample, of: $0.0).questions }.first)
        // two say it in the same words, and one of them speaks twice
        #expect(question.statements == 3 && question.sources == 2 && question.independent == 1)
        #expect(question.place == "place:skerrow")
        let latest = Dictionary(uniqueKeysWithValues: question.answers.map { ($0.text, $0.latest) })
        #expect(latest == ["44": ["Tom Reed"], "50": ["Ada Weir"]])
        let parts = try texts.map { try questions(sample, of: $0.0).parts.map(\.isLatest) }
        #expect(parts == [[false], [true], [true]])
    }

    @Test("who denies and who asserts give the versions no and yes")
    func yesOrNo() async throws {
        let sample = try await ClaimSample([
            ("a.txt", "The council said that the old harbour wall had been sound before the storm."),
            ("b.txt", "Engineers said that the old harbour wall had not been sound before the storm."),
        ])
        let all = try ["a.txt", "b.txt"].flatMap { try questions(sample, of: $0).questions }
        #expect(all.map(\.kind) == [.yesNo])
        let question = try #require(all.first)
        #expect(question.heading == "Had the old harbour wall been sound before the storm?")
        let held = Dictionary(uniqueKeysWithValues: question.answers.map { ($0.text, $0.holders) })
        #expect(held == ["yes": ["The council"], "no": ["Engineers"]])
    }

    @Test("a question does not depend on the order of the documents")
    func ignoresOrder() async throws {
        let forth = try await ClaimSample(texts, authorClaims: "all")
        let back = try await ClaimSample(texts.reversed(), authorClaims: "all")
        for (id, _) in texts { #expect(try questions(forth, of: id) == questions(back, of: id)) }
    }

    @Test("damaged nodes and decisions throw or read, and never crash")
    func survivesDamage() throws {
        let place = StatementPlace(claim: ClaimReference(passage: 9, occurrence: 1), statement: 2)
        let node = QuestionNode(
            document: "a.txt", place: place, text: "fifty", numbers: [.init(text: "50", label: "hurt")],
            edges: [.init(other: FoldKey([1, 2]), relation: .disputes, basis: .figure, figure: "50")])
        let layer = QuestionNodes([node, node], merges: [.init(decision: FoldKey([3]), node: node.key)])
        #expect(try QuestionNodes(encoded: layer.encoded).nodes == layer.nodes)
        for bytes in Damage.variants(of: layer.encoded) {
            _ = try? QuestionNodes(encoded: bytes)
            _ = try? QuestionDecision(encoded: bytes)
            _ = try? Questions(encoded: bytes)
        }
    }
}
