import Model
import StageKit
import Testing

@testable import PipelineFile

@Suite("Included files come first, and the including file has the last word")
struct IncludeTests {
    private let shared = """
        title: Theirs
        corpus: { include: theirs/*.txt, exclude: x/** }
        parameters: { window: 1, share: 0.5 }
        stages: [uses: clean]
        """

    @Test("values of the including file win, parameters are merged, stages are joined")
    func merging() throws {
        let text = """
            include: shared.yaml
            title: Mine
            corpus: { include: mine/*.txt }
            parameters: { label: x, window: 2 }
            stages:
              - { uses: summarize-statistics, with: { window: $window, share: $share } }
            """
        let result = Sample.load(text, files: ["pipelines/shared.yaml": shared])
        let pipeline = try #require(result.pipeline, "\(result.diagnostics)")
        #expect(pipeline.title == "Mine")
        #expect(pipeline.corpus == Pipeline.Corpus(include: ["mine/*.txt"], exclude: ["x/**"]))
        #expect(pipeline.parameters.map(\.name) == ["window", "share", "label"])
        #expect(pipeline.stages.map(\.id) == ["clean", "summarize-statistics"])
        #expect(pipeline.stages[1].options == ["window": .integer(2), "share": .real(0.5)])
        #expect(pipeline.stages[0].position.file == "pipelines/shared.yaml")
        #expect(pipeline.inputs.map(\.path) == ["pipelines/a.yaml", "pipelines/shared.yaml"])
    }

    @Test("a later included file wins over an earlier one, and one that is included twice counts once")
    func diamond() throws {
        let files = [
            "parts/one.yaml": "include: [../pipelines/shared.yaml]\ntitle: One",
            "parts/two.yaml": "include: [../pipelines/shared.yaml]\ntitle: Two",
            "pipelines/shared.yaml": shared,
        ]
        let result = Sample.load("include: [../parts/one.yaml, ../parts/two.yaml]", files: files)
        let pipeline = try #require(result.pipeline, "\(result.diagnostics)")
        #expect(pipeline.title == "Two")
        #expect(pipeline.stages.count == 1)
    }

    @Test("eight files may include each other in a row, not nine")
    func depth() {
        func report(_ count: Int) -> [String] {
            var files: [String: String] = [:]
            for k in 1..<count { files["pipelines/\(k).yaml"] = "include: \(k + 1).yaml" }
            files["pipelines/\(count).yaml"] = shared
            return Sample.load("include: 1.yaml", files: files).diagnostics.map(\.id)
        }
        #expect(report(8).isEmpty)
        #expect(report(9) == ["include-depth"])
    }
}
