import Digests
import Engine
import Foundation
import Model
import Results
import StageKit
import Store
import TestSupport
import Testing

@testable import Project

@Suite("Variants run the same analysis under other settings, for one report")
struct VariantRunTests {
    private static let notebook = """
        # Variants

        ```{table}
        over: variants
        sql: select count(*) as pairs, (select count(*) from documents) as documents from collocation_counts
        ```

        ```{query} pairs
        over: variants
        sql: select count(*) as n from collocation_counts
        ```

        {value}`select (select n from pairs where variant = 'window=9') >= (select n from pairs where variant = 'window=1')`
        {value}`select count(*) from variant_changes where subject = 'table'`
        {value}`select group_concat(variant, ' / ') from variants`
        {value}`select sum(value) from variant_settings where setting = 'window'`

        """

    private static func project(_ variants: String, notebook: String = Self.notebook) throws -> SampleProject {
        let pipeline =
            SampleProject.pipeline.replacing(
                "  - uses: summarize-statistics", with: "  - uses: summarize-statistics\n    with: { window: $window }")
            + "parameters: { window: 5 }\nnotebook: n.md\nvariants: \(variants)\n"
        let project = try SampleProject(pipeline: pipeline)
        try project.folder.write(notebook, to: "n.md")
        return project
    }

    private static func report(_ project: SampleProject, _ folder: String = "sample") throws -> String {
        String(decoding: try project.folder.bytes(of: "outputs/\(folder)/report.md"), as: UTF8.self)
    }

    private static func tables(_ project: SampleProject, _ path: String) throws -> [String: ContentDigest] {
        try ResultsDatabase(at: project.folder.path("outputs/\(path)/results.sqlite")).digests()
    }

