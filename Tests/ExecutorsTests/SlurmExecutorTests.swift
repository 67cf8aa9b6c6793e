import Foundation
import TestSupport
import Testing

@testable import Executors

@Suite("Arrays of Slurm, with programs in the place of Slurm's")
struct SlurmExecutorTests {
    /// A folder with programs named as Slurm's are, and an executor that finds them.
    private struct Stand {
        let folder: TemporaryProject

        init(sbatch: String, squeue: String = "exit 0", scancel: String = "exit 0") throws {
            folder = try TemporaryProject([:])
            for (name, body) in [("sbatch", sbatch), ("squeue", squeue), ("scancel", scancel)] {
                try folder.write(
                    "#!/bin/sh\nhere=\(folder.path())\necho \"\(name) $*\" >> $here/calls\n\(body)\n", to: "bin/\(name)"
                )
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: folder.path("bin/\(name)"))
            }
        }

        func executor(_ settings: SlurmSettings = .init(), extra: [String: String] = [:]) -> SlurmExecutor {
            SlurmExecutor(
                settings, environment: ["PATH": "\(folder.path("bin")):/usr/bin:/bin"].merging(extra) { $1 },
                retryPauses: [.milliseconds(10), .milliseconds(10)])
        }

        var array: TaskArray {
            TaskArray(
                name: "colophon-a", folder: folder.path("job"), command: ["/opt/colo phon", "work", "p"], count: 3)
        }

