import Foundation
import Model
import Store
import TestSupport
import Testing

@testable import Project

@Suite("Runs that may not change the lock")
struct FrozenTests {
    private func frozen(_ project: SampleProject) async throws {
        _ = try await PipelineRun(project.analysis(), jobs: 2, isFrozen: true, observer: ToldEvents()).run()
    }

    /// What a frozen run says; fails where it does not end with a difference, or writes anything. The file of the results may
    /// be written where its rows are those of the lock.
    private func differences(_ project: SampleProject, butResults: Bool = false) async throws -> [Diagnostic] {
        func files(_ project: SampleProject) throws -> [String: [UInt8]] {
            try self.files(project).filter { !butResults || !$0.key.contains(".sqlite") }
        }
        let before = try files(project)
        var found: [Diagnostic] = []
        await #expect {
            try await frozen(project)
        } throws: { error in
            guard let problem = error as? ProjectProblem, problem.kind == .difference else { return false }
            found = problem.diagnostics
            return true
        }
        #expect(try files(project) == before)
        return found
    }

    /// Every file but the cache.
    private func files(_ project: SampleProject) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: project.folder.path())
        where !name.hasPrefix(".colophon") {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: project.folder.path(name), isDirectory: &isFolder)
            files[name] = isFolder.boolValue ? [] : try project.folder.bytes(of: name)
        }
        return files
    }

    @Test("a frozen run from nothing gives what the lock says, and one over the same inputs changes nothing")
    func same() async throws {
        let project = try SampleProject()
        try await project.run()
        try await frozen(project)
        let fresh = try project.fresh()
        try fresh.folder.write(try project.folder.bytes(of: "pipelines/sample.lock"), to: "pipelines/sample.lock")
        try await frozen(fresh)
        #expect(try fresh.outputs() == project.outputs())
    }

    @Test("documents that are new, edited and gone are named each with its line, without the run that wrote the lock")
    func documents() async throws {
        let project = try SampleProject()
        try await project.run()
        try project.folder.write("Rain\n\nTom Reed said that it rained.\n", to: "corpus/wire/rain.txt")
        try project.folder.write("Calm\n\nThe weather service saw no storm.\n", to: "corpus/wire/weather.txt")
        try project.folder.remove("corpus/wire/budget.txt")
        try project.folder.remove(".colophon")
        let found = try await differences(project)
        #expect(
            found.map { $0.message.replacing("the lock would change: ", with: "") } == [
                "the document 'corpus/wire/budget.txt' is gone", "the document 'corpus/wire/rain.txt' is new",
                "the document 'corpus/wire/weather.txt' was edited",
            ])
        let lines = try project.folder.text(of: "pipelines/sample.lock").split(separator: "\n")
        for problem in found where !problem.message.contains("rain.txt") {
            let line = try #require(problem.line)
            #expect(problem.message.contains("'\(lines[line - 1].split(separator: " ")[1])'"))
        }
    }

    @Test("a row of the metadata file that is another is told as such, and not as an edit")
    func metadata() async throws {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline.replacing(
                "  include: corpus/**/*.{txt,md,html}", with: "  include: corpus/**/*.txt\n  metadata: rows.csv"))
        let rows = "document,publisher\ncorpus/wire/budget.txt,The Wire\ncorpus/wire/weather.txt,The Wire\n"
        try project.folder.write(rows, to: "rows.csv")
        try await project.run()
        try project.folder.write(rows.replacing("weather.txt,The Wire", with: "weather.txt,The Post"), to: "rows.csv")
        try project.folder.remove(".colophon")
        #expect(
            try await differences(project).map(\.message) == [
                "the lock would change: the document 'corpus/wire/weather.txt' has another row in the metadata file"
            ])
    }

    @Test("a file that the notebook includes is told by its own name")
    func included() async throws {
        let project = try SampleProject(pipeline: SampleProject.pipeline + "notebook: n.md\n")
        try project.folder.write("# Report\n\n```{include} part.md\n```\n", to: "n.md")
        try project.folder.write("One.\n", to: "part.md")
        try await project.run()
        try project.folder.write("Two.\n", to: "part.md")
        #expect(
            try await differences(project).map(\.message) == [
                "the lock would change: the notebook or its file 'part.md' was edited"
            ])
    }

    @Test(
        "an option, a stage and a release are told as such, and not what follows from them",
        arguments: [
            ("  - uses: summarize-statistics\n", "  - {uses: summarize-statistics, with: {window: 3}}\n"),
            ("  - uses: link-claims\n", ""), ("title: A sample\n", "title: A sample\n# a remark\n"),
        ])
    func causes(old: String, new: String) async throws {
        let project = try SampleProject()
        try await project.run()
        try project.folder.write(SampleProject.pipeline.replacing(old, with: new), to: "pipelines/sample.yaml")
        let found = try await differences(project).map { $0.message.replacing("the lock would change: ", with: "") }
        switch new {
        case "": #expect(found.contains("the stage 'link-claims' is gone"))
        case let new where new.contains("window"):
            #expect(found == ["the option 'window' of stage 'summarize-statistics' is '3', and was not given"])
        default: #expect(found == ["the pipeline's file 'pipelines/sample.yaml' was edited"])
        }
    }

    @Test("a lock of another release is told with its line")
    func release() async throws {
        let project = try SampleProject()
        try await project.run()
        let lock = try project.folder.text(of: "pipelines/sample.lock")
        try project.folder.write(
            lock.replacing("release \(Release.version)", with: "release 0.0.1"), to: "pipelines/sample.lock")
        let found = try await differences(project)
        #expect(found.map(\.message) == ["the lock would change: the release is \(Release.version), and was 0.0.1"])
    }

    @Test("without a lock, or with one in another form, a frozen run ends and says which run writes it")
    func noLock() async throws {
        let project = try SampleProject()
        #expect(try await differences(project).map(\.id) == ["no-lock"])
        try project.folder.write(Pipeline.lockHeader + "release 0.1.0\n", to: "pipelines/sample.lock")
        let found = try await differences(project)
        #expect(found.map(\.id) == ["old-lock"] && found.first?.hint?.contains("colophon run") == true)
    }

    @Test("results that are others although their inputs are the same are not kept")
    func tables() async throws {
        let project = try SampleProject()
        try await project.run()
        let lock = try project.folder.text(of: "pipelines/sample.lock")
        let line = try #require(lock.split(separator: "\n").first { $0.hasPrefix("table claims ") })
        let other = "table claims \(String(repeating: "0", count: 64))"
        try project.folder.write(lock.replacing(line, with: other), to: "pipelines/sample.lock")
        try project.folder.remove("outputs")
        let found = try await differences(project)
        #expect(found.map(\.message) == ["the lock would change: the table 'claims' has other rows"])
        #expect(!project.folder.exists("outputs"))
        // The next run is right all the same.
        try await project.run()
        #expect(try project.folder.text(of: "pipelines/sample.lock") == lock)
    }

    @Test("a report that is another although its tables are the same is not written")
    func report() async throws {
        let project = try SampleProject()
        try await project.run()
        let lock = try project.folder.text(of: "pipelines/sample.lock")
        let line = try #require(lock.split(separator: "\n").first { $0.hasPrefix("report ") })
        try project.folder.write(
            lock.replacing(line, with: "report \(String(repeating: "0", count: 64))"), to: "pipelines/sample.lock")
        try project.folder.remove("outputs/sample/report.md")
        let found = try await differences(project, butResults: true)
        #expect(found.map(\.message) == ["the lock would change: the report has other bytes"])
    }

    @Test("a merge conflict in the lock is told with its line; a run resolves it, a frozen one does not")
    func conflict() async throws {
        let project = try SampleProject()
        try await project.run()
        let lock = try project.folder.text(of: "pipelines/sample.lock")
        let line = try #require(lock.split(separator: "\n").first { $0.hasPrefix("corpus ") })
        let marked = "<<<<<<< HEAD\n\(line)\n=======\ncorpus 0 3 documents\n>>>>>>> other"
        try project.folder.write(lock.replacing(line, with: marked), to: "pipelines/sample.lock")
        let place = lock.split(separator: "\n").firstIndex(of: line).map { $0 + 1 }
        let found = try await differences(project)
        #expect(found.map(\.id) == ["lock-conflict"] && found.first?.line == place)

        let told = ToldEvents()
        try await project.run(observer: told)
        #expect(told.diagnostics.map(\.id) == ["lock-conflict"])
        #expect(told.diagnostics.allSatisfy { $0.severity == .warning && $0.line == place })
        #expect(try project.folder.text(of: "pipelines/sample.lock") == lock)
    }

    @Test("a run with settings of its own has no lock that could be kept")
    func settings() async throws {
        let project = try SampleProject()
        let analysis = try project.analysis("summarize-statistics.window=3")
        await #expect {
            try await PipelineRun(analysis, jobs: 1, isFrozen: true, observer: ToldEvents()).run()
        } throws: { error in
            (error as? ProjectProblem)?.kind == .usage
        }
    }
}
