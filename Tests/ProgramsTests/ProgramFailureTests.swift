import Model
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

    @Test(
        "a program that dies is started again without the document that did it, which has the reason and its last words"
    )
    func dies() async throws {
        let folder = try ProgramFolder.answering(
            """
            if r["text"] == "b":
                for k in range(100): print("line", k, file=sys.stderr)
                sys.exit(3)
            say({"n": r["n"], "spans": []})
            """)
        defer { folder.remove() }
        let results = try await folder.annotate(["a", "b", "c", "d"])
        #expect(results.map { (try? $0.get()) != nil } == [true, false, true, true])
        let failure = try #require(results[1].failure)
        #expect(failure.summary == "the program ended without an answer: exit code 3. It wrote: line 99")
        #expect(failure.code == "program-ended")
    }

    @Test("a document that is answered when it is sent alone keeps its answer")
    func innocent() async throws {
        // answers come when two more records are there, so the first open record is not the one that kills it
        let folder = try ProgramFolder.answering(
            """
            if r["text"] == "b": sys.exit(1)
            held = globals().setdefault("held", [])
            held.append(r["n"])
            if r["text"] == "alone": say({"n": r["n"], "spans": []}); held.clear()
            """)
        defer { folder.remove() }
        let results = try await folder.annotate(["alone", "alone", "b", "alone"])
        #expect(results.map { $0.failure?.code } == [nil, nil, "program-ended", nil])
    }

    @Test("a program that fails on one document after another is an error")
    func failsAlways() async throws {
        let failure = try await failure(ProgramFolder.answering("sys.exit(2)"), texts: ["a", "b", "c", "d", "e", "f"])
        #expect(failure.summary == "the program ended without an answer: exit code 2")
        #expect(failure.document == "3.txt")
    }

    @Test("an answer that is longer than its limit leaves one document out")
    func longAnswer() async throws {
        let folder = try ProgramFolder.answering(
            #"say({"n": r["n"], "spans": [{"x": "y" * (3 << 20 if r["text"] == "b" else 3)}]})"#)
        defer { folder.remove() }
        let results = try await folder.annotate(["a", "b", "c"], limits: ProgramLimits(output: 1))
        #expect(results.map { $0.failure?.code } == [nil, "program-output", nil])
        #expect(results[1].failure?.summary == "an answer is longer than 1 MiB")
    }

    @Test("a program that takes more memory than its limit leaves one document out")
    func memory() async throws {
        let folder = try ProgramFolder.answering(
            #"x = bytearray((1 << 30) if r["text"] == "b" else 1); say({"n": r["n"], "spans": []})"#)
        defer { folder.remove() }
        let results = try await folder.annotate(["a", "b", "c"], limits: ProgramLimits(memory: 512))
        #expect(results.map { $0.failure?.code } == [nil, "program-ended", nil])
        #expect(results[1].failure?.summary.contains("its memory is limited to 512 MiB") == true)
        #expect(results[1].failure?.summary.contains("MemoryError") == true)
    }

    @Test("a program that writes more than it may in a run is an error")
    func totalOutput() async throws {
        let folder = try ProgramFolder.answering(#"say({"n": r["n"], "spans": [{"x": "y" * (600 << 10)}]})"#)
        defer { folder.remove() }
        let pool = ProgramPool(folder.specification(limits: ProgramLimits(totalOutput: 1)), workers: 1)
        _ = try await pool.annotate(ProgramFolder.records(["a"]))
        let failure = await #expect(throws: ProgramFailure.self) {
            try await pool.annotate(ProgramFolder.records(["b"]))
        }
        await pool.shutdown()
        #expect(failure?.code == "program-total-output")
        #expect(failure?.summary == "the program has written more than the 1 MiB that it may write in a run")
    }

    @Test("what a program writes to standard error is kept although it does its work")
    func standardError() async throws {
        let folder = try ProgramFolder.answering(
            #"print("seen", r["text"], file=sys.stderr); say({"n": r["n"], "spans": []})"#)
        defer { folder.remove() }
        let pool = ProgramPool(folder.specification(), workers: 1)
        _ = try await pool.annotate(ProgramFolder.records(["a", "b", "b"]))
        await pool.shutdown()
        #expect(await pool.standardError == ["seen a", "seen b"])
    }

    @Test("a program that has used up its time for a run is an error that names the next document")
    func totalTime() async throws {
        let folder = try ProgramFolder.answering(#"time.sleep(0.3); say({"n": r["n"], "spans": []})"#)
        defer { folder.remove() }
        let pool = ProgramPool(folder.specification(limits: ProgramLimits(totalSeconds: 0.1)), workers: 1)
        _ = try await pool.annotate(ProgramFolder.records(["a"]))
        let failure = await #expect(throws: ProgramFailure.self) {
            try await pool.annotate(ProgramFolder.records(["b"]))
        }
        await pool.shutdown()
        #expect(failure?.code == "program-time" && failure?.document == "0.txt")
    }

    @Test("a program that dies before it says hello is an error, although its input is closed")
    func diesAtOnce() async throws {
        let failure = try await failure(
            ProgramFolder("import sys; sys.exit('no lexicon')"), texts: [String(repeating: "a", count: 1 << 20)])
        #expect(failure.summary == "the program ended without an answer: exit code 1")
        #expect(failure.standardError == ["no lexicon"])
    }

    @Test("a document for which a program gives no answer is left out when patience ends")
    func hangs() async throws {
        let folder = try ProgramFolder.answering(
            #"time.sleep(600) if r["text"] == "b" else say({"n": r["n"], "spans": []})"#)
        defer { folder.remove() }
        let results = try await folder.annotate(["a", "b", "c"], patience: .milliseconds(1500))
        #expect(results.map { $0.failure?.code } == [nil, "program-silent", nil])
        #expect(results[1].failure?.hint?.hasPrefix("does it flush its output after each answer?") == true)
    }

    @Test("a program that never gives an answer is an error at once")
    func silent() async throws {
        let failure = try await failure(ProgramFolder.answering("time.sleep(600)"), patience: .milliseconds(1500))
        #expect(failure.document == "0.txt")
        #expect(failure.code == "program-silent")
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
            #"if r["text"] != "b": say({"n": r["n"], "spans": []})"# + "\nif r[\"text\"] in \"bc\": break")
        defer { folder.remove() }
        let results = try await folder.annotate(["a", "b", "c"])
        #expect(
            results.map { $0.failure?.summary } == [nil, "the program ended without an answer: exit code 0", nil])
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
        #expect(try await pool.annotate(ProgramFolder.records(["b"])).map { $0.failure?.code } == ["program-ended"])
        #expect(try await pool.annotate(ProgramFolder.records(["a"])).count == 1)
        await pool.shutdown()
    }
}

extension Result {
    /// Why there is no value; nil where there is one.
    fileprivate var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
}