        var calls: [String] {
            ((try? String(contentsOfFile: folder.path("calls"), encoding: .utf8)) ?? "").split(separator: "\n").map(
                String.init)
        }
    }

    @Test("an array is submitted with the user's settings and without Slurm's own retries, and gives its number")
    func submit() async throws {
        let stand = try Stand(sbatch: "echo 'Welcome to the cluster'; echo '17;north'")
        var settings = SlurmSettings()
        settings.partition = "short"
        settings.memory = "4G"
        settings.atMost = 2
        settings.setup = ["module load colophon"]
        settings.options = ["--constraint=large"]
        #expect(try await stand.executor(settings).submit(stand.array) == "17")
        let call = try #require(stand.calls.last)
        for part in ["--no-requeue", "--partition=short", "--mem=4G", "--array=0-2%2", "--job-name=colophon-a"] {
            #expect(call.contains(part))
        }
        #expect(call.hasSuffix("--constraint=large \(stand.folder.path("job"))/script"))
        let script = try String(contentsOfFile: stand.folder.path("job/script"), encoding: .utf8)
        #expect(script.hasPrefix("#!/bin/sh\nset -eu\ntrap '' USR1\n"))
        #expect(script.contains("module load colophon\nexec '/opt/colo phon' 'work' 'p' \"$SLURM_ARRAY_TASK_ID\"\n"))
        #expect(FileManager.default.fileExists(atPath: stand.folder.path("job/log")))
    }

    @Test(
        "a task is told two minutes before its time is up, and of a short time in its last fifth",
        arguments: [
            (nil, 120), ("00:30:00", 120), ("10", 120), ("1", 12), ("1:30", 18), ("0:05:00", 60), ("1-0", 120),
            ("0-0:02", 24), ("0-0:00:40", 8), ("0", 1), ("soon", 120), ("1:2:3:4", 120), ("-5", 120), ("", 120),
            ("99999999999999999999", 120),
        ] as [(String?, Int)])
    func notice(time: String?, seconds: Int) {
        #expect(SlurmSettings.notice(before: time) == seconds)
        var settings = SlurmSettings()
        settings.time = time
        let array = TaskArray(name: "a", folder: "/a", command: ["c"], count: 1)
        #expect(settings.arguments(for: array).contains("--signal=B:USR1@\(seconds)"))
    }

    @Test("a submission that seemed to fail and was taken all the same is found by its name, and not made twice")
    func timedOut() async throws {
        let stand = try Stand(
            sbatch: "touch $here/taken; echo 'sbatch: error: Socket timed out on send/recv operation' >&2; exit 1",
            squeue: "if [ -e $here/taken ]; then echo 23; echo 23; fi")
        #expect(try await stand.executor().submit(stand.array) == "23")
        #expect(stand.calls.count { $0.hasPrefix("sbatch") } == 1)
    }

    @Test("a controller that is away for a while is asked again; one that stays away is a problem")
    func away() async throws {
        let stand = try Stand(
            sbatch:
                "if [ -e $here/twice ]; then echo 5; else [ ! -e $here/once ] || touch $here/twice; touch $here/once;"
                + " echo 'Unable to contact slurm controller' >&2; exit 1; fi",
            squeue: "echo 'Unable to contact slurm controller' >&2; exit 1")
        #expect(try await stand.executor().submit(stand.array) == "5")
        let gone = try Stand(sbatch: "exit 1", squeue: "exit 1")
        await #expect {
            try await gone.executor().submit(gone.array)
        } throws: { ($0 as? ExecutorProblem)?.id == "slurm-unavailable" }
        #expect(gone.calls.count { $0.hasPrefix("sbatch") } == 3)
    }

    @Test(
        "what Slurm will never take is refused at once, and the message names the key",
        arguments: [
            ("sbatch: error: invalid partition specified: nosuch", "partition"),
            (
                "sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified",
                "account"
            ),
            ("sbatch: error: Memory specification can not be satisfied", "memory"),
            ("sbatch: error: Batch job submission failed: Invalid job array specification", "documents-per-task"),
        ])
    func refused(said: String, key: String) async throws {
        let stand = try Stand(sbatch: "echo '\(said)' >&2; exit 1")
        await #expect {
            try await stand.executor().submit(stand.array)
        } throws: { error in
            let problem = error as? ExecutorProblem
            return problem?.id == "slurm-refused" && problem?.hint?.contains("'\(key)'") == true
        }
        #expect(stand.calls.count { $0.hasPrefix("sbatch") } == 1)
    }

    @Test("states are read row by row, pending tasks that stand in one row too, and a silent controller is an error")
    func states() async throws {
        let stand = try Stand(
            sbatch: "exit 1",
            squeue: "echo '0|COMPLETED|None|node1'; echo '1|NODE_FAIL|None|node2'; echo '[2-3%2]|PENDING|Resources|'")
        let states = try await stand.executor().states(of: stand.array)
        #expect(states[0] == .ended(.finished))
        #expect(states[1] == .ended(.displaced("node node2 failed")))
        #expect(states[2] == .waiting("waits its turn") && states[3] == states[2])
        let silent = try Stand(sbatch: "exit 1", squeue: "exit 1")
        await #expect(throws: ExecutorProblem.self) { try await silent.executor().states(of: silent.array) }
    }

    @Test("the variables of a surrounding job are taken away, the place of Slurm's configuration is not")
    func environment() async throws {
        let stand = try Stand(sbatch: "env > $here/environment; echo 1")
        _ = try await stand.executor(extra: [
            "SLURM_CONF": "/c", "SLURM_JOB_ID": "9", "SBATCH_PARTITION": "other", "KEPT": "1",
        ]).submit(stand.array)
        let names = try String(contentsOfFile: stand.folder.path("environment"), encoding: .utf8)
        #expect(names.contains("SLURM_CONF=/c") && names.contains("KEPT=1"))
        #expect(!names.contains("SLURM_JOB_ID") && !names.contains("SBATCH_PARTITION"))
    }

    @Test("an array is cancelled by its name, single tasks by number")
    func cancel() async throws {
        let stand = try Stand(sbatch: "exit 1", squeue: "echo 31")
        await stand.executor().cancel(stand.array, tasks: nil)
        await stand.executor().cancel(stand.array, tasks: [2])
        #expect(stand.calls.filter { $0.hasPrefix("scancel") } == ["scancel --name=colophon-a", "scancel 31_2"])
    }

    @Test("a missing program is said to be missing")
    func missing() async throws {
        let stand = try Stand(sbatch: "exit 1")
        try FileManager.default.removeItem(atPath: stand.folder.path("bin/sbatch"))
        await #expect {
            try await stand.executor(extra: ["PATH": stand.folder.path("bin")]).submit(stand.array)
        } throws: { ($0 as? ExecutorProblem)?.id == "no-scheduler" }
    }

    @Test(
        "every state of Slurm says whether somebody still works",
        arguments: [
            ("COMPLETING", TaskState.running("n")), ("SUSPENDED", .running("n")),
            ("REQUEUED", .waiting("put back into the queue")),
            ("TIMEOUT", .ended(.outOfTime)), ("DEADLINE", .ended(.outOfTime)), ("OUT_OF_MEMORY", .ended(.outOfMemory)),
            ("PREEMPTED", .ended(.displaced("another job took its place"))), ("CANCELLED", .ended(.cancelled(""))),
            ("FAILED", .ended(.failed("its command ended with an error"))),
            ("BOOT_FAIL", .ended(.displaced("node n failed"))),
        ])
    func meaning(state: String, expected: TaskState) {
        #expect(SlurmState.meaning(of: state, reason: "NonZeroExitCode", node: "n") == expected)
    }

    @Test("a reason to wait that a setting can mend names the setting")
    func reasons() {
        #expect(SlurmState.words(for: "PartitionTimeLimit").contains("'time'"))
        #expect(SlurmState.words(for: "PartitionDown").contains("'partition'"))
        #expect(SlurmState.words(for: "AssocGrpCpuLimit").contains("AssocGrpCpuLimit"))
        #expect(SlurmState.words(for: "SomethingNew") == "waits (SomethingNew)")
    }
}

