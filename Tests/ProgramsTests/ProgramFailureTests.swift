import StageKit
import Testing

@testable import Programs

@Suite(.timeLimit(.minutes(1))) struct ProgramFailureTests {
    private func failure(
        _ folder: ProgramFolder, texts: [String] = ["a", "b", "c"], patience: Duration = .seconds(20)
    ) async throws -> ProgramFailure {
        defer { folder.remove() }
        return try await #require(throws: ProgramFailure.self) {
            try await folder.annotate(texts, patience: patience)
        }
    }

    @Test("a program that dies is named with its document, its exit code and its last words")
    func dies() async throws {
        let folder = try ProgramFolder.answering(
            """
            if r["text"] == "b":
                for k in range(100): print("line", k, file=sys.stderr)
                sys.exit(3)
            say({"n": r["n"], "spans": []})
            """)
        let failure = try await failure(folder)
        #expect(failure.stage == "tone")
        #expect(failure.document == "1.txt")
        #expect(failure.summary == "the program ended without an answer: exit code 3")
        #expect(failure.standardError == (80..<100).map { "line \($0)" })
        #expect(failure.code == "program-ended")
    }

    @Test("a program that dies before it says hello is an error, although its input is closed")
    func diesAtOnce() async throws {
        let failure = try await failure(
            ProgramFolder("import sys; sys.exit('no lexicon')"), texts: [String(repeating: "a", count: 1 << 20)])
        #expect(failure.summary == "the program ended without an answer: exit code 1")
        #expect(failure.standardError == ["no lexicon"])
    }

    @Test("a program that gives no answer is ended when patience is")
    func hangs() async throws {
        let folder = try ProgramFolder.answering(
            #"time.sleep(600) if r["text"] == "b" else say({"n": r["n"], "spans": []})"#)
        let failure = try await failure(folder, patience: .milliseconds(1500))
        #expect(failure.document == "1.txt")
        #expect(failure.code == "program-silent")
        #expect(failure.hint == "does it flush its output after each answer?")
    }

    @Test(
        "an answer that breaks the protocol is named with its line",
        arguments: [
            (#"print("hi")"#, "not JSON at byte 0: a value is expected: 'hi'", 2),
            ("say([1])", "an answer has to be an object, not a list", 2),
            ("say({})", "the answer has no whole number 'n'", 2),
            (#"say({"n": r["n"] + 7, "spans": []})"#, "there is no open record 7", 2),
            (#"say({"n": 0, "spans": []})"#, "record 0 is answered twice", 3),
        ])
    func breaksProtocol(body: String, summary: String, line: Int) async throws {
        let failure = try await failure(ProgramFolder.answering(body))
        #expect(failure.summary == summary)
        #expect(failure.line == line)
        #expect(failure.code == "program-answer")
    }

    @Test("a record without an answer is missed when the program ends")
    func missing() async throws {
        let folder = try ProgramFolder.answering(
            #"if r["n"] != 1: say({"n": r["n"], "spans": []})"# + "\nif r[\"n\"] == 2: break")
        let failure = try await failure(folder)
        #expect(failure.document == "1.txt")
        #expect(failure.summary == "the program ended without an answer: exit code 0")
    }

    @Test("a program of another protocol is refused", arguments: [#"{"hello": {"protocol": 2}}"#, #"{"hello": 1}"#])
    func otherProtocol(hello: String) async throws {
        let failure = try await failure(ProgramFolder("print('\(hello)', flush=True); input(); input()"))
        #expect(failure.summary == "the program does not speak protocol 1")
        #expect(failure.line == 1)
    }

    @Test("a program that is not there is an error with a hint")
    func notFound() async throws {
        let folder = try ProgramFolder("")
        defer { folder.remove() }
        let pool = ProgramPool(folder.specification(command: ["colophon-no-such-program"]), workers: 1)
        let failure = await #expect(throws: ProgramFailure.self) {
            try await pool.annotate(ProgramFolder.records(["a"]))
        }
        #expect(failure?.summary == "the program 'colophon-no-such-program' is not installed")
        #expect(failure?.code == "program-not-found")
    }

    @Test("a cancelled task ends the program at once")
    func cancelled() async throws {
        let folder = try ProgramFolder.answering("time.sleep(600)")
        defer { folder.remove() }
        let pool = ProgramPool(folder.specification(), workers: 1)
        let task = Task { try await pool.annotate(ProgramFolder.records(["a"])) }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("after a failure, the next batch gets a new process")
    func startsAgain() async throws {
        let folder = try ProgramFolder.answering(
            #"say({"n": r["n"], "spans": []}) if r["text"] == "a" else sys.exit(1)"#)
        defer { folder.remove() }
        let pool = ProgramPool(folder.specification(), workers: 1)
        await #expect(throws: ProgramFailure.self) { try await pool.annotate(ProgramFolder.records(["b"])) }
        #expect(try await pool.annotate(ProgramFolder.records(["a"])).count == 1)
        await pool.shutdown()
    }
}
