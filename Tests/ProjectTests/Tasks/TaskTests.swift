import Digests
import Executors
import Foundation
import Model
import StageKit
import Store
import Synchronization
import TestSupport
import Testing

@testable import Project

@Suite("Runs whose documents are computed in tasks")
struct TaskTests {
    /// Short texts under a pipeline of few steps: two passes, both of which tasks compute.
    private static func project(_ count: Int = 12) throws -> SampleProject {
        var documents: [String: String] = [:]
        for k in 0..<count {
            documents["corpus/paper\(k % 3)/\(k + 10).txt"] =
                "Report \(k)\n\nThe bridge number \(k) was closed on Monday. Boats waited for \(k) hours.\n\n"
                + "All rights with the Harbour Gazette.\n"
        }
        return try SampleProject(
            documents,
            pipeline: """
                title: Boats
                corpus:
                  include: corpus/**/*.txt
                stages:
                  - uses: clean
                  - uses: segment
                  - uses: summarize-statistics

                """)
    }

    private static func settings(_ executor: ScriptedExecutor, perTask: Int = 3) -> TaskSettings {
        var settings = TaskSettings(executor: executor, tool: "/nowhere/colophon", build: "b")
        settings.documentsPerTask = perTask
        settings.isForced = true
        return settings
    }

    @discardableResult
    private static func run(
        _ project: SampleProject, _ settings: TaskSettings, _ told: ToldEvents = ToldEvents()
    ) async throws -> PipelineRun.Summary {
        try await PipelineRun(project.analysis(), jobs: 2, tasks: settings, observer: told).run()
    }

    /// Runs a project in tasks, and expects what a run without tasks gives.
    @discardableResult
    private static func expectSame(
        _ project: SampleProject, _ executor: ScriptedExecutor, perTask: Int = 3, told: ToldEvents = ToldEvents(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> RunRecord {
        let here = try project.fresh()
        let alone = try await PipelineRun(here.analysis(), jobs: 1, observer: ToldEvents()).run()
        let summary = try await Self.run(project, settings(executor, perTask: perTask), told)
        #expect(try project.outputs() == here.outputs(), sourceLocation: sourceLocation)
        #expect(summary.record.ranCount == alone.record.ranCount, sourceLocation: sourceLocation)
        #expect(executor.handedTwice == [], sourceLocation: sourceLocation)
        #expect(!project.folder.exists(".colophon/tasks"), sourceLocation: sourceLocation)
        return summary.record
    }

    @Test("the report, the lock and the record are those of a run without tasks")
    func same() async throws {
        let executor = ScriptedExecutor()
        let record = try await Self.expectSame(Self.project(), executor)
        #expect(executor.arrays.map(\.count) == [4, 4])
        #expect(record.jobs == ["scripted job 100 (4 tasks)", "scripted job 101 (4 tasks)"])
        #expect(Set(executor.arrays.map(\.name)).count == 2)
    }

    @Test("all stages give the same with tasks, and an edit afterwards is computed here")
    func allStages() async throws {
        let project = try SampleProject()
        let executor = ScriptedExecutor()
        try await Self.expectSame(project, executor, perTask: 2)
        let before = executor.arrays.count
        try project.folder.write(
            "Talks end\n\nThe NHU said that the talks had ended.\n", to: "corpus/courier/talks.txt")
        var settings = Self.settings(executor)
        settings.isForced = false
        let told = ToldEvents()
        try await Self.run(project, settings, told)
        #expect(before > 1 && executor.arrays.count == before)
        // Once, and not for each pass.
        #expect(told.diagnostics.map(\.id) == ["few-documents"])
        let here = try project.fresh()
        try await here.run()
        #expect(try project.outputs() == here.outputs())
    }

    @Test("documents that are read out of a file of records are computed in tasks like others")
    func records() async throws {
        let records = (0..<9).map {
            "{\"id\": \"r\($0)\", \"text\": \"Report \($0). The bridge was closed for \($0) hours.\"}\n"
        }.joined()
        let project = try SampleProject(
            ["corpus/notes.jsonl": records, "corpus/a.txt": "Report\n\nThe bridge was opened.\n"],
            pipeline: """
                title: Records
                corpus:
                  include: corpus/*
                stages:
                  - uses: clean
                  - uses: segment

                """)
        let executor = ScriptedExecutor()
        let record = try await Self.expectSame(project, executor)
        #expect(record.documents == 10)
    }

    @Test("only what has changed goes to tasks, and nothing where nothing has")
    func changes() async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor()
        try await Self.expectSame(project, executor)
        let again = try await Self.run(project, Self.settings(executor))
        #expect(again.isUnchanged && executor.arrays.count == 2)
        try project.folder.write("Report\n\nA new bridge was opened. Nobody waited.\n", to: "corpus/paper1/99.txt")
        try await Self.run(project, Self.settings(executor))
        #expect(executor.arrays.count == 4 && executor.arrays[2].count == 1)
        let here = try project.fresh()
        try await here.run()
        #expect(try project.outputs() == here.outputs())
    }

    @Test(
        "a task that ends before it has done anything is tried again",
        arguments: [
            TaskEnd.failed("exit code 1"), .outOfMemory, .outOfTime, .displaced("node1 failed"), .finished,
        ])
    func failed(end: TaskEnd) async throws {
        let executor = ScriptedExecutor { array, task in array == 0 && task == 1 ? .ends(end) : .works }
        let told = ToldEvents()
        try await Self.expectSame(Self.project(), executor, told: told)
        #expect(executor.arrays.count == 3)
        #expect(
            told.diagnostics.contains { $0.id == "task-again" && $0.message.contains("task 1 of job 100 \(end.words)") }
        )
    }