@Suite("Tasks as processes of this machine")
struct ProcessExecutorTests {
    /// An array whose tasks run a script; the number is its argument.
    private func array(_ body: String, count: Int) throws -> (TemporaryProject, TaskArray) {
        let folder = try TemporaryProject([:])
        try folder.write("#!/bin/sh\nhere=\(folder.path())\n\(body)\n", to: "task")
        return (
            folder,
            TaskArray(name: "a", folder: folder.path("job"), command: ["/bin/sh", folder.path("task")], count: count)
        )
    }

    private func ends(_ executor: ProcessExecutor, _ array: TaskArray) async throws -> [TaskState] {
        while true {
            let states = try await executor.states(of: array)
            let all = (0..<array.count).compactMap { states[$0] }
            if all.allSatisfy({ if case .ended = $0 { true } else { false } }) { return all }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test("tasks run, at most so many at once, and how each ended is known with its log")
    func run() async throws {
        let (folder, array) = try array(
            "mkdir $here/at-$1; ls -d $here/at-* 2> $here/none | wc -l >> $here/counts; sleep 0.1; rmdir $here/at-$1; echo said $1;"
                + " [ $1 != 2 ] || exit 7; [ $1 != 3 ] || kill -9 $$", count: 5)
        let executor = ProcessExecutor(limit: 2)
        _ = try await executor.submit(array)
        let ends = try await ends(executor, array)
        #expect(ends[0] == .ended(.finished) && ends[2] == .ended(.failed("exit code 7")))
        #expect(ends[3] == .ended(.failed("signal 9")) && ends[4] == .ended(.finished))
        let log = try String(contentsOfFile: array.log(of: 2), encoding: .utf8)
        #expect(log == "said 2\n")
        let counts = try String(contentsOfFile: folder.path("counts"), encoding: .utf8).split(separator: "\n")
        #expect(counts.compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }.max() ?? 0 <= 2)
    }

    @Test("another executor finds tasks that run, and ends them; what was not begun is lost")
    func adopted() async throws {
        let (folder, array) = try array("while :; do sleep 0.1; done", count: 2)
        let first = ProcessExecutor(limit: 1)
        _ = try await first.submit(array)
        let second = ProcessExecutor(limit: 1)
        #expect(try await second.states(of: array)[0] == .running("this machine"))
        await second.cancel(array, tasks: [0])
        try await Task.sleep(for: .milliseconds(200))
        await first.cancel(array, tasks: nil)
        #expect(try await ends(first, array).first == .ended(.failed("signal 15")))
        #expect(try await second.states(of: array)[1] == .ended(.displaced("the run that started it was killed")))
        withExtendedLifetime(folder) {}
    }
}
