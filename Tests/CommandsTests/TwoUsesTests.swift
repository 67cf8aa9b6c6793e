import Foundation
import Model
import Project
import Results
import StageKit
import TestSupport
import Testing

@testable import Commands

@Suite("One stage used twice, and two pipelines of one name")
struct TwoUsesTests {
    /// The sample with the last stage used twice.
    private func twice(_ first: Int, _ second: Int) -> String {
        SampleProject.pipeline.replacing(
            "  - uses: summarize-statistics\n",
            with: """
                  - uses: summarize-statistics
                    with: {window: \(first)}
                  - uses: summarize-statistics
                    id: Wide-window
                    with: {window: \(second)}

                """)
    }

    private func together(_ project: SampleProject, _ prefix: String = "") throws -> [[String]] {
        try project.query("select * from \(prefix)collocation_counts order by 1, 2, 3")
    }

    @Test("each use has results of its own, which are those of a pipeline with that use alone")
    func twoUses() async throws {
        let project = try SampleProject(pipeline: twice(2, 9))
        #expect(await project.run() == 0)
        var alone: [Int: [[String]]] = [:]
        for window in [2, 9] {
            let other = try SampleProject(
                pipeline: SampleProject.pipeline + "    with: {window: \(window)}\n")
            try #require(await other.run() == 0)
            alone[window] = try together(other)
        }
        #expect(alone[2] != alone[9])
        #expect(try together(project) == alone[2])
        #expect(try together(project, "wide_window_") == alone[9])
        #expect(try !project.query("select * from wide_window_terms").isEmpty)
        #expect(await Colophon.run(["verify", project.pipelinePath, "--quiet", "--sample", "100%"]) == 0)

        // Another pipeline on the same store finds the right results, whichever window it asks for.
        for window in [9, 2] {
            try project.folder.write(
                SampleProject.pipeline + "    with: {window: \(window)}\n", to: "pipelines/sample.yaml")
            #expect(await project.run() == 0)
            #expect(try together(project) == alone[window])
        }
        #expect(try project.query("select name from sqlite_master where name like 'wide_window%'").isEmpty)
    }

    @Test("a notebook reads the tables of each use, and 'check' knows them before there are results")
    func notebook() async throws {
        let project = try SampleProject(pipeline: twice(2, 9) + "notebook: n.md\n")
        try project.folder.write(
            "{value}`select count(*) from wide_window_terms` terms, {value}`select count(*) from terms`.\n", to: "n.md")
        #expect(await Colophon.run(["check", project.pipelinePath]) == 0)
        try #require(await project.run() == 0)
        let terms = try #require(try project.query("select count(*) from terms").first?.first)
        #expect(try project.folder.text(of: "outputs/sample/report.md").contains("\(terms) terms, \(terms)."))
        let results = try ResultsDatabase(at: project.folder.path("outputs/sample/results.sqlite"))
        #expect(try results.publicTables().contains("wide_window_terms"))

        try project.folder.write("{value}`select count(*) from narrow_window_terms`\n", to: "n.md")
        #expect(await Colophon.run(["check", project.pipelinePath]) == 2)
    }

    @Test("a change of one use reaches its own tables and no others")
    func change() async throws {
        let project = try SampleProject(pipeline: twice(2, 9))
        try #require(await project.run() == 0)
        let before = try together(project)
        try project.folder.write(twice(2, 1), to: "pipelines/sample.yaml")
        #expect(await project.run() == 0)
        #expect(try together(project) == before)
        let fresh = try project.fresh()
        try #require(await fresh.run() == 0)
        #expect(try fresh.outputs() == project.outputs())
        #expect(try together(fresh, "wide_window_") == together(project, "wide_window_"))
        let ran = try project.record().steps.filter { $0.ran > 0 }.map(\.stage)
        #expect(Set(ran) == ["Wide-window"])
    }

    @Test("a second use of a stage of documents has layers and tables under its own name")
    func layers() async throws {
        let gazetteer = "- name: Harbour Union\n  type: organization\n  aliases: [NHU]\n"
        let pipeline = SampleProject.pipeline.replacing(
            "  - uses: link-claims\n",
            with: """
                  - uses: tag-entities
                    id: listed
                    with: {gazetteer: names.yaml}
                  - uses: link-claims

                """)
        let project = try SampleProject(pipeline: pipeline)
        try project.folder.write(gazetteer, to: "names.yaml")
        #expect(await project.run() == 0)
        let plain = try SampleProject()
        try #require(await plain.run() == 0)
        let query = "select document, start, end, type, entity from"
        #expect(
            try project.query("\(query) mentions order by 1, 2, 3") == plain.query("\(query) mentions order by 1, 2, 3")
        )
        #expect(try !project.query("select * from listed_mentions where text = 'NHU'").isEmpty)
        #expect(try project.query("\(query) listed_mentions") != plain.query("\(query) mentions"))
    }

    @Test("ids whose tables would have one name are refused")
    func sameTables() async throws {
        let uses = ["a-b", "a_b"].map { "  - uses: summarize-statistics\n    id: \($0)\n" }.joined()
        let project = try SampleProject(pipeline: SampleProject.pipeline + uses)
        #expect(await Colophon.run(["check", project.pipelinePath]) == 2)
    }

    @Test(
        "a pipeline does not write over the results of another one of its name, as long as that is there",
        arguments: ["pipelines/sample.yml", "sample.yaml"])
    func sameName(path: String) async throws {
        let project = try SampleProject()
        try #require(await project.run() == 0)
        let before = try project.outputs()
        let other = SampleProject.pipeline.replacing("A sample", with: "Another")
        try project.folder.write(other, to: path)
        #expect(await Colophon.run(["run", project.folder.path(path), "--quiet"]) == 2)
        #expect(try project.outputs() == before)
        #expect(await project.run() == 0)
        try FileManager.default.removeItem(atPath: project.pipelinePath)
        #expect(await Colophon.run(["run", project.folder.path(path), "--quiet"]) == 0, "its owner is gone")
    }

    @Test("the lock that a run writes is no document, and neither is another pipeline's")
    func ownLock() async throws {
        let pipeline = SampleProject.pipeline.replacing("corpus/**/*.{txt,md,html}", with: "'**/*'")
        let project = try SampleProject(pipeline: pipeline)
        try project.folder.write("A list of things. The lock of the gate is old.\n", to: "pipelines/gate.lock")
        try project.folder.write(pipeline.replacing("A sample", with: "Second"), to: "pipelines/second.yml")
        for name in ["sample.yaml", "second.yml", "sample.yaml", "second.yml"] {
            #expect(await Colophon.run(["run", project.folder.path("pipelines/\(name)"), "--quiet"]) == 0)
        }
        let runs = try project.records().count
        #expect(runs == 1, "the second run of each pipeline has nothing to do")
        let documents = try project.query("select document from documents").map { $0[0] }
        #expect(documents.contains("pipelines/gate.lock") && documents.contains("pipelines/second.yml"))
        #expect(!documents.contains { $0.hasSuffix("sample.lock") || $0.hasSuffix("second.lock") })
    }
}
