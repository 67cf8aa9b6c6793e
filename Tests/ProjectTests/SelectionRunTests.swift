import Corpus
import Engine
import Foundation
import Model
import Results
import StageKit
import Store
import TestSupport
import Testing

@testable import Project

@Suite("A run over the documents that a pipeline selects")
struct SelectionRunTests {
    private static let pipeline = SampleProject.pipeline.replacing(
        "include: corpus/**/*.{txt,md,html}",
        with: "include: corpus/**/*.{txt,md,html}\n  metadata: corpus/metadata.csv")

    private static func project(where conditions: String? = nil, include: String? = nil) throws -> SampleProject {
        var text = pipeline
        if let conditions {
            text = text.replacing(
                "metadata: corpus/metadata.csv", with: "metadata: corpus/metadata.csv\n  where: \(conditions)")
        }
        if let include { text = text.replacing("corpus/**/*.{txt,md,html}", with: include) }
        let project = try SampleProject(pipeline: text)
        let rows = SampleProject.documents.keys.sorted().map {
            "\($0),\($0.contains("courier") ? "The Courier" : "The Wire"),2024-0\($0.count % 9 + 1)-01\n"
        }
        try project.folder.write("document,publisher,date\n" + rows.joined(), to: "corpus/metadata.csv")
        return project
    }

    private static func tables(_ project: SampleProject, _ settings: String...) throws -> [String: ContentDigest] {
        var tables = try Analysis(path: project.pipelinePath, settings: settings).lastResults().digests()
        tables["left_out"] = nil
        return tables
    }

    @Test("the results are those of a corpus of the selected files alone")
    func same() async throws {
        let selecting = try Self.project(where: "{ publisher: The Courier }")
        let summary = try await selecting.run()
        #expect(summary.record.documents == 2 && summary.record.unselected == 2 && summary.record.leftOut == 0)
        let alone = try Self.project(include: "corpus/courier/*.txt")
        try await alone.run()
        #expect(try Self.tables(selecting) == Self.tables(alone))
        let report = String(decoding: try selecting.folder.bytes(of: "outputs/sample/report.md"), as: UTF8.self)
        #expect(report.contains("2 documents are not selected"))
        #expect(report.contains("publisher is 'The Courier'"))
        let lock = String(decoding: try selecting.folder.bytes(of: "pipelines/sample.lock"), as: UTF8.self)
        #expect(lock.contains("option corpus.where.publisher publisher is 'The Courier'\n"))
    }

    @Test("a condition that is set for a run takes every result of a document from the cache")
    func cached() async throws {
        let project = try Self.project()
        try await project.run()
        let analysis = try project.analysis("corpus.where.publisher=The Courier")
        let prediction = try await RunPrediction(of: analysis, jobs: 2, tell: { _ in })
        #expect(prediction.corpus.unselected.count == 2)
        #expect(prediction.prediction.removed.count == 2)
        let summary = try await PipelineRun(analysis, jobs: 2, observer: ToldEvents()).run()
        let mapped = summary.record.steps.filter { $0.step.hasSuffix(".read") || $0.step.hasSuffix(".names") }
        #expect(!mapped.isEmpty)
        #expect(mapped.allSatisfy { $0.ran == 0 }, "\(mapped)")
        let alone = try Self.project(include: "corpus/courier/*.txt")
        try await alone.run()
        #expect(try Self.tables(project, "corpus.where.publisher=The Courier") == Self.tables(alone))
    }

    @Test("a document that comes in and is not selected makes the list of those longer, and nothing else")
    func unselected() async throws {
        let project = try Self.project(where: "{ publisher: The Courier }")
        try await project.run()
        try project.folder.write("A new text.\n", to: "corpus/new.txt")
        let summary = try await project.run()
        #expect(!summary.isUnchanged && summary.record.ranCount == 0 && summary.record.unselected == 3)
        #expect(try await project.run().isUnchanged)
    }

    @Test("a value that no document has ends the run, before anything is written")
    func unknown() async throws {
        let project = try Self.project(where: "{ publisher: The Courrier }")
        await #expect(throws: ProjectProblem.self) { try await project.run() }
        #expect(!project.folder.exists("outputs/sample/report.md"))
        let check = try await PipelineCheck(project.analysis(), tell: { _ in })
        #expect(check.problems.map(\.id) == ["unknown-value"])
        #expect(check.problems.first?.sourceLine == "  where: { publisher: The Courrier }")
        #expect(check.problems.first?.hint == "Did you mean 'The Courier'?")
    }

    @Test("front matter, the head of a page and the columns of records select documents, also as a variant")
    func heads() async throws {
        var documents = SampleProject.documents
        documents["corpus/gale/one.md"] = """
            ---
            publisher: The Gale
            desk: harbour
            ---
            Petra Holm said that 12 boats had come in.
            """
        documents["corpus/gale/two.html"] = """
            <html><head><meta property="og:site_name" content="The Gale"><title>Boats</title></head>
            <body><p>The harbour office said that 14 boats had come in on Monday morning.</p></body></html>
            """
        documents["corpus/records.csv"] = """
            id,text,publisher,desk
            r1,The union said that nobody had asked it.,The Gale,harbour
            r2,The mayor said that the budget was sound.,The Wire,town

            """
        let pipeline = SampleProject.pipeline.replacing("{txt,md,html}", with: "{txt,md,html,csv}")
        func with(_ conditions: String, _ rest: String = "") -> String {
            pipeline.replacing("stages:", with: "  where: \(conditions)\nstages:") + rest
        }
        let project = try SampleProject(documents, pipeline: with("{ publisher: The Gale }"))
        let summary = try await project.run()
        #expect(summary.record.documents == 3 && summary.record.unselected == 5)
        #expect(try await project.run().isUnchanged)
        let prediction = try await RunPrediction(
            of: project.analysis("corpus.where.desk=town", "corpus.where.publisher=null"), jobs: 2, tell: { _ in })
        #expect(prediction.corpus.tree.entries.map(\.id) == ["corpus/records.csv#r2"])

        // what one of them says of itself now counts
        let edited = documents["corpus/gale/one.md"]?.replacing("The Gale", with: "The Wire") ?? ""
        try project.folder.write(edited, to: "corpus/gale/one.md")
        #expect(try await project.run().record.documents == 2)

        let check = try await PipelineCheck(project.analysis("corpus.where.desc=town"), tell: { _ in })
        #expect(check.problems.map(\.message) == ["no document has a column 'desc'"])
        #expect(check.problems.first?.hint == "Did you mean 'desk'?")

        let notebook = "```{table}\nover: variants\nsql: select count(*) as documents from documents\n```\n"
        let varied = try SampleProject(
            documents,
            pipeline: with(
                "{ desk: $desk }",
                "parameters: { desk: harbour }\nvariants: { desk: [harbour, town] }\nnotebook: n.md\n"
            ))
        try varied.folder.write(notebook, to: "n.md")
        try await varied.run()
        let report = String(decoding: try varied.folder.bytes(of: "outputs/sample/report.md"), as: UTF8.self)
        #expect(report.contains("| desk=harbour | 2 |") && report.contains("| desk=town | 1 |"), "\(report)")
    }
}
