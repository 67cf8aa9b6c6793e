import StageKit
import TestSupport
import Testing

@Suite("Runs in memory")
struct MemoryRunTests {
    private func run(_ texts: [String], jobs: Int = 1) async throws -> MemoryRun {
        let documents = texts.enumerated().map { n, text in
            MemoryRun.Document(DocumentFacts(id: "d\(n)", folder: "hidden"), source: Array(text.utf8))
        }
        return try await MemoryRun(StepGraph(try Step.prepare(ToyStage.self)), over: documents, jobs: jobs)
    }

    private func called(_ run: MemoryRun) throws -> [[String]] {
        try run.documents.map { try $0.layers.value(CalledWords.self)?.words ?? ["left out"] }
    }

    @Test("words of one group, even through a third document's, are called by one name")
    func allShapes() async throws {
        let run = try await run(["x xabc", "xab y", "xa"])
        #expect(try called(run) == [["d0", "x", "x"], ["d1", "x", "y?"], ["d2", "x"]])
    }

    @Test("without the word that connects them, two words are two")
    func brokenGroup() async throws {
        let run = try await run(["x xabc", "xab y"])
        #expect(try called(run) == [["d0", "x?", "xab"], ["d1", "xab", "y?"]])
    }

    @Test("a fold's table counts the documents, and decisions come in order of their keys")
    func tables() async throws {
        let run = try await run(["b a", "a ab", "a"])
        #expect(run.tables["toy.count"]?.row(FoldKey("a"))?.count() == 3)
        #expect(run.decisions["toy.group"]?.map(\.key) == [FoldKey("a"), FoldKey("ab")])
    }

    @Test("a document that fails is left out of everything behind, and the others go on")
    func failure() async throws {
        let run = try await run(["a\u{0}", "a ab", "ab"])
        #expect(run.documents[0].failure == StageFailure("holds a NUL byte", code: "binary-file"))
        #expect(run.tables["toy.count"]?.row(FoldKey("a"))?.count() == 1)
        #expect(try called(run) == [["left out"], ["d1", "a", "a"], ["d2", "a"]])
    }

    @Test("the number of jobs changes nothing")
    func jobs() async throws {
        let texts = (0..<100).map { "w\($0 % 7) w\($0 % 7)a common" }
        let one = try await run(texts, jobs: 1)
        let eight = try await run(texts, jobs: 8)
        #expect(try called(one) == called(eight))
        #expect(one.decisions == eight.decisions)
    }

    @Test("a step sees the facts that its contract names, and no others")
    func facts() async throws {
        // the join writes id and folder, and names only the id
        #expect(try called(try await run(["a"])) == [["d0", "a?"]])
    }

    @Test("reading a layer that the contract does not name is a failure")
    func undeclared() {
        let layers = LayerSet()
        layers.set(SourceBytes([1]))
        let input = StepInput(layers: layers, facts: DocumentFacts(id: "d"), contract: StepContract("toy.other"))
        #expect(throws: StageFailure.self) { try input.layer(SourceBytes.self) }
    }
}
