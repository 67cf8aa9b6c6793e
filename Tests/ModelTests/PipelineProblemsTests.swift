import StageKit
import Testing

@testable import Model

@Suite("What stages find wrong is told where the pipeline says it")
struct PipelineProblemsTests {
    private let pipeline: Pipeline = {
        let text = "stages:\r\n  - uses: claims\n  - run: [x]\n    reads: [text, sentense]\n"
        func position(_ line: Int, _ column: Int, _ length: Int) -> SourcePosition {
            SourcePosition(file: "pipelines/a.yaml", line: line, column: column, length: length)
        }
        return Pipeline(
            path: "pipelines/a.yaml", projectFolder: ".", name: "a", title: "a", corpus: .init(include: ["x"]),
            stages: [
                StageUse(
                    id: "claims", position: position(2, 5, 1), work: .builtin("claims"),
                    places: [.uses: position(2, 11, 6)]),
                StageUse(
                    id: "mine", position: position(3, 5, 1),
                    work: .program(ProgramUse(command: ["x"], reads: ["text", "sentense"], writes: ["mine"])),
                    places: [.reads: position(4, 12, 1), .read("sentense"): position(4, 19, 8)]),
            ],
            inputs: [
                .init(path: "pipelines/a.yaml", shownPath: "pipelines/a.yaml", bytes: Array(text.utf8)),
                .init(path: "g.yaml", shownPath: "g.yaml", bytes: Array("a: 1\n\nb: 2".utf8)),
            ])
    }()

    private func report(_ problem: StepGraphProblem) -> String { pipeline.diagnostic(for: problem).rendered }

    @Test("a layer that nothing writes, at the place where it is read")
    func missing() {
        #expect(
            report(.missingLayer("sentense", stage: "mine", known: ["sentences", "text"])) == """
                pipelines/a.yaml:4:19: error: stage 'mine' reads layer 'sentense', which no stage writes. Did you mean \
                'sentences'? [missing-layer]
                    reads: [text, sentense]
                                  ^~~~~~~~
                """)
        #expect(
            report(.missingLayer("mentions", stage: "claims", known: ["source", "text"])) == """
                pipelines/a.yaml:2:11: error: stage 'claims' reads layer 'mentions', which no stage writes. There are: \
                'source', 'text'. [missing-layer]
                  - uses: claims
                          ^~~~~~
                """)
    }

    @Test("a layer that two stages write, at the second of them")
    func twice() {
        #expect(
            report(.writtenTwice("x", stages: ["mine", "claims"])) == """
                pipelines/a.yaml:2:11: error: layer 'x' is written by two stages: 'mine', 'claims'. Each layer is \
                written by one stage. [layer-written-twice]
                  - uses: claims
                          ^~~~~~
                """)
    }

    @Test("stages that need each other, with the layers between them")
    func circular() {
        #expect(
            report(.circular(stages: ["claims", "mine"], layers: ["x", "y"])) == """
                pipelines/a.yaml:2:11: error: stages depend on each other in a circle: 'claims', 'mine', through \
                'x', 'y'. Remove one of these dependencies. [circular-stages]
                  - uses: claims
                          ^~~~~~
                """)
    }

    @Test("a problem in a file that an option names, on its line")
    func file() {
        let problem = OptionProblem(option: "gazetteer", "'b' is no list", file: "g.yaml", line: 3, code: "bad-name")
        #expect(
            pipeline.diagnostic(for: problem, stage: "claims").rendered
                == "g.yaml:3: error: 'b' is no list [bad-name]\nb: 2")
    }

    @Test("a problem with an option, at the stage when the option is not written")
    func option() {
        let problem = OptionProblem(option: "window", "it is too wide", hint: "Take 5.")
        #expect(
            pipeline.diagnostic(for: problem, stage: "claims").rendered == """
                pipelines/a.yaml:2:11: error: option 'window' of stage 'claims': it is too wide. Take 5. [bad-option]
                  - uses: claims
                          ^~~~~~
                """)
        #expect(
            pipeline.diagnostic(for: problem, stage: "none").rendered
                == "pipelines/a.yaml: error: option 'window' of stage 'none': it is too wide. Take 5. [bad-option]")
    }
}