    @Test("a task that handed everything in before it was killed is done")
    func killedLate() async throws {
        let executor = ScriptedExecutor { _, _ in .worksAndEnds(.failed("signal 9")) }
        try await Self.expectSame(Self.project(), executor)
        #expect(executor.arrays.count == 2)
    }

    @Test("a task that is told to stop hands in what it has, and another one does the rest")
    func stopped() async throws {
        let executor = ScriptedExecutor { array, _ in array == 0 ? .stops : .works }
        // More than a portion for each task.
        try await Self.expectSame(Self.project(80), executor, perTask: 40)
        #expect(executor.arrays.map(\.count) == [2, 1, 2])
    }

    @Test("a task of which nothing is known any more counts by what it handed in")
    func unknown() async throws {
        // Patient enough for a machine that does other work.
        let executor = ScriptedExecutor(lag: .seconds(60)) { _, _ in .unknown }
        try await Self.expectSame(Self.project(), executor)
        #expect(executor.arrays.count == 2)
    }

    @Test(
        "a pack that was cut, changed or made for another plan is not used, and its documents are computed again",
        arguments: [0, 1, 2])
    func spoiled(how: Int) async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor { array, task in
            guard array == 0, task == 2 else { return .works }
            return .spoils { bytes in
                switch how {
                case 0: return Array(bytes.dropLast(9))
                case 1: return bytes.enumerated().map { $0.offset == 50 ? $0.element ^ 1 : $0.element }
                default:
                    // Sound as a file, and with the digest of another plan.
                    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
                    let content = Array(repeating: UInt8(7), count: 32) + bytes.dropFirst(32).dropLast(48)
                    try? SealedFile.write(content, to: path)
                    defer { try? FileManager.default.removeItem(atPath: path) }
                    return FileWriting.contents(of: path) ?? []
                }
            }
        }
        let told = ToldEvents()
        let here = try project.fresh()
        try await here.run()
        try await Self.run(project, Self.settings(executor), told)
        #expect(try project.outputs() == here.outputs())
        #expect(told.diagnostics.contains { $0.id == (how == 2 ? "stale-pack" : "damaged-pack") })
        #expect(executor.arrays.count == 3)
    }

    @Test("tasks of a later pass read the layers that earlier ones have handed in, and no documents")
    func readsPacks() async throws {
        let project = try Self.project()
        let here = try project.fresh()
        try await here.run()
        let corpus = project.folder.path("corpus")
        // A layer that is made again of another file is none, and the task hands in that it did nothing.
        let executor = ScriptedExecutor { array, task in
            if array == 1, task == 0 {
                for k in 10..<22 {
                    try? FileWriting.write(Array("x".utf8), to: "\(corpus)/paper\((k - 10) % 3)/\(k).txt")
                }
            }
            return .works
        }
        try await Self.run(project, Self.settings(executor))
        #expect(executor.arrays.count == 2 && executor.idle == [])
        #expect(try project.outputs() == here.outputs())
    }

    @Test(
        "where the packs of earlier passes are gone, cut or changed, tasks make the layers again", arguments: [0, 1, 2])
    func lostPacks(how: Int) async throws {
        let project = try Self.project()
        let first = Mutex<TaskFolder?>(nil)
        let executor = ScriptedExecutor { array, task in
            guard array == 1, task == 0, let folder = first.withLock({ $0 }) else { return .works }
            for name in folder.packs {
                let path = "\(folder.results)/\(name)"
                guard let bytes = FileWriting.contents(of: path) else { continue }
                switch how {
                case 0: try? FileManager.default.removeItem(atPath: path)
                case 1: try? FileWriting.write(Array(bytes.prefix(60)), to: path)
                default: try? FileWriting.write(bytes.map { $0 ^ 1 }, to: path)
                }
            }
            return .works
        }
        executor.whenSubmitted { array in first.withLock { $0 = $0 ?? TaskFolder(path: array.folder) } }
        try await Self.expectSame(project, executor)
        #expect(executor.arrays.count == 2 && executor.idle == [])
    }

    @Test("a document over which tasks end three times is left out by name, and no other one is")
    func deadly() async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor(deadly: "corpus/paper1/14.txt")
        let told = ToldEvents()
        let summary = try await Self.run(project, Self.settings(executor, perTask: 6), told)
        #expect(told.leftOut.map(\.id) == ["corpus/paper1/14.txt"])
        #expect(told.leftOut.first?.failure.code == "task-failed")
        #expect(summary.record.documents == 11 && summary.record.leftOut == 1)
        // The next run tries it again.
        let here = try project.fresh()
        try await here.run()
        try await project.run()
        #expect(try project.outputs() == here.outputs())
    }

    @Test("tasks that all fail before they begin end the run with their last words, and leave nobody out")
    func stillborn() async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor { _, _ in .ends(.failed("exit code 127")) }
        await #expect {
            try await Self.run(project, Self.settings(executor))
        } throws: { ($0 as? ProjectProblem)?.diagnostics.map(\.id) == ["tasks-fail"] }
        try await Self.expectSame(project, ScriptedExecutor())
    }

    @Test("nodes that fail over and over end the run after a bounded number of tries")
    func displaced() async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor { _, _ in .ends(.displaced("node1 failed")) }
        await #expect {
            try await Self.run(project, Self.settings(executor))
        } throws: { ($0 as? ProjectProblem)?.diagnostics.map(\.id) == ["tasks-lost"] }
        #expect(executor.arrays.count < 10)
    }

    @Test("tasks that somebody cancelled end the run, and the next one goes on with the rest")
    func cancelled() async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor(lag: .milliseconds(300)) { _, task in task == 3 ? .ends(.cancelled("")) : .works
        }
        await #expect {
            try await Self.run(project, Self.settings(executor))
        } throws: { ($0 as? ProjectProblem)?.diagnostics.map(\.id) == ["task-cancelled"] }
        try await Self.expectSame(project, ScriptedExecutor())
    }

    @Test("a scheduler that does not answer for a while is waited for; one that refuses the job ends the run")
    func scheduler() async throws {
        let silent = ScriptedExecutor()
        silent.beSilent(5)
        try await Self.expectSame(Self.project(), silent)
        let project = try Self.project()
        let refusing = ScriptedExecutor()
        refusing.refuse(ExecutorProblem("no such partition", hint: "See 'partition'.", id: "slurm-refused"))
        await #expect {
            try await Self.run(project, Self.settings(refusing))
        } throws: { ($0 as? ProjectProblem)?.diagnostics.map(\.id) == ["slurm-refused"] }
        // What was planned is submitted by the next run.
        try await Self.expectSame(project, refusing)
    }

    @Test("a run that leaves is gone on with by the next one, which submits nothing twice")
    func detached() async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor()
        var settings = Self.settings(executor)
        settings.isDetached = true
        var left = 0
        var named: [String]?
        while true {
            do {
                named = try await Self.run(project, settings).record.jobs
                break
            } catch is TasksSubmitted {
                left += 1
                #expect(left < 1000 && executor.cancelled == [])
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        #expect(left >= 1 && executor.arrays.count == 2 && executor.handedTwice == [])
        // Also those whose tasks had ended when the run came back.
        #expect(named == ["scripted job 100 (4 tasks)", "scripted job 101 (4 tasks)"])
        let here = try project.fresh()
        try await here.run()
        #expect(try project.outputs() == here.outputs())
    }

    @Test("a run that is stopped cancels its tasks and keeps what they have handed in")
    func interrupted() async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor { array, task in array == 0 && task == 0 ? .hangs : .works }
        let run = Task {
            try await Self.run(project, Self.settings(executor))
        }
        while executor.arrays.isEmpty || Self.packs(executor.arrays[0]) < 3 {
            try await Task.sleep(for: .milliseconds(10))
        }
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
        #expect(executor.cancelled == [executor.arrays[0].name])
        // Nine of the twelve documents are there already.
        let next = ScriptedExecutor()
        try await Self.expectSame(project, next)
        #expect(next.arrays.first?.count == 1)
    }

    private static func packs(_ array: TaskArray) -> Int { TaskFolder(path: array.folder).packs.count }

    @Test("when a document was edited since, the tasks of the run before are ended and their files removed")
    func outdated() async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor { array, _ in array == 0 ? .hangs : .works }
        var settings = Self.settings(executor)
        settings.isDetached = true
        await #expect(throws: TasksSubmitted.self) {
            try await Self.run(project, settings)
        }
        try project.folder.write("Another\n\nThis is another text.\n", to: "corpus/paper1/10.txt")
        let told = ToldEvents()
        settings.isDetached = false
        try await Self.run(project, settings, told)
        #expect(executor.cancelled.contains(executor.arrays[0].name))
        let here = try project.fresh()
        try await here.run()
        #expect(try project.outputs() == here.outputs())
        #expect(!project.folder.exists(".colophon/tasks"))
    }

    @Test("a task of another build refuses before it computes anything, and the run says so")
    func otherBuild() async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor { _, _ in .hangs }
        var settings = Self.settings(executor)
        settings.isDetached = true
        await #expect(throws: TasksSubmitted.self) {
            try await Self.run(project, settings)
        }
        let folder = TaskFolder(path: executor.arrays[0].folder)
        let plan = try #require(SealedFile.read(folder.plan))
        var other = try TaskPlan(encoded: plan)
        other.steps[0].digest = other.steps[1].digest
        let documents = try #require(try folder.documents(of: 0, plan: ContentDigest(of: plan)))
        let strange = try TaskFolder.make(project.folder.path("strange"), plan: other, shares: [documents], name: "x")
        let digest = ContentDigest(of: other.encoded).description
        await #expect {
            _ = try await TaskRun(plan: strange.plan, digest: digest, task: 0, build: "b", stop: TaskStop()).run()
        } throws: { ($0 as? ProjectProblem)?.diagnostics.map(\.id) == ["other-build"] }
        #expect(strange.packs == [])
        await #expect {
            _ = try await TaskRun(
                plan: folder.plan, digest: ContentDigest(of: plan).description, task: 0, build: "c", stop: TaskStop()
            ).run()
        } throws: { ($0 as? ProjectProblem)?.diagnostics.first?.message.contains("another build") == true }
        #expect(folder.packs == [])
        try FileManager.default.removeItem(atPath: "\(folder.refusal)-0")
        // The run finds the refusal.
        try SealedFile.write(Array("node7: another build".utf8), to: "\(folder.refusal)-0")
        settings.isDetached = false
        await #expect {
            try await Self.run(project, settings)
        } throws: { error in
            let problem = (error as? ProjectProblem)?.diagnostics.first
            return problem?.id == "other-build" && problem?.message.contains("node7") == true
        }
    }

    @Test("an edit of the pipeline while tasks run changes nothing for them")
    func editedPipeline() async throws {
        let project = try Self.project()
        let executor = ScriptedExecutor { _, _ in .hangs }
        var settings = Self.settings(executor)
        settings.isDetached = true
        await #expect(throws: TasksSubmitted.self) {
            try await Self.run(project, settings)
        }
        try project.folder.write("stages: [", to: "pipelines/sample.yaml")
        let array = executor.arrays[0]
        let handed = try await TaskRun(
            plan: "\(array.folder)/plan", digest: array.command.last ?? "", task: 0, build: "b", stop: TaskStop()
        ).run()
        #expect(handed == 3)
    }
}
