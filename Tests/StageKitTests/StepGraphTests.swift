import StageKit
import Testing

@Suite("The order of steps")
struct StepGraphTests {
    private func step(
        _ name: String, reads: [LayerName] = [], writes: [LayerName] = [], stage: String? = nil
    ) -> Step {
        Step(
            stage: stage ?? name, contract: StepContract(name, reads: reads, writes: writes), shape: .program,
            fingerprint: "")
    }

    @Test("steps run after those whose layers they read, whatever the order in which they are given")
    func order() throws {
        let steps = [
            step("c", reads: ["b"], writes: ["c"]), step("a", reads: ["source"], writes: ["a"]),
            step("b", reads: ["a"], writes: ["b"]),
        ]
        let graph = try StepGraph(steps)
        #expect(graph.passes.count == 1)
        #expect(graph.steps.map(\.name) == ["a", "b", "c"])
    }

    @Test("a fold closes a pass, and the join that asks for its decisions opens the next")
    func passes() throws {
        let graph = try StepGraph(try Step.prepare(ToyStage.self))
        #expect(graph.passes.count == 2)
        #expect(graph.passes[0].documentSteps.map(\.name) == ["toy.cut"])
        #expect(graph.passes[0].folds.map(\.name) == ["toy.count"])
        #expect(graph.passes[0].finishes.map(\.name) == ["toy.group"])
        #expect(graph.passes[1].documentSteps.map(\.name) == ["toy.name"])
    }

    @Test("what reads a layer of a later pass runs in that pass")
    func laterPass() throws {
        let graph = try StepGraph(try Step.prepare(ToyStage.self) + [step("after", reads: ["called"])])
        #expect(graph.passes[1].documentSteps.map(\.name) == ["toy.name", "after"])
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

    @Test("no steps make no passes")
    func empty() throws {
        #expect(try StepGraph([]).passes.isEmpty)
    }
}
