import StageKit
import TestSupport
import Testing

@Suite("The order of steps")
struct StepGraphTests {
    private func step(
        _ name: String, reads: [LayerName] = [], writes: [LayerName] = [], stage: String? = nil
    ) -> Step {
        Step(
            stage: stage ?? name, contract: StepContract(stage == nil ? "" : name, reads: reads, writes: writes),
            shape: .program, fingerprint: "")
    }

    @Test("steps run after those whose layers they read, whatever the order in which they are given")
    func order() throws {
        let steps = [
            step("c", reads: ["b"], writes: ["c"]), step("a", reads: ["source"], writes: ["a"]),
            step("b", reads: ["a"], writes: ["b"]),
        ]
        let graph = try StepGraph(steps)
        #expect(graph.passes.count == 1)
        #expect(graph.steps.map(\.id) == ["a", "b", "c"])
    }

    @Test("a fold closes a pass, and the join that asks for its decisions opens the next")
    func passes() throws {
        let graph = try StepGraph(try Step.prepare(ToyStage.self))
        #expect(graph.passes.count == 2)
        #expect(graph.passes[0].documentSteps.map(\.id) == ["toy.cut"])
        #expect(graph.passes[0].folds.map(\.id) == ["toy.count"])
        #expect(graph.passes[0].finishes.map(\.id) == ["toy.group"])
        #expect(graph.passes[1].documentSteps.map(\.id) == ["toy.name"])
    }

    @Test("what reads a layer of a later pass runs in that pass")
    func laterPass() throws {
        let graph = try StepGraph(try Step.prepare(ToyStage.self) + [step("after", reads: ["called"])])
        #expect(graph.passes[1].documentSteps.map(\.id) == ["toy.name", "after"])
    }

    @Test("a layer that nothing writes is named, with those that are known")
    func missing() {
        #expect(throws: StepGraphProblem.missingLayer("tokens", stage: "b", known: ["a", "source"])) {
            try StepGraph([step("a", writes: ["a"]), step("b", reads: ["tokens"])])
        }
    }

    @Test("two writers of one layer are named")
    func twoWriters() {
        #expect(throws: StepGraphProblem.writtenTwice("a", stages: ["one", "two"])) {
            try StepGraph([step("x", writes: ["a"], stage: "one"), step("y", writes: ["a"], stage: "two")])
        }
    }

    @Test("stages that need each other are named with the layers they need")
    func circular() {
        #expect(throws: StepGraphProblem.circular(stages: ["one", "two"], layers: ["a", "b"])) {
            try StepGraph([
                step("x", reads: ["b"], writes: ["a"], stage: "one"),
                step("y", reads: ["a"], writes: ["b"], stage: "two"),
                step("z", writes: ["c"], stage: "three"),
            ])
        }
    }

    @Test("two steps of one identity are refused, and named")
    func sameStep() throws {
        let twice = try Step.prepare(ToyStage.self) + Step.prepare(ToyStage.self)
        #expect(throws: StepGraphProblem.sameStep(twice[twice.count / 2].id)) { try StepGraph(twice) }
    }

    @Test("two uses of a stage have steps, layers and tables of their own")
    func twoUses() async throws {
        let steps = try Step.prepare(ToyStage.self) + Step.prepare(ToyStage.self, id: "two", namespace: "two")
        let graph = try StepGraph(steps)
        #expect(
            graph.passes.map { $0.documentSteps.map(\.id) } == [["toy.cut", "two.cut"], ["toy.name", "two.name"]])
        let second = try #require(graph.steps.first { $0.id == "two.name" })
        #expect(second.contract.writes.allSatisfy { $0.rawValue.hasPrefix("two.") })
        #expect(second.after == "two.group")
        let documents = ["a b", "b c"].enumerated().map {
            MemoryRun.Document(DocumentFacts(id: "\($0)"), source: Array($1.utf8))
        }
        let run = try await MemoryRun(graph, over: documents)
        let layers: [LayerName] = ["words", "called"]
        for document in run.documents {
            for layer in layers {
                let other = try #require(document.layers.encoded(LayerName("two.\(layer)")))
                #expect(document.layers.encoded(layer) == other)
            }
        }
        #expect(run.tables["two.count"] != nil && run.decisions["two.group"] == run.decisions["toy.group"])
    }

    @Test("no two steps of a graph have one identity, whatever the stages and names")
    func identities() throws {
        var chance = SplitMix64(seed: 7)
        let words = ["a", "b", "a.b", "b.a", "", "a-b", "ab", ".", "2:a", "a.b.c"]
        for _ in 0..<2000 {
            let ids = (0..<6).map { _ in
                StepID(stage: words[chance.below(words.count)], name: words[chance.below(words.count)])
            }
            let steps = ids.map { id in
                Step(stage: id.stage, contract: StepContract(id.name), shape: .program, fingerprint: "")
            }
            let isUnique = Set(ids).count == ids.count
            let found = (try? StepGraph(steps))?.steps
            #expect((found != nil) == isUnique)
            guard let found else { continue }
            let (different, keys) = (Set(found.map { $0.id }), Set(found.map { $0.id.key }))
            #expect(different.count == steps.count && keys.count == steps.count)
        }
    }

    @Test("no steps make no passes")
    func empty() throws {
        #expect(try StepGraph([]).passes.isEmpty)
    }
}
