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
    private func ran(_ printed: String, _ names: Set<String>? = nil) throws -> Int {
        let record = try #require(try JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [String: Any])
        let steps = try #require(record["steps"] as? [[String: Any]])
        return steps.filter { names?.contains($0["step"] as? String ?? "") ?? true }
            .reduce(0) { $0 + ($1["ran"] as? Int ?? 0) }
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

    /// What `trust --show` calls the consent to all that a pipeline has, for a home that can't keep it.
    private func trusting(_ person: Person, in folder: String) throws -> Person {
        let shown = try person.run(["trust", "--show", "pipelines/sample.yaml"], in: folder)
        let digest = try #require(shown.printed.split(separator: "\n").last { $0.hasPrefix("digest: ") }).dropFirst(8)
        var trusting = person
        trusting.environment["COLOPHON_TRUST"] = String(digest)
        return trusting
    }

    /// Clones a project for the person who is to have it.
    private func clone(_ folder: String, to copy: String, as person: Person) throws {
        let script = """
            set -e; cd '\(folder)'; printf '.colophon\n*.sqlite\nchanges.md\n' > .gitignore
            git init -q .; git add -A; git -c user.name=A -c user.email=a@example.org commit -qm one
            umask \(person.umask); git clone -q . '\(copy)'; \(person.isOther ? "chown -R 65534:65534 '\(copy)'" : "")
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "git is needed")
    }

    private static let edit = "Council passes budget\n\nMayor Tom Reed said the budget was not sound.\n"

    /// An edit there and here: only its steps run there, and both have the same report.
    private func edit(_ copy: String, _ theirs: Person, like folder: String, _ mine: Person, all: Int) throws {
        for place in [copy, folder] {
            try Self.edit.write(toFile: "\(place)/corpus/wire/budget.txt", atomically: false, encoding: .utf8)
        }
        let edited = try theirs.run(["run", "pipelines/sample.yaml", "--json"], in: copy)
        #expect(edited.code == 0, "\(edited.said)")
        #expect(try (1..<all / 2).contains(ran(edited.printed)), "\(edited.printed)")
        #expect(try mine.run(["run", "pipelines/sample.yaml"], in: folder).code == 0)
        #expect(try outputs(copy) == outputs(folder))
        #expect(try theirs.run(["verify", "--sample", "100%", "pipelines/sample.yaml"], in: copy).code == 0)
    }

    @Test("through git the report is the same, the lock says so, and after an edit only its steps are computed")
    func git() async throws {
        let project = try sample()
        let (mine, home) = try me()
        defer { withExtendedLifetime(home) {} }
        let folder = project.folder.path()
        try mine.run(["trust", "--yes", "pipelines/sample.yaml"], in: folder)
        #expect(try mine.run(["run", "--quiet", "pipelines/sample.yaml"], in: folder).code == 0)
        let (somebody, place) = try somebodyElse()
        let copy = place.path("clone")
        try clone(folder, to: copy, as: somebody)
        let theirs = try trusting(somebody, in: copy)
        let first = try theirs.run(["run", "--frozen", "pipelines/sample.yaml", "--json"], in: copy)
        #expect(first.code == 0, "\(first.said)")
        #expect(try outputs(copy) == outputs(folder))
        #expect(try theirs.run(["verify", "--lock", "pipelines/sample.yaml"], in: copy).code == 0)
        #expect(try theirs.run(["diff", "-q", "\(folder)/outputs/sample", "outputs/sample"], in: copy).code == 0)

        try Self.edit.write(toFile: "\(copy)/corpus/wire/budget.txt", atomically: false, encoding: .utf8)
        let frozen = try theirs.run(["run", "--frozen", "pipelines/sample.yaml"], in: copy)
        #expect(frozen.code == 3 && frozen.said.contains("corpus/wire/budget.txt"), "\(frozen.said)")
        try edit(copy, theirs, like: folder, mine, all: ran(first.printed))
    }

    @Test(
        "through a shared cache a first run computes no step, and after an edit only its steps",
        .enabled(if: CacheServer.isPossible, "there is no python3 for the server"))
    func sharedCache() async throws {
        let server = try CacheServer()
        let project = try sample()
        try project.folder.write("cache: {remote: '\(server.address())'}\n", to: "colophon.yaml")
        let (mine, home) = try me()
        defer { withExtendedLifetime(home) {} }
        let folder = project.folder.path()
        try mine.run(["trust", "--yes", "pipelines/sample.yaml"], in: folder)
        let first = try mine.run(["run", "pipelines/sample.yaml", "--json"], in: folder)
        #expect(first.code == 0, "\(first.said)")
        #expect(try mine.run(["cache", "push", "pipelines/sample.yaml"], in: folder).code == 0)
        let (somebody, place) = try somebodyElse()
        let copy = place.path("clone")
        try clone(folder, to: copy, as: somebody)
        let theirs = try trusting(somebody, in: copy)
        let run = try theirs.run(["run", "--frozen", "pipelines/sample.yaml", "--json"], in: copy)
        #expect(run.code == 0 && run.said.isEmpty, "\(run.said)")
        #expect(try ran(run.printed) == 0)
        #expect(try outputs(copy) == outputs(folder))
        #expect(try theirs.run(["cache", "status", "pipelines/sample.yaml"], in: copy).code == 0)
        try edit(copy, theirs, like: folder, mine, all: ran(first.printed))
    }

    @Test(
        "two people's stores are merged by pull from one another: nothing is computed twice",
        .enabled(if: CacheServer.isPossible, "there is no python3 for the server"))
    func merging() async throws {
        let server = try CacheServer()
        let (mine, home) = try me()
        let (somebody, place) = try somebodyElse()
        defer { withExtendedLifetime(home) {} }
        let project = try sample()
        let (folder, copy) = (project.folder.path(), place.path("clone"))
        try project.folder.write("cache: {remote: '\(server.address())'}\n", to: "colophon.yaml")
        try clone(folder, to: copy, as: somebody)
        let theirs = try trusting(somebody, in: copy)
        try mine.run(["trust", "--yes", "pipelines/sample.yaml"], in: folder)
        // Each writes a document of their own, and shares what came of it.
        let documents = [(folder, "rain", "It rained, said Tom Reed."), (copy, "snow", "It snowed, said Ann Lee.")]
        for (place, name, text) in documents {
            let person = place == folder ? mine : theirs
            try text.write(toFile: "\(place)/corpus/wire/\(name).txt", atomically: false, encoding: .utf8)
            #expect(try person.run(["run", "--quiet", "pipelines/sample.yaml"], in: place).code == 0)
            #expect(try person.run(["cache", "push", "--quiet", "pipelines/sample.yaml"], in: place).code == 0)
        }
        // The documents of both come together, as through git; the results by pull.
        for (_, name, text) in documents {
            for place in [folder, copy] {
                try text.write(toFile: "\(place)/corpus/wire/\(name).txt", atomically: false, encoding: .utf8)
            }
        }
        for (place, person) in [(folder, mine), (copy, theirs)] {
            let pulled = try person.run(["cache", "pull", "--json", "pipelines/sample.yaml"], in: place)
            #expect(pulled.code == 0, "\(pulled.said)")
            let run = try person.run(["run", "--json", "pipelines/sample.yaml"], in: place)
            #expect(run.code == 0, "\(run.said)")
            // What each document gives by itself, one of the two has computed.
            #expect(try ran(run.printed, ["clean.read", "tag-entities.names", "link-claims.claims", "own"]) == 0)
        }
        #expect(try outputs(copy) == outputs(folder))
    }

    @Test(
        "commands on a shared cache that does not work end with 1 in text and in JSON, and say what to do",
        .enabled(if: CacheServer.isPossible, "there is no python3 for the server"), arguments: [false, true])
    func brokenCache(isJSON: Bool) async throws {
        let server = try CacheServer()
        let project = try SampleProject()
        let (mine, home) = try me()
        defer { withExtendedLifetime(home) {} }
        let folder = project.folder.path()
        try mine.run(["run", "--quiet", "pipelines/sample.yaml"], in: folder)
        let more = isJSON ? ["--json"] : []
        for (command, fault) in [("push", "refuse"), ("push", "down"), ("pull", "down"), ("status", "down")] {
            try project.folder.write("cache: {remote: '\(server.address(fault))', timeout: 1}\n", to: "colophon.yaml")
            try mine.run(["trust", "--yes", "pipelines/sample.yaml"], in: folder)
            let ended = try mine.run(["cache", command, "pipelines/sample.yaml"] + more, in: folder)
            #expect(ended.code == 1 && ended.said.contains("[shared-cache]"), "\(command) \(fault): \(ended)")
            #expect(isJSON == ended.printed.hasPrefix("{"))
        }
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
