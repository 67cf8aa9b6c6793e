import Model
import StageKit
import Testing

@testable import PipelineFile

@Suite("What a file may cost is bounded")
struct BoundsTests {
    private func ids(_ text: String) -> [String] {
        PipelineFile.tree(Array(text.utf8), name: "a.yaml").diagnostics.map(\.id)
    }

    @Test("lists may be 64 deep, not more")
    func depth() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(ids(nested(64)).isEmpty)
        #expect(ids(nested(65)) == ["too-deep"])
        #expect(ids(String(repeating: "[", count: 100_000)) == ["too-deep"])
        #expect(ids(String(repeating: "- ", count: 100_000)) == ["too-deep"])
        #expect(ids(String(repeating: "{a: ", count: 100_000)) == ["too-deep"])
    }

    @Test("aliases count with their depth, each one deeper than the last")
    func aliasDepth() {
        let text = "- &a0 []\n" + (1...100).map { "- &a\($0) [*a\($0 - 1)]\n" }.joined()
        #expect(ids(text) == ["too-deep"])
    }

    @Test("aliases that multiply are an error before they are written out")
    func aliasBomb() {
        let lists = (1...9).map { level in
            "- &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
        }
        #expect(ids("- &a0 [lol, lol, lol]\n" + lists.joined()) == ["alias-expansion"])
        let long = String(repeating: "x", count: 100_000)
        #expect(ids("- &a \(long)\n" + String(repeating: "- *a\n", count: 100)) == ["alias-expansion"])
    }

    @Test("a few aliases of a list are what aliases are for")
    func fewAliases() {
        let result = PipelineFile.tree(Array("a: &x [1, b]\nc: *x\nd: [*x, *x]".utf8), name: "a.yaml")
        let list = OptionValue.list([.integer(1), .string("b")])
        #expect(
            result.tree
                == .mapping([
                    OptionEntry("a", list, line: 1), OptionEntry("c", list, line: 2),
                    OptionEntry("d", .list([list, list]), line: 3),
                ]))
    }

    @Test("a hundred problems are told, and that there are more")
    func manyProblems() {
        let text = (0..<5000).map { "a\($0): *b\n" }.joined()
        let diagnostics = PipelineFile.tree(Array(text.utf8), name: "a.yaml").diagnostics
        #expect(diagnostics.count == 101)
        #expect(diagnostics.last?.rendered == "note: only the first 100 problems are shown [and-more]")
    }

    @Test("a pipeline of more than a mebibyte is refused by its size")
    func size() {
        let text = "# " + String(repeating: "x", count: 1 << 20)
        #expect(
            Sample.report(text) == """
                pipelines/a.yaml: error: the file is too large: 1 MiB, at most 1 MiB. Is it a pipeline? [too-large]
                """)
    }

    @Test("one very long line is shown around its mistake")
    func longLine() {
        let text = "a: [" + String(repeating: "x, ", count: 100_000) + "*b]"
        let lines = PipelineFile.tree(Array(text.utf8), name: "a.yaml").diagnostics.map(\.rendered).joined()
            .split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.dropFirst().allSatisfy { $0.count < 170 })
        #expect(lines[1].hasPrefix("…") && lines[1].hasSuffix("*b]"))
    }

    @Test("a key on a long line costs no walk along it", .timeLimit(.minutes(1)))
    func longFlowMapping() {
        let text = "{" + (0..<60_000).map { "k\($0): 1" }.joined(separator: ", ") + "}"
        #expect(ids(text).isEmpty)
    }
}
