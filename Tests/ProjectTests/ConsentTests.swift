import Digests
import Foundation
import Model
import StageKit
import TestSupport
import Testing

@testable import Project

@Suite("Consent to programs", .ownConsents)
struct ConsentTests {
    private static let program = """
        import json, sys
        sys.stdin.readline()
        print(json.dumps({"hello": {"protocol": 1}}), flush=True)
        open("MARK", "a").write("x")
        for line in sys.stdin: print(json.dumps({"n": json.loads(line)["n"], "spans": []}), flush=True)

        """

    /// A project with a program that leaves a mark where it was started.
    private func sample(_ more: String = "") throws -> SampleProject {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline
                + "  - {id: own, run: [python3, own.py], files: [own.py], reads: [text], writes: own\(more)}\n")
        try write(Self.program, in: project)
        return project
    }

    private func write(_ program: String, in project: SampleProject) throws {
        try project.folder.write(program.replacing("MARK", with: project.folder.path("mark")), to: "own.py")
    }

    private func consent(_ project: SampleProject) throws {
        for item in try project.analysis().consentItems { try Consents().record(item) }
    }

    /// The problem with which a run ends.
    private func refusal(_ project: SampleProject) async throws -> Diagnostic? {
        do {
            try await project.run()
            return nil
        } catch let problem as ProjectProblem {
            #expect(problem.kind == .usage)
            return problem.diagnostics.first
        }
    }

    @Test("a program does not start before its user has consented to it")
    func refused() async throws {
        let project = try sample()
        let problem = try #require(await refusal(project))
        #expect(problem.id == "not-trusted" && problem.message.contains("python3 own.py"))
        #expect(problem.hint?.contains("colophon trust") == true && problem.line == 10)
        #expect(!project.folder.exists("mark") && !project.folder.exists("outputs/sample/report.md"))
        try consent(project)
        #expect(try await refusal(project) == nil)
        #expect(project.folder.exists("mark"))
    }

    @Test(
        "what is started, what it reads, its options and its files are consented to; their place and the documents are not"
    )
    func bound() async throws {
        let project = try sample()
        try consent(project)
        let pipeline = try project.folder.text(of: "pipelines/sample.yaml")
        let changes: [(String, Bool)] = [
            (pipeline + "# a comment\n", false), (pipeline.replacing("A sample", with: "Another"), false),
            (pipeline.replacing("id: own", with: "id: other"), false),
            (pipeline.replacing("[python3, own.py]", with: "[python3, -B, own.py]"), true),
            (pipeline.replacing("[python3, own.py]", with: "['python3 own.py']"), true),
            (pipeline.replacing("reads: [text]", with: "reads: [text, metadata]"), true),
            (pipeline.replacing("writes: own", with: "writes: own, environment: [HOME]"), true),
            (pipeline.replacing("writes: own", with: "writes: own, with: {a: 1}"), true),
        ]
        for (text, asks) in changes {
            try project.folder.write(text, to: "pipelines/sample.yaml")
            #expect(try Consents().missing(project.analysis().consentItems).isEmpty != asks, "\(text)")
        }
        try project.folder.write(pipeline, to: "pipelines/sample.yaml")
        let copy = try project.fresh()
        #expect(try Consents().missing(copy.analysis().consentItems).isEmpty)
        try write(Self.program + "# one more line\n", in: project)
        #expect(!(try Consents().missing(project.analysis().consentItems).isEmpty))
    }

    @Test("a program of the project that is not listed among its files is one of them")
    func unlisted() throws {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline + "  - {id: own, run: [./own.sh], reads: [text], writes: own}\n")
        try project.folder.write("#!/bin/sh\n", to: "own.sh")
        try consent(project)
        try project.folder.write("#!/bin/sh\nrm -r ~\n", to: "own.sh")
        #expect(!(try Consents().missing(project.analysis().consentItems).isEmpty))
    }

    @Test("what changed since the consent is shown line by line, and what runs on the screen can't hide it")
    func difference() async throws {
        let project = try sample()
        let item = try #require(try project.analysis().consentItems.first)
        let first = ConsentReview(item, Consents()).text
        #expect(first.contains("own.py:") && first.contains("| import json, sys") && first.contains("no consent yet"))
        try consent(project)
        try write(Self.program.replacing("import json, sys", with: "import json, sys, os\u{1B}[2K"), in: project)
        let changed = ConsentReview(try #require(try project.analysis().consentItems.first), Consents()).text
        #expect(changed.contains("- import json, sys\n") && changed.contains("+ import json, sys, os\u{FFFD}[2K"))
        #expect(changed.contains("what changed since you consented"))
        #expect(try #require(await refusal(project)).message.contains("changed since you consented"))
    }

    @Test("a consent that is damaged, or that others may write to, is none")
    func foreign() throws {
        let project = try sample()
        let item = try #require(try project.analysis().consentItems.first)
        let consents = Consents()
        try consents.record(item)
        let path = try #require(consents.folder) + "/\(item.digest)"
        #expect(consents.missing([item]).isEmpty)
        chmod(path, 0o666)
        #expect(!consents.missing([item]).isEmpty)
        chmod(path, 0o600)
        try Data("program\n".utf8).write(to: URL(filePath: path))
        #expect(!consents.missing([item]).isEmpty)
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: project.folder.path("own.py"))
        #expect(!consents.missing([item]).isEmpty)
        try consents.record(item)
        #expect(consents.missing([item]).isEmpty)
        #expect(consents.revoke(item) && !consents.missing([item]).isEmpty)
    }

    @Test("COLOPHON_TRUST stands for consent to exactly these programs")
    func given() throws {
        let project = try sample()
        let items = try project.analysis().consentItems
        let digest = items.consentDigest.description
        for (value, isEnough) in [
            (digest, true), ("\(String(repeating: "0", count: 64)), \(digest)", true),
            (String(digest.prefix(12)), false),
            ("", false), ("1", false),
        ] {
            let consents = Consents(environment: ["COLOPHON_TRUST": value])
            #expect(consents.missing(items).isEmpty == isEnough, "\(value)")
        }
    }

    @Test(
        "a report that shows what programs would have given says which results are missing, and not that its SQL is wrong"
    )
    func missingResults() async throws {
        let project = try sample()
        try project.folder.write(
            SampleProject.pipeline
                + "  - {id: own, run: [python3, own.py], files: [own.py], reads: [text], writes: own}\nnotebook: n.md\n",
            to: "pipelines/sample.yaml")
        try project.folder.write(
            "# Words\n\n```{table}\nsql: select word, count(*) as number from own group by 1 order by 1\n```\n",
            to: "n.md")
        do {
            _ = try await PipelineRun(project.analysis(), jobs: 2, programs: .never, observer: ToldEvents()).run()
            Issue.record("there is a report")
        } catch let problem as ProjectProblem {
            #expect(problem.diagnostics.map(\.id) == [ProgramPermission.withheld])
            let found = try #require(problem.diagnostics.first)
            #expect(found.message.contains("'own'") && found.message.contains("4 documents"))
            #expect(found.hint?.contains("colophon trust") == true && found.line == 4)
        }
        #expect(!project.folder.exists("mark") && !project.folder.exists("outputs/sample/report.md"))
    }

    @Test("without programs the report is made from cached results, and what is missing is left out and told")
    func withoutPrograms() async throws {
        let project = try sample()
        let told = ToldEvents()
        _ = try await PipelineRun(project.analysis(), jobs: 2, programs: .never, observer: told).run()
        #expect(told.leftOut.count == 4 && told.leftOut.allSatisfy { $0.failure.code == ProgramPermission.withheld })
        #expect(!project.folder.exists("mark") && !project.folder.exists("pipelines/sample.lock"))
        try consent(project)
        try await project.run()
        let outputs = try project.outputs()
        #expect(project.folder.exists("mark"))
        // Everything is cached now: the same report, by nobody who has consented.
        try project.folder.remove("mark")
        try project.folder.remove("outputs")
        for item in try project.analysis().consentItems { _ = Consents().revoke(item) }
        _ = try await PipelineRun(project.analysis(), jobs: 2, programs: .never, observer: ToldEvents()).run()
        #expect(try project.outputs() == outputs)
        #expect(!project.folder.exists("mark"))
    }
}
