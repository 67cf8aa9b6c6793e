import Testing

@testable import Processes

@Suite("Programs of the system") struct SystemCommandTests {
    private func shell(_ script: String, input: [UInt8] = [], seconds: Int = 20, most: Int = 1 << 20) -> SystemCommand {
        SystemCommand("sh", ["-c", script], input: input, seconds: seconds, most: most)
    }

    @Test("what a program reads, writes and says comes whole, however long it is")
    func talk() async throws {
        let input = [UInt8](repeating: 65, count: 3 << 20)
        let ending = try await shell("cat; echo done >&2; exit 3", input: input, most: 4 << 20).run()
        #expect(ending.code == 3 && ending.output == input && ending.said == "done\n")
        // one that reads nothing
        #expect(try await shell("exit 0", input: input).run().output.isEmpty)
    }

    @Test("its environment and its folder are those that are given")
    func environment() async throws {
        var command = SystemCommand("/usr/bin/env", [], environment: ["ONLY": "this"], folder: "/")
        #expect(try await command.run().output == Array("ONLY=this\n".utf8))
        command = SystemCommand("/bin/sh", ["-c", "pwd"], environment: [:], folder: "/")
        #expect(try await command.run().output == Array("/\n".utf8))
    }

    @Test("one that takes too long is ended with what it has started, also when it has closed its output")
    func tooSlow() async {
        for script in ["sleep 60 & sleep 60", "exec >&- 2>&-; sleep 60", "trap '' TERM; sleep 60"] {
            await #expect(throws: SystemCommand.Problem.tooSlow(seconds: 1)) {
                try await shell(script, seconds: 1).run()
            }
        }
    }

    @Test("one that writes too much is ended; of what it says, the end is kept")
    func flood() async throws {
        await #expect(throws: SystemCommand.Problem.tooLong(bytes: 1 << 20)) { try await shell("yes").run() }
        let ending = try await shell("yes 1234567 | head -c 1000000 >&2; echo end >&2").run()
        #expect(ending.said.utf8.count == 64 << 10 && ending.said.hasSuffix("end\n"))
    }

    @Test("one that is not there, and one that can't be started, are told apart from one that fails")
    func missing() async throws {
        await #expect(throws: SystemCommand.Problem.notInstalled) {
            try await SystemCommand("no-such-program-here", []).run()
        }
        await #expect(throws: SystemCommand.Problem.self) { try await SystemCommand("/etc/passwd", []).run() }
        #expect(try await shell("kill -9 $$").run().code == -9)
    }

    @Test("threads that wait for programs do not keep these from running, however many they are")
    func waiting() async throws {
        let ends = await withTaskGroup(of: Int32?.self) { group in
            for k in 0..<24 { group.addTask { try? shell("sleep 0.05; exit \(k)").wait().code } }
            return await group.reduce(into: Set<Int32?>()) { $0.insert($1) }
        }
        #expect(ends == Set((0..<24).map { Optional($0) }))
    }

    @Test("a task that is cancelled ends its program")
    func cancelled() async {
        let task = Task { try await shell("sleep 60").run() }
        try? await Task.sleep(for: .milliseconds(200))
        task.cancel()
        await #expect(throws: SystemCommand.Problem.cancelled) { try await task.value }
    }
}