    @Test("the results of a variant are those of a run with the same setting from nothing")
    func same() async throws {
        let project = try Self.project("{ window: [1, 9] }")
        try await project.run()
        for window in [1, 9] {
            let fresh = try project.fresh()
            let analysis = try Analysis(path: fresh.pipelinePath, settings: ["window=\(window)"])
            _ = try await PipelineRun(analysis, jobs: 2, observer: ToldEvents()).run()
            #expect(
                try Self.tables(project, "sample/variants/window-\(window)")
                    == Self.tables(fresh, "sample--window-\(window)"))
            let made = try ResultsDatabase(
                at: project.folder.path("outputs/sample/variants/window-\(window)/results.sqlite"))
            #expect(try made.digests() == made.recomputedDigests())
        }
        let report = try Self.report(project)
        #expect(report.contains("| as written |") && report.contains("| window=1 |") && report.contains("| window=9 |"))
        #expect(report.contains("as written / window=1 / window=9"))
        #expect(report.contains("\n10\n") || report.hasSuffix("10\n"))
        #expect(!project.folder.exists("outputs/sample/variants/window-1/report.md"))
    }

    @Test("a variant runs only what its setting changes, and nothing when nothing has changed")
    func cached() async throws {
        let project = try Self.project("{ window: [1, 9] }")
        try await project.run()
        let analysis = try project.analysis().variants()
        #expect(analysis.map(\.name) == ["as written", "window=1", "window=9"])
        let store = try ProjectStore(of: project.analysis().pipeline, tell: { _ in }).open()
        let text = try #require(try store.runs(of: "sample/variants/window-1", limit: 1).first)
        let record = try #require(RunRecord(json: text.1, number: text.0))
        #expect(
            record.steps.filter { $0.ran > 0 }.map(\.step) == ["summarize-statistics.neighbours"])
        #expect(try await project.run().isUnchanged)

        // an edited document is an edited document of every variant
        try project.folder.write("The harbour office said that 50 boats had come in.\n", to: "corpus/wire/budget.txt")
        #expect(try await !project.run().isUnchanged)
        let fresh = try project.fresh()
        try await fresh.run()
        #expect(try Self.report(project) == Self.report(fresh))
        #expect(
            try project.folder.bytes(of: "pipelines/sample.lock") == fresh.folder.bytes(of: "pipelines/sample.lock"))
    }

    @Test("a variant with the settings of the pipeline is the pipeline as it is written, and is not run again")
    func asWritten() async throws {
        let project = try Self.project("{ window: [5, 9] }")
        try await project.run()
        #expect(try project.analysis().variants().map(\.isAsWritten) == [true, false])
        #expect(!project.folder.exists("outputs/sample/variants/window-5"))
        #expect(try Self.report(project).contains("window=5 / window=9"))
    }

    @Test("results of a variant that the pipeline has no more are taken away")
    func gone() async throws {
        let project = try Self.project("{ window: [1, 9] }")
        try await project.run()
        let text = String(decoding: try project.folder.bytes(of: "pipelines/sample.yaml"), as: UTF8.self)
        try project.folder.write(text.replacing("[1, 9]", with: "[9]"), to: "pipelines/sample.yaml")
        let notebook = Self.notebook.replacing("window=1'", with: "window=9'")
        try project.folder.write(notebook, to: "n.md")
        try await project.run()
        #expect(!project.folder.exists("outputs/sample/variants/window-1"))
        #expect(project.folder.exists("outputs/sample/variants/window-9/results.sqlite"))
    }

    @Test("what is wrong with a variant is an error at its place")
    func mistakes() async throws {
        let project = try Self.project("{ window: [1, many], summarize-statistics.windw: [2] }")
        let problems = try await PipelineCheck(project.analysis(), tell: { _ in }).problems
        #expect(Set(problems.map(\.id)) == ["unknown-option", "wrong-type"] && problems.count == 2, "\(problems)")
        #expect(problems.allSatisfy { $0.file?.hasSuffix("sample.yaml") == true && $0.column ?? 0 > 0 })
    }

    @Test("a variant that selects nothing is told at its place, by the check and by the run")
    func nothingSelected() async throws {
        let project = try Self.project("{ corpus.where.document: ['corpus/nowhere/*'] }")
        let check = try await PipelineCheck(project.analysis(), tell: { _ in })
        #expect(check.problems.map(\.id) == ["unknown-value"] || check.problems.map(\.id) == ["nothing-selected"])
        #expect(check.problems.first?.file?.hasSuffix("sample.yaml") == true)
        do {
            try await project.run()
            #expect(Bool(false))
        } catch let problem as ProjectProblem {
            #expect(problem.diagnostics == check.problems)
        }
    }

    private static let counts = """
        ```{table}
        over: variants
        sql: select count(*) as documents from documents
        ```

        ```{table}
        sql: |
          select variant, count(*) filter (where subject = 'entity') as names,
            count(*) filter (where subject = 'claim') as claims, count(*) filter (where subject = 'question') as questions,
            count(*) filter (where subject = 'figure') as figures
          from variants left join variant_changes using (variant) where not as_written group by n order by n
        ```

        """

    @Test("a matrix of two settings makes four variants, and steps that they share run once")
    func matrix() async throws {
        let project = try Self.project(
            "{ window: [1, 9], corpus.where.document: ['corpus/wire/*', 'corpus/courier/*'] }", notebook: Self.counts)
        try await project.run()
        let names = try project.analysis().variants().map(\.name)
        #expect(names.count == 5 && names[1] == "window=1, corpus.where.document=corpus/wire/*")
        let report = try Self.report(project)
        #expect(report.contains("| as written | 4 |"))
        for name in names.dropFirst() {
            let shown = name.replacing("*", with: "\\*")
            #expect(report.contains("| \(shown) | 2 |"), "\(report)")
            #expect(report.ranges(of: "| \(shown) |").count == 2)
        }
        // what is computed for a document by itself is the same for all of them
        let store = try ProjectStore(of: project.analysis().pipeline, tell: { _ in }).open()
        for variant in try project.analysis().variants().dropFirst() {
            let text = try #require(try store.runs(of: variant.analysis.outputName, limit: 1).first)
            let record = try #require(RunRecord(json: text.1, number: text.0))
            let ran = Set(record.steps.filter { $0.ran > 0 }.map(\.step))
            #expect(
                ran.isDisjoint(with: ["clean.read", "segment.cut", "tag-entities.mentions", "link-claims.claims"]),
                "\(ran)")
        }
    }

    @Test("names of variants may have any signs, and one without a letter is an error")
    func oddNames() async throws {
        let project = try Self.project(
            #"[{ name: "a | b *c* <x> / ..\\", set: { window: 2 } }, { name: "../../x", set: { window: 3 } }]"#,
            notebook: Self.counts)
        try await project.run()
        let report = try Self.report(project)
        #expect(
            report.contains(#"| a \| b \*c\* \<x\> / ..\\ | 4 |"#) && report.contains("| ../../x | 4 |"), "\(report)")
        #expect(project.folder.exists("outputs/sample/variants/window-3/results.sqlite"))
        #expect(throws: ProjectProblem.self) {
            try Self.project(#"[{ name: " ", set: { window: 2 } }]"#).analysis()
        }
    }

    @Test("the built-in report tells what differs, and a frozen run takes a variant's results for what the lock has")
    func builtIn() async throws {
        let project = try Self.project("{ link-claims.author-claims: [none, all] }")
        let path = "pipelines/sample.yaml"
        let text = String(decoding: try project.folder.bytes(of: path), as: UTF8.self)
        try project.folder.write(text.replacing("notebook: n.md\n", with: ""), to: path)
        try await project.run()
        let report = try Self.report(project)
        #expect(report.contains("## Variants") && report.contains("| link-claims.author-claims=all | claims |"))
        let frozen = PipelineRun(try project.analysis(), jobs: 2, isFrozen: true, observer: ToldEvents())
        #expect(try await frozen.run().isUnchanged)
        let lock = String(decoding: try project.folder.bytes(of: "pipelines/sample.lock"), as: UTF8.self)
        #expect(lock.contains("\nvariant link-claims.author-claims-all "))
    }
}
