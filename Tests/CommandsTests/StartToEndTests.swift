import Foundation
import TestSupport
import Testing

/// A project goes from one person to another: in a file, through git, or through a shared cache.
@Suite("From one person to another")
struct StartToEndTests {
    private static let program = """
        import json, sys
        sys.stdin.readline()
        print(json.dumps({"hello": {"protocol": 1}}), flush=True)
        for line in sys.stdin:
            record = json.loads(line)
            print(json.dumps({"n": record["n"], "spans": [{"length": len(record["text"])}]}), flush=True)

        """

    private func sample() throws -> SampleProject {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline
                + "  - {id: own, run: [python3, own.py], files: [own.py], reads: [text], writes: own}\n")
        try project.folder.write(Self.program, to: "own.py")
        return project
    }

    /// Somebody on this machine: their home, their language, their clock and their umask, and where we may, their user.
    private struct Person {
        let home: String
        var environment: [String: String] = [:]
        var umask = "022"
        var isOther = false

        @discardableResult
        func run(_ arguments: [String], in folder: String) throws -> (code: Int32, said: String, printed: String) {
            let tool = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "colophon")
                .path
            let process = Process()
            let (said, printed) = (Pipe(), Pipe())
            process.executableURL = URL(filePath: "/bin/sh")
            let other = isOther ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
            process.arguments = ["-c", "umask \(umask); exec \(other)\"$0\" \"$@\"", tool] + arguments
            process.currentDirectoryURL = URL(filePath: folder)
            var variables = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home]
            variables["TMPDIR"] = "/tmp"
            process.environment = variables.merging(environment) { $1 }
            process.standardOutput = printed
            process.standardError = said
            try process.run()
            let out = try printed.fileHandleForReading.readToEnd() ?? Data()
            let err = try said.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return (
                process.terminationStatus, String(decoding: err, as: UTF8.self), String(decoding: out, as: UTF8.self)
            )
        }
    }

    private func me() throws -> (person: Person, home: TemporaryProject) {
        let home = try TemporaryProject()
        return (Person(home: home.path()), home)
    }

    /// Somebody who shares nothing with the first: another user if this process may be one, in Turkish (where `I` has
    /// another small letter), on the other side of the world, whose files nobody else may read and whose home is read-only.
    private func somebodyElse() throws -> (person: Person, place: TemporaryProject) {
        let place = try TemporaryProject()
        let home = place.path("home")
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        chmod(place.path(), 0o777)
        chmod(home, 0o555)
        let tool = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "colophon").path
        let probe = Process()
        probe.executableURL = URL(filePath: "/bin/sh")
        probe.arguments = ["-c", "setpriv --reuid=65534 --regid=65534 --clear-groups test -x '\(tool)' 2>/dev/null"]
        try probe.run()
        probe.waitUntilExit()
        return (
            Person(
                home: home, environment: ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"],
                umask: "077", isOther: geteuid() == 0 && probe.terminationStatus == 0), place
        )
    }

    /// The files of a report and the lock, by path.
    private func outputs(_ folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
            guard name.hasPrefix("outputs/") || name.hasSuffix(".lock") else { continue }
            guard !name.contains(".sqlite"), !name.hasSuffix("changes.md") else { continue }
            if let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") { files[name] = Array(bytes) }
        }
        return files
    }

    /// How many steps a run computed, as its JSON tells.
    private func ran(_ printed: String) throws -> Int {
        let record = try #require(try JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [String: Any])
        let steps = try #require(record["steps"] as? [[String: Any]])
        return steps.reduce(0) { $0 + ($1["ran"] as? Int ?? 0) }
    }

    @Test("a pack makes the same report elsewhere without computing a step, and after an edit only its steps")
    func pack() async throws {
        let project = try sample()
        let (mine, home) = try me()
        defer { withExtendedLifetime(home) {} }
        let folder = project.folder.path()
        #expect(try mine.run(["run", "pipelines/sample.yaml"], in: folder).code == 2, "nobody has consented yet")
        #expect(try mine.run(["trust", "--yes", "pipelines/sample.yaml"], in: folder).code == 0)
        let first = try mine.run(["run", "pipelines/sample.yaml", "--json"], in: folder)
        #expect(first.code == 0)
        #expect(try mine.run(["pack", "pipelines/sample.yaml"], in: folder).code == 0)

        let (theirs, place) = try somebodyElse()
        try place.write(project.folder.bytes(of: "sample.colophon"), to: "sample.colophon")
        chmod(place.path("sample.colophon"), 0o644)
        let unpacked = try theirs.run(["unpack", "sample.colophon"], in: place.path())
        #expect(unpacked.code == 0, "\(unpacked.said)")
        let copy = place.path("sample")
        // A home that can't be written to can't keep a consent, which the variable gives.
        let shown = try theirs.run(["trust", "--show", "pipelines/sample.yaml"], in: copy)
        let digest = try #require(shown.printed.split(separator: "\n").last { $0.hasPrefix("digest: ") }).dropFirst(8)
        if theirs.isOther {
            let refused = try theirs.run(["trust", "--yes", "pipelines/sample.yaml"], in: copy)
            #expect(refused.code == 1 && refused.said.contains("COLOPHON_TRUST"), "\(refused.said)")
        }
        var trusting = theirs
        trusting.environment["COLOPHON_TRUST"] = String(digest)
        let run = try trusting.run(["run", "pipelines/sample.yaml", "--json"], in: copy)
        #expect(run.code == 0, "\(run.said)")
        #expect(try ran(run.printed) == 0)
        #expect(try outputs(copy) == outputs(folder))
        #expect(try trusting.run(["run", "--frozen", "pipelines/sample.yaml"], in: copy).code == 0)
        #expect(try trusting.run(["verify", "--sample", "100%", "pipelines/sample.yaml"], in: copy).code == 0)

        // An edit, here and there: only its steps, and the same report.
        let text = "Council passes budget\n\nMayor Tom Reed said the budget was not sound.\n"
        try text.write(toFile: "\(copy)/corpus/wire/budget.txt", atomically: false, encoding: .utf8)
        try project.folder.write(text, to: "corpus/wire/budget.txt")
        let edited = try trusting.run(["run", "pipelines/sample.yaml", "--json"], in: copy)
        #expect(edited.code == 0, "\(edited.said)")
        let all = try ran(first.printed)
        #expect(try (1..<all / 2).contains(ran(edited.printed)))
        #expect(try mine.run(["run", "pipelines/sample.yaml"], in: folder).code == 0)
        #expect(try outputs(copy) == outputs(folder))
    }

    @Test("a program in a pack that was changed on the way does not run")
    func changedProgram() async throws {
        let project = try sample()
        let (mine, home) = try me()
        defer { withExtendedLifetime(home) {} }
        let folder = project.folder.path()
        #expect(try mine.run(["trust", "--yes", "pipelines/sample.yaml"], in: folder).code == 0)
        #expect(try mine.run(["run", "--quiet", "pipelines/sample.yaml"], in: folder).code == 0)
        try project.folder.write("open('mark', 'w')\n" + Self.program, to: "own.py")
        let refused = try mine.run(["run", "pipelines/sample.yaml"], in: folder)
        #expect(refused.code == 2 && refused.said.contains("changed since you consented"))
        let shown = try mine.run(["trust", "--show", "pipelines/sample.yaml"], in: folder)
        #expect(shown.printed.contains("+ open('mark', 'w')"))
        let asked = try mine.run(["trust", "pipelines/sample.yaml"], in: folder)
        #expect(asked.code == 2 && asked.said.contains("--yes"), "nobody is there to answer")
    }

    @Test("through git the report is the same, and the lock says so")
    func git() async throws {
        let project = try sample()
        let (mine, home) = try me()
        defer { withExtendedLifetime(home) {} }
        let folder = project.folder.path()
        try mine.run(["trust", "--yes", "pipelines/sample.yaml"], in: folder)
        #expect(try mine.run(["run", "--quiet", "pipelines/sample.yaml"], in: folder).code == 0)
        let place = try TemporaryProject()
        let script = """
            cd '\(folder)' && git init -q . && printf '.colophon\\n*.sqlite\\n' > .gitignore && git add -A \
            && git -c user.name=A -c user.email=a@example.org commit -qm one && git clone -q . '\(place.path("clone"))'
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "git is needed")
        let clone = place.path("clone")
        #expect(try mine.run(["run", "--quiet", "--frozen", "pipelines/sample.yaml"], in: clone).code == 0)
        #expect(try outputs(clone) == outputs(folder))
        #expect(try mine.run(["verify", "--lock", "pipelines/sample.yaml"], in: clone).code == 0)
        #expect(try mine.run(["diff", "-q", "\(folder)/outputs/sample", "outputs/sample"], in: clone).code == 0)
    }

    @Test("two packs are compared without being unpacked")
    func comparison() async throws {
        let project = try sample()
        let (mine, home) = try me()
        defer { withExtendedLifetime(home) {} }
        let folder = project.folder.path()
        try mine.run(["trust", "--yes", "pipelines/sample.yaml"], in: folder)
        func pack(_ name: String, _ more: String...) throws {
            #expect(try mine.run(["run", "--quiet", "pipelines/sample.yaml"], in: folder).code == 0)
            #expect(try mine.run(["pack", "pipelines/sample.yaml", "-o", name] + more, in: folder).code == 0)
        }
        try pack("one.colophon")
        try pack("again.colophon")
        try pack("lock.colophon", "--only-lock")
        let before = try outputs(folder)
        #expect(try mine.run(["diff", "one.colophon", "again.colophon"], in: folder).code == 0)
        try FileManager.default.copyItem(
            atPath: project.folder.path("outputs/sample"), toPath: project.folder.path("before"))
        try project.folder.write(
            "Council passes budget\n\nMayor Tom Reed said the budget was not sound. He spoke of 4 million crowns.\n",
            to: "corpus/wire/budget.txt")
        try pack("two.colophon")
        #expect(try outputs(folder) != before)
        let packs = try mine.run(["diff", "one.colophon", "two.colophon", "--format", "json"], in: folder)
        let databases = try mine.run(["diff", "before", "outputs/sample", "--format", "json"], in: folder)
        #expect(packs.code == 3 && databases.code == 3)
        #expect(packs.printed == databases.printed)
        let mixed = try mine.run(["diff", "one.colophon", "outputs/sample", "--format", "json"], in: folder)
        #expect(mixed.code == 3 && mixed.printed == databases.printed)
        let locks = try mine.run(["diff", "lock.colophon", "two.colophon"], in: folder)
        #expect(locks.code == 3 && locks.printed.contains("corpus"))
        #expect(try mine.run(["diff", "lock.colophon", "pipelines/sample.lock"], in: folder).code == 3)
        #expect(try mine.run(["diff", "one.colophon", "own.py"], in: folder).code == 2)
        try project.folder.write("nonsense", to: "bad.colophon")
        #expect(try mine.run(["diff", "one.colophon", "bad.colophon"], in: folder).code == 1)
    }

    @Test("what is wrong with a command line or a pack is told, and nothing is written")
    func badInput() async throws {
        let project = try sample()
        let (mine, home) = try me()
        defer { withExtendedLifetime(home) {} }
        let folder = project.folder.path()
        let cases: [([String], Int32, String)] = [
            (["pack", "pipelines/sample.yaml"], 1, "no-run"),
            (["pack", "pipelines/none.yaml"], 2, "none.yaml"),
            (["pack", "pipelines/sample.yaml", "--with-quotations"], 2, "--without-texts"),
            (["pack", "pipelines/sample.yaml", "--only-lock", "--without-texts"], 2, "--only-lock"),
            (["unpack", "none.colophon"], 1, "can be read"), (["unpack", "own.py"], 1, "[pack]"),
            (["unpack", "corpus", "new"], 1, "can be read"),
            (["unpack", "own.py", "--force"], 2, "--into"),
            (["unpack", "own.py", "--max-size", "much"], 2, "--max-size"),
            (["unpack", "own.py", "--max-ratio", "0"], 2, "--max-ratio"),
            (["trust", "pipelines/none.yaml"], 2, "none.yaml"),
            (["trust", "pipelines/sample.yaml", "--yes", "--show"], 2, "only one"),
            (["cache", "push", "pipelines/sample.yaml"], 2, "no-shared-cache"),
            (["cache", "pull", "pipelines/sample.yaml"], 2, "no-shared-cache"),
            (["cache", "status", "pipelines/sample.yaml"], 2, "no-shared-cache"),
        ]
        for (arguments, code, said) in cases {
            let ended = try mine.run(arguments, in: folder)
            #expect(ended.code == code && ended.said.contains(said), "\(arguments): \(ended)")
        }
        #expect(!project.folder.exists("new") && !project.folder.exists("sample.colophon"))
        try mine.run(["trust", "--yes", "pipelines/sample.yaml"], in: folder)
        try mine.run(["run", "--quiet", "pipelines/sample.yaml"], in: folder)
        try project.folder.write("mine", to: "sample.colophon")
        let kept = try mine.run(["pack", "pipelines/sample.yaml"], in: folder)
        #expect(kept.code == 2 && kept.said.contains("--force"))
        #expect(try project.folder.text(of: "sample.colophon") == "mine")
        let nowhere = try mine.run(["pack", "pipelines/sample.yaml", "-o", "none/x.colophon"], in: folder)
        #expect(nowhere.code == 1 && nowhere.said.contains("none/x.colophon"), "\(nowhere)")
    }
}
