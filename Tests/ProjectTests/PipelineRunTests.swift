import Foundation
import Model
import Store
import TestSupport
import Testing

@testable import Project

@Suite("Runs of a pipeline without a terminal")
struct PipelineRunTests {
    @Test("a run tells what it left out and how far it is, and gives its record and where the report is")
    func events() async throws {
        let project = try SampleProject()
        try project.folder.write("", to: "corpus/wire/empty.txt")
        let told = ToldEvents()
        let summary = try await project.run(observer: told)
        #expect(summary.record.documents == 4 && summary.record.leftOut == 1 && !summary.isUnchanged)
        #expect(summary.report == project.folder.path("outputs/sample/report.md"))
        #expect(told.leftOut.map(\.id) == ["corpus/wire/empty.txt"])
        #expect(told.all.contains { if case .progress = $0 { true } else { false } })

        let again = try await project.run()
        #expect(again.isUnchanged && again.record.ranCount == 0)
    }

    @Test("a corpus without a document is a failure, and a pipeline that is none is wrong usage")
    func problems() async throws {
        let project = try SampleProject([:])
        await #expect {
            try await project.run()
        } throws: { error in
            let problem = error as? ProjectProblem
            return problem?.kind == .failure && problem?.diagnostics.map(\.id) == ["empty-corpus"]
        }
        let wrong = try SampleProject(pipeline: "corpus: {include: a}\nstages:\n  - uses: claen\n  - uses: segmnt\n")
        #expect {
            try wrong.analysis()
        } throws: { error in
            let problem = error as? ProjectProblem
            return problem?.kind == .usage && problem?.diagnostics.count == 2
        }
    }

    @Test(
        "a notebook includes no file from outside the project",
        arguments: ["/etc/hostname", "../../secret.md", "link.md"])
    func outside(path: String) async throws {
        let project = try SampleProject(pipeline: SampleProject.pipeline + "notebook: n.md\n")
        let other = try TemporaryProject()
        try other.write("a secret\n", to: "secret.md")
        try FileManager.default.createSymbolicLink(
            atPath: project.folder.path("link.md"), withDestinationPath: other.path("secret.md"))
        try project.folder.write("```{include} \(path)\n```\n", to: "n.md")
        let problem = await #expect(throws: ProjectProblem.self) { try await project.run() }
        #expect(problem?.diagnostics.map(\.id) == ["include"])
    }

    @Test("a notebook whose query is wrong is wrong usage before anything is written")
    func notebook() async throws {
        let project = try SampleProject(pipeline: SampleProject.pipeline + "notebook: n.md\n")
        try project.folder.write("{value}`select count(*) from no_such_table`\n", to: "n.md")
        await #expect {
            try await project.run()
        } throws: { error in
            (error as? ProjectProblem)?.kind == .usage
        }
        #expect(!project.folder.exists("outputs/sample/report.md") && !project.folder.exists(".colophon"))
    }

    @Test("results of a pipeline that has not been run are a failure that names the command")
    func noResults() throws {
        let project = try SampleProject()
        #expect {
            try project.analysis().lastResults()
        } throws: { error in
            let problem = error as? ProjectProblem
            return problem?.kind == .failure && problem?.diagnostics.first?.hint?.contains("colophon run") == true
        }
    }

    @Test("warnings about a pipeline keep nothing from running")
    func warnings() async throws {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline.replacing("corpus/**/*.{txt,md,html}", with: "['corpus/**', 'none/**']"))
        let told = ToldEvents()
        try await project.run(observer: told)
        #expect(told.diagnostics.map(\.id) == ["empty-pattern"])
    }
}
