import Foundation
import Project
import Store
import TestSupport
import Testing

@testable import Commands

@Suite("Runs that are stopped, and disks that are full or can't be written")
struct HardshipTests {
    /// A project that keeps a run busy for a while.
    private func busyProject() throws -> SampleProject {
        let texts = SampleProject.documents.values.sorted()
        var documents: [String: String] = [:]
        for k in 0..<100 { documents["corpus/d\(k).txt"] = texts.joined(separator: "\n\n") + "\n\nNumber \(k).\n" }
        return try SampleProject(documents)
    }

    @Test(
        "SIGINT and SIGTERM end a run that is under way, and what was finished is kept", arguments: [SIGINT, SIGTERM])
    func signals(number: Int32) throws {
        let project = try busyProject()
        let tool = try ToolProcess(["run", "pipelines/sample.yaml"], in: project.folder.path())
        // From the first results on there is something to keep.
        var kept = 0
        while tool.isRunning, kept == 0 {
            kept = (try? ResultStore(folder: project.folder.path(".colophon")).size().results.count) ?? 0
        }
        tool.send(number)
        let ended = try tool.end()
        #expect(ended.code == 1 && ended.said.contains("[stopped]"), "\(ended)")
        #expect(try ToolProcess.run(["run", "pipelines/sample.yaml"], in: project.folder.path()).code == 0)
        #expect(try project.record().reusedCount >= 32)
    }

    @Test(
        "a run that is ended while it writes results or report leaves nothing that the next one takes for whole",
        arguments: ["results.sqlite", "evidence", "report.md"], [SIGTERM, SIGKILL])
    func endedWhileWriting(name: String, number: Int32) throws {
        let project = try busyProject()
        let run = ["run", "pipelines/sample.yaml"]
        let outputs = project.folder.path("outputs/sample")
        let tool = try ToolProcess(run, in: project.folder.path())
        // What is written aside begins with the name too.
        while tool.isRunning,
            !((try? FileManager.default.contentsOfDirectory(atPath: outputs)) ?? []).contains(where: {
                $0.hasPrefix(name)
            })
        {}
        tool.send(number)
        let ended = try tool.end()
        // A run that is asked to end may come to its end first, and the report is the last that it writes.
        #expect(number == SIGTERM || name == "report.md" || ended.code == SIGKILL, "\(ended)")
        let next = try ToolProcess.run(run, in: project.folder.path())
        #expect(next.code == 0, "\(next)")
        let fresh = try project.fresh()
        #expect(try ToolProcess.run(run, in: fresh.folder.path()).code == 0)
        #expect(try project.outputs() == fresh.outputs())
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: outputs).filter { $0.contains(".part") }.isEmpty,
            "nothing is left aside")
    }

    @Test(
        "a full disk is told as such, and the run goes on where it stopped when there is room",
        .enabled(if: Mount.isPossible, "no file system can be mounted here"), arguments: [100, 400, 1200])
    func fullDisk(kilobytes: Int) throws {
        let project = try busyProject()
        try FileManager.default.createDirectory(
            atPath: project.folder.path("disk"), withIntermediateDirectories: true)
        let disk = try Mount(["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs"], at: project.folder.path("disk"))
        let store = ["COLOPHON_STORE": project.folder.path("disk")]
        let run = ["run", "pipelines/sample.yaml"]
        let full = try ToolProcess.run(run, in: project.folder.path(), environment: store)
        #expect(full.code == 1 && full.said.contains("[disk-full]"), "\(full)")
        try disk.change("size=200m")
        let ended = try ToolProcess.run(run, in: project.folder.path(), environment: store)
        #expect(ended.code == 0, "\(ended)")
        let fresh = try project.fresh()
        #expect(try ToolProcess.run(run, in: fresh.folder.path()).code == 0)
        #expect(try project.outputs() == fresh.outputs())
    }

    @Test(
        "a store that can't be written lets the run work, which says that nothing is kept",
        .enabled(if: Mount.isPossible, "no file system can be mounted here"))
    func readOnlyStore() async throws {
        let project = try SampleProject()
        await project.run()
        try project.folder.write("Rain\n\nTom Reed said that it rained.\n", to: "corpus/wire/rain.txt")
        let store = project.folder.path(".colophon")
        let run = ["run", "pipelines/sample.yaml"]
        do {
            let mount = try Mount(["--bind", store], at: store)
            try mount.change("ro,bind")
            let ended = try ToolProcess.run(run, in: project.folder.path())
            #expect(ended.code == 0 && ended.said.contains("[read-only-store]"), "\(ended)")
        }
        let fresh = try project.fresh()
        #expect(await fresh.run() == 0)
        #expect(try project.outputs() == fresh.outputs())
        #expect(await project.run() == 0)
        #expect(try project.outputs() == fresh.outputs())
    }

    @Test(
        "a document without permission to read is left out and named, and comes back with the permission",
        .disabled(if: geteuid() == 0, "root may read everything"))
    func unreadable() async throws {
        let project = try SampleProject()
        let path = project.folder.path("corpus/wire/weather.txt")
        #expect(chmod(path, 0) == 0)
        #expect(await project.run() == 0)
        #expect(
            try project.query("SELECT document, code FROM left_out") == [["corpus/wire/weather.txt", "unreadable"]])
        #expect(chmod(path, 0o644) == 0)
        #expect(await project.run() == 0)
        #expect(try project.query("SELECT document FROM left_out").isEmpty)
    }
}
