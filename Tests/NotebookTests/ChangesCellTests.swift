import Foundation
import Model
import Results
import TestSupport
import Testing

@testable import Notebook

@Suite("A cell lists what differs from an earlier run")
struct ChangesCellTests {
    private static func text(_ baseline: String) -> String {
        "# Since then\n\n```{changes}\nbaseline: \(baseline)\ncaption: What is new\n```\n"
    }

    @Test("documents that came in are named")
    func changes() throws {
        let now = try NotebookFixture()
        let then = try NotebookFixture(Array(HandmadeCorpus.documents.dropLast()))
        let report = try now.report(Self.text(then.database.path))
        let last = try #require(HandmadeCorpus.documents.last?.id)
        #expect(report.contains("**What is new**"))
        #expect(report.contains("| document | new | \(MarkdownText.escaped(last)) |"))
        #expect(try now.report(Self.text(now.database.path)).contains("Nothing differs."))
    }

    @Test("a path is taken from the folder of the notebook, and the report depends on the file")
    func path() throws {
        let notebook = try Notebook(Self.text("old/then.sqlite"), file: "pipelines/n.md")
        #expect(notebook.baselines == ["pipelines/old/then.sqlite"])
    }

    @Test("a baseline that is not there or no results database is an error of the check")
    func mistakes() throws {
        let project = try TemporaryProject(["other.sqlite": "no database"])
        for (path, message) in [
            (project.path("gone.sqlite"), "there is no file"), (project.path("other.sqlite"), "is no results database"),
        ] {
            let problems = try Notebook(Self.text(path), file: "n.md").problems(parameters: [:])
            #expect(problems.map(\.id) == ["baseline"])
            #expect(problems.first?.message.contains(message) == true && problems.first?.line == 4)
        }
        #expect(throws: NotebookProblems.self) { try Notebook("```{changes}\n```\n", file: "n.md") }
    }
}
