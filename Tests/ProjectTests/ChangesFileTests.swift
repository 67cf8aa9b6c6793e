import Foundation
import TestSupport
import Testing

@testable import Project

@Suite("What a run says of its changes")
struct ChangesFileTests {
    private let path = "outputs/sample/changes.md"

    private func changes(of project: SampleProject) throws -> String? {
        FileManager.default.fileExists(atPath: project.folder.path(path)) ? try project.folder.text(of: path) : nil
    }

    @Test("a first run writes none, and a run that changes nothing leaves the file as it is")
    func quiet() async throws {
        let project = try SampleProject()
        try await project.run()
        #expect(try changes(of: project) == nil)
        try project.folder.write("Rain\n\nUlla Brandt said that 70 houses were flooded.\n", to: "corpus/wire/rain.txt")
        try await project.run()
        let first = try #require(try changes(of: project))
        try await project.run()
        #expect(try changes(of: project) == first)
        // The database is written anew, with the same rows.
        try project.folder.remove(".colophon")
        try await project.run()
        #expect(try changes(of: project) == first)
        try project.folder.remove("outputs/sample/results.sqlite")
        try project.folder.remove(".colophon")
        try await project.run()
        #expect(try changes(of: project) == nil)
    }

    @Test("documents and what is read from them are told with their cause, as the comparison of two folders tells them")
    func edits() async throws {
        let project = try SampleProject()
        try await project.run()
        let before = project.folder.path("before")
        try FileManager.default.copyItem(atPath: project.folder.path("outputs/sample"), toPath: before)
        try project.folder.write(
            "Rain\n\nUlla Brandt said that 70 <b>houses</b> were flooded.\n", to: "corpus/wire/rain.txt")
        try project.folder.write(
            SampleProject.documents["corpus/courier/talks.txt"]?.replacing("25 dockers", with: "35 dockers") ?? "",
            to: "corpus/courier/talks.txt")
        try project.folder.remove("corpus/wire/budget.txt")
        try await project.run()
        let text = try #require(try changes(of: project))
        for line in [
            "# What the last run changed", "## Documents: 1 new, 1 gone, 1 different",
            "- new: corpus/wire/rain.txt [→](../../corpus/wire/rain.txt)", "- gone: corpus/wire/budget.txt",
            "- different: corpus/courier/talks.txt (edited) [→](../../corpus/courier/talks.txt)",
        ] { #expect(text.split(separator: "\n").contains { $0 == line }, "\(line)") }
        #expect(text.contains("\n- new: that 70 \\<b\\>houses\\</b\\> were flooded. (Ulla Brandt), line 3"))
        for cause in ["wire/budget.txt removed", "courier/talks.txt edited", "wire/rain.txt added"] {
            #expect(text.contains("\n**corpus/\(cause): "))
        }
        let compared = try await ComparedSide.compare(ComparedSide(before), ComparedSide(project.pipelinePath), jobs: 2)
        #expect(compared.markdown(title: "What the last run changed", projectFolder: "../..") == text)
    }

    @Test("neither lock nor report depends on it, and a run that is not to change the lock writes none")
    func frozen() async throws {
        let project = try SampleProject()
        try await project.run()
        try project.folder.write("Rain\n\nUlla Brandt said that 70 houses were flooded.\n", to: "corpus/wire/rain.txt")
        await #expect(throws: (any Error).self) {
            try await PipelineRun(project.analysis(), jobs: 2, isFrozen: true, observer: ToldEvents()).run()
        }
        #expect(try changes(of: project) == nil)
        try await project.run()
        let outputs = try project.outputs()
        #expect(
            outputs
                == (try await {
                    let fresh = try project.fresh(); try await fresh.run(); return try fresh.outputs()
                }()))
        try project.folder.remove(path)
        #expect(try await project.run().isUnchanged)
    }

    @Test("a change of an option is told as the cause, though every document has other rows")
    func option() async throws {
        let project = try SampleProject()
        try await project.run()
        try project.folder.write(
            SampleProject.pipeline.replacing(
                "uses: link-claims", with: "uses: link-claims\n    with: {author-claims: all}"),
            to: "pipelines/sample.yaml")
        try await project.run()
        let text = try #require(try changes(of: project))
        #expect(text.contains("## Settings: 1 different") && text.contains("\n**stage link-claims changed: "))
        #expect(!text.contains("## Documents"))
    }
}
