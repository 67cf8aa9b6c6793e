import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("Runs with tasks in processes of their own")
struct TaskRunTests {
    private static func lines(_ count: Int) -> [String: String] {
        var documents = SampleProject.documents
        for k in 0..<count {
            documents["corpus/wire/more\(k).txt"] =
                "Note \(k)\n\nThe harbour office said that \(k) ships had left. Petra Holm denied it.\n"
        }
        return documents
    }

    @Test("the report and the lock are those of a run without tasks, and 'runs' and 'why' name the tasks")
    func same() throws {
        let project = try SampleProject(Self.lines(40))
        try project.folder.write("executors: {processes: {documents-per-task: 15, at-most: 2}}\n", to: "colophon.yaml")
        let here = try project.fresh()
        let run = ["run", "pipelines/sample.yaml", "--quiet"]
        #expect(try ToolProcess.run(run, in: here.folder.path()).code == 0)
        let end = try ToolProcess.run(run + ["--on", "processes", "--force-tasks"], in: project.folder.path())
        #expect(end.code == 0, "\(end.said)")
        #expect(try project.outputs() == here.outputs())
        let runs = try ToolProcess.run(["runs", "pipelines/sample.yaml"], in: project.folder.path()).printed
        let why = try ToolProcess.run(["why", "pipelines/sample.yaml"], in: project.folder.path()).printed
        #expect(runs.contains("(3 tasks), processes job") && why.contains("computed in tasks: processes job"))
    }

    @Test("a run that is killed at any moment is gone on with, and ends with the same bytes")
    func killed() throws {
        let project = try SampleProject(Self.lines(40))
        try project.folder.write("executors: {processes: {documents-per-task: 5, at-most: 2}}\n", to: "colophon.yaml")
        let here = try project.fresh()
        #expect(try ToolProcess.run(["run", "pipelines/sample.yaml", "--quiet"], in: here.folder.path()).code == 0)
        let run = ["run", "pipelines/sample.yaml", "--quiet", "--on", "processes", "--force-tasks"]
        for milliseconds in [150, 400, 700, 1000, 1500, 2500] {
            let process = try ToolProcess(run, in: project.folder.path())
            Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
            process.send(SIGKILL)
            _ = try process.end()
        }
        let end = try ToolProcess.run(run, in: project.folder.path())
        #expect(end.code == 0, "\(end.said)")
        #expect(try project.outputs() == here.outputs())
        #expect(!project.folder.exists(".colophon/tasks"))
    }

    @Test("Ctrl-C ends the tasks too, and the next run goes on")
    func interrupted() throws {
        let project = try SampleProject(Self.lines(60))
        try project.folder.write("executors: {processes: {documents-per-task: 5, at-most: 2}}\n", to: "colophon.yaml")
        let run = ["run", "pipelines/sample.yaml", "--quiet", "--on", "processes", "--force-tasks"]
        let process = try ToolProcess(run, in: project.folder.path())
        while process.isRunning, !project.folder.exists(".colophon/tasks") { Thread.sleep(forTimeInterval: 0.05) }
        Thread.sleep(forTimeInterval: 0.3)
        process.send(SIGINT)
        let end = try process.end()
        #expect(end.code == 1 && end.said.contains("[stopped]"))
        let here = try project.fresh()
        #expect(try ToolProcess.run(["run", "pipelines/sample.yaml", "--quiet"], in: here.folder.path()).code == 0)
        #expect(try ToolProcess.run(run, in: project.folder.path()).code == 0)
        #expect(try project.outputs() == here.outputs())
    }

    @Test("few documents are computed here, and the run says so")
    func few() throws {
        let project = try SampleProject()
        let end = try ToolProcess.run(["run", "pipelines/sample.yaml", "--on", "processes"], in: project.folder.path())
        #expect(end.code == 0 && end.said.contains("[few-documents]") && end.said.contains("100,000"))
    }

    @Test("lines of shell that a project's own colophon.yaml brings along run with consent alone")
    func consent() throws {
        let project = try SampleProject()
        try project.folder.write("executors: {slurm: {setup: 'touch here'}}\n", to: "colophon.yaml")
        let home = ["XDG_DATA_HOME": project.folder.path("home"), "PATH": "/usr/bin:/bin"]
        let run = ["run", "pipelines/sample.yaml", "--on", "slurm"]
        let refused = try ToolProcess.run(run, in: project.folder.path(), environment: home)
        #expect(refused.code == 2 && refused.said.contains("[not-trusted]"), "\(refused.said)")
        let trust = try ToolProcess.run(
            ["trust", "pipelines/sample.yaml", "--yes"], in: project.folder.path(), environment: home)
        #expect(trust.code == 0 && trust.printed.contains("touch here"))
        // Four documents are too few for tasks, so nothing is submitted.
        #expect(try ToolProcess.run(run, in: project.folder.path(), environment: home).code == 0)
    }

    @Test(
        "what is wrong with --on or with colophon.yaml is wrong usage, with the line and what to do",
        arguments: [
            ("", ["--on", "slrum"], "[unknown-executor]"),
            ("", ["--force-tasks"], "'--force-tasks' needs '--on'"),
            ("", ["--on", "processes", "--detach"], "'--detach' needs an executor"),
            ("executors:\n  slurm:\n    partitoin: short\n", ["--on", "slurm"], "colophon.yaml:3"),
            ("executors:\n  slurm:\n    time: 1.5\n", ["--on", "slurm"], "takes a text in one line"),
            ("executors:\n  slurm:\n    at-most: 0\n", ["--on", "slurm"], "takes a whole number above 0"),
            ("executors:\n  slurm:\n    options: [--array=0-9]\n", ["--on", "slurm"], "[reserved-option]"),
            ("exekutors: {}\n", ["--on", "slurm"], "[unknown-key]"),
            ("executors: [", ["--on", "slurm"], "colophon.yaml"),
        ])
    func usage(configuration: String, options: [String], message: String) throws {
        let project = try SampleProject()
        if !configuration.isEmpty { try project.folder.write(configuration, to: "colophon.yaml") }
        let end = try ToolProcess.run(["run", "pipelines/sample.yaml"] + options, in: project.folder.path())
        #expect(end.code == 2 && end.said.contains(message), "\(end.said)")
        #expect(!project.folder.exists("outputs"))
    }
}
