import Digests
import Engine
import Foundation
import Model
import RemoteCache
import Results
import StageKit
import Store
import TestSupport
import Testing

@testable import Project

@Suite(
    "A shared cache", .ownConsents, .enabled(if: CacheServer.isPossible, "there is no python3 for the server"),
    .timeLimit(.minutes(5)))
struct SharedCacheTests {
    /// A project that names a cache, to which its user has consented.
    func sample(_ address: String, _ more: String = "", consent: Bool = true) throws -> SampleProject {
        let project = try SampleProject()
        try project.folder.write("cache: {remote: '\(address)', timeout: 1\(more)}\n", to: "colophon.yaml")
        if consent { try record(project) }
        return project
    }

    func record(_ project: SampleProject) throws {
        for item in try project.analysis().allConsentItems() { try Consents().record(item) }
    }

    func transfer(
        _ project: SampleProject, _ told: ToldEvents = ToldEvents()
    ) throws -> (cache: SharedCache, analysis: Analysis) {
        let analysis = try project.analysis()
        let cache = try SharedCache(forTransfer: analysis, consents: Consents()) { told.tell(.diagnostics([$0])) }
        return (cache, analysis)
    }

    @discardableResult
    func push(_ project: SampleProject) async throws -> SharedCache.Transfer {
        let (cache, analysis) = try transfer(project)
        return try await cache.push(analysis, jobs: 2, observer: ToldEvents()) { _, _ in }
    }

    @Test("what one has pushed, another's first run reads: nothing is computed, and the bytes are the same")
    func roundTrip() async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        let pushed = try await push(mine)
        #expect(pushed.failed == 0 && pushed.sheets > 3 && pushed.sheets < server.count && pushed.results > 40)
        #expect(try await push(mine).there == pushed.sheets, "what is there is not sent again")
        let theirs = try sample(server.address())
        let told = ToldEvents()
        let summary = try await theirs.run(observer: told)
        #expect(summary.record.ranCount == 0)
        #expect(told.diagnostics.isEmpty)
        #expect(try theirs.outputs() == mine.outputs())
        // An edit: only its steps, and only its own sheets are asked for.
        _ = try server.requests()
        try theirs.folder.write("Storm\n\nThe weather service warned of a gale.\n", to: "corpus/wire/weather.txt")
        let edited = try await theirs.run()
        let alone = try theirs.fresh()
        try alone.folder.write("", to: "colophon.yaml")
        try await alone.run()
        #expect(edited.record.ranCount > 0 && edited.record.ranCount < 30)
        #expect(try theirs.outputs() == alone.outputs())
    }

    @Test("tasks are asked for nothing that the cache has")
    func tasks() async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        try await push(mine)
        let theirs = try sample(server.address())
        let executor = ScriptedExecutor()
        var settings = TaskSettings(executor: executor, tool: "/nowhere/colophon", build: "b")
        settings.isForced = true
        func run() async throws -> RunRecord {
            let analysis = try theirs.analysis()
            return try await PipelineRun(analysis, jobs: 2, tasks: settings, observer: ToldEvents()).run().record
        }
        #expect(try await run().ranCount == 0)
        #expect(executor.arrays.isEmpty)
        #expect(try theirs.outputs() == mine.outputs())
        // what the cache lacks, they compute
        try theirs.folder.write("Storm\n\nThe weather service warned of a gale.\n", to: "corpus/wire/weather.txt")
        #expect(try await run().ranCount > 0)
        #expect(!executor.arrays.isEmpty)
    }

    @Test("nginx serves a cache as the documentation has it", .enabled(if: Nginx.isPossible, "there is no nginx"))
    func nginx() async throws {
        let server = try Nginx()
        let mine = try sample(server.address, ", push: true")
        try await mine.run()
        let theirs = try sample(server.address)
        let told = ToldEvents()
        #expect(try await theirs.run(observer: told).record.ranCount == 0)
        #expect(told.diagnostics.isEmpty)
        #expect(try theirs.outputs() == mine.outputs())
    }

    @Test("a run with 'push: true' writes what it computed, and one without writes nothing")
    func pushing() async throws {
        let server = try CacheServer()
        let reader = try sample(server.address())
        try await reader.run()
        #expect(server.count == 0)
        let writer = try sample(server.address(), ", push: true")
        try await writer.run()
        #expect(server.count > 3)
        let third = try sample(server.address())
        #expect(try await third.run().record.ranCount == 0)
    }

    @Test("two stores are merged by pull: each then has what the other computed")
    func merging() async throws {
        let server = try CacheServer()
        let one = try sample(server.address())
        let other = try sample(server.address())
        try other.folder.write("Rain\n\nIt rained, said Tom Reed.\n", to: "corpus/courier/rain.txt")
        try await one.run()
        try await push(one)
        try await other.run()
        try await push(other)
        try one.folder.write("Rain\n\nIt rained, said Tom Reed.\n", to: "corpus/courier/rain.txt")
        let (cache, analysis) = try transfer(one)
        let pulled = try await cache.pull(analysis, jobs: 2, observer: ToldEvents()) { _, _ in }
        #expect(pulled.results > 40 && !pulled.isGivenUp)
        try one.folder.write("", to: "colophon.yaml")
        let record = try await one.run().record
        #expect(record.ranCount == 0, "\(record.steps.filter { $0.ran > 0 })")
        #expect(try one.outputs() == other.outputs())
    }

    @Test(
        "two who added documents find each other's results by the first or the last of a sheet",
        arguments: [true, false])
    func neighbours(isFirst: Bool) async throws {
        let server = try CacheServer()
        let mine = try sample(server.address(), ", push: true")
        try await mine.run()
        let theirs = try sample(server.address())
        try theirs.folder.write("Snow\n\nIt snowed, said Ann Lee.\n", to: isFirst ? "corpus/a.txt" : "corpus/z.txt")
        let record = try await theirs.run().record
        #expect(record.steps.first { $0.step == "clean.read" }?.ran == 1, "only their own document is read")
    }

    // MARK: Snapshots

    enum Change: CaseIterable { case nothing, edit, addition, removal, option, notebook, lostResults }

    @Test("a broken server costs one warning at most and never changes a result", arguments: CacheServer.faults)
    func faults(fault: String) async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        try await push(mine)
        let expected = try mine.outputs()
        let theirs = try sample(server.address(fault), ", push: true")
        let told = ToldEvents()
        try await theirs.run(observer: told)
        #expect(try theirs.outputs() == expected)
        #expect(told.diagnostics.count <= 1)
        #expect(told.diagnostics.allSatisfy { $0.id == "shared-cache" && $0.severity == .warning })
        let quiet = ["late", "flaky", "lossy", "nothing", "gzip", "everything", "forbid", "refuse", "full", "small"]
        if !quiet.contains(fault) { #expect(told.diagnostics.count == 1, "\(fault) has to be told") }
        // What came of it is nothing that a later run takes for a result.
        try theirs.folder.write("", to: "colophon.yaml")
        try theirs.folder.remove("outputs")
        try await theirs.run()
        #expect(try theirs.outputs() == expected)
    }

    @Test(
        "a server that does not answer in time is not asked again: the run goes on alone",
        arguments: ["hang", "slow"])
    func late(fault: String) async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        try await push(mine)
        let theirs = try sample(server.address(fault))
        _ = try server.requests()
        let told = ToldEvents()
        try await theirs.run(observer: told)
        #expect(told.diagnostics.map(\.id) == ["shared-cache"])
        if fault == "hang" { #expect(told.diagnostics.first?.message.contains("within 1 s") == true) }
        // Eight requests are under way at once, and none is begun after the first that took too long.
        #expect(try server.requests().count <= 24)
        #expect(try theirs.outputs() == mine.outputs())
    }

    @Test("a transfer that fails in part says so, and how many objects it is")
    func partialTransfer() async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        let refusing = try mine.fresh()
        try refusing.folder.write("cache: {remote: '\(server.address("refuse"))', timeout: 1}\n", to: "colophon.yaml")
        try record(refusing)
        try await refusing.run()
        #expect(try await push(refusing).failed > 0)
        try await push(mine)
        try server.damage()
        let theirs = try sample(server.address())
        let (cache, analysis) = try transfer(theirs)
        let pulled = try await cache.pull(analysis, jobs: 2, observer: ToldEvents()) { _, _ in }
        #expect(pulled.failed > 0 && pulled.results == 0)
    }

    @Test("a transfer says whether no cache is named or there is no consent to it")
    func absence() async throws {
        let server = try CacheServer()
        let told = ToldEvents()
        let none = try SampleProject().analysis()
        #expect(throws: SharedCache.Absence.notNamed) {
            try SharedCache(forTransfer: none, consents: Consents()) { told.tell(.diagnostics([$0])) }
        }
        #expect(told.diagnostics.isEmpty)
        let other = try sample(server.address(), consent: false)
        let analysis = try other.analysis()
        #expect(throws: SharedCache.Absence.notTrusted) {
            try SharedCache(forTransfer: analysis, consents: Consents()) { told.tell(.diagnostics([$0])) }
        }
        #expect(told.diagnostics.map(\.id) == ["not-trusted"])
    }

    @Test("after a pull, a first run without the cache computes nothing")
    func pulled() async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        try await push(mine)
        let theirs = try sample(server.address())
        let (cache, analysis) = try transfer(theirs)
        let pulled = try await cache.pull(analysis, jobs: 2, observer: ToldEvents()) { _, _ in }
        #expect(pulled.failed == 0)
        try theirs.folder.remove("colophon.yaml")
        #expect(try await theirs.run().record.ranCount == 0)
        #expect(try theirs.outputs() == mine.outputs())
    }

    @Test("nobody listens: the run goes on alone")
    func nowhere() async throws {
        let project = try sample("http://127.0.0.1:9")
        let told = ToldEvents()
        try await project.run(observer: told)
        #expect(told.diagnostics.map(\.id) == ["shared-cache"])
        let alone = try SampleProject()
        try await alone.run()
        #expect(try project.outputs() == alone.outputs())
    }

    @Test("objects that were changed on the server are not taken")
    func damaged() async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        try await push(mine)
        try server.damage()
        let theirs = try sample(server.address())
        let told = ToldEvents()
        #expect(try await theirs.run(observer: told).record.ranCount > 40)
        #expect(told.diagnostics.map(\.id) == ["shared-cache"])
        #expect(try theirs.outputs() == mine.outputs())
    }

    @Test("a project's own settings are not followed without consent, and a changed address asks again")
    func consent() async throws {
        let server = try CacheServer()
        let project = try sample(server.address(), consent: false)
        let told = ToldEvents()
        try await project.run(observer: told)
        #expect(told.diagnostics.map(\.id) == ["not-trusted"])
        try record(project)
        _ = try transfer(project)
        try project.folder.write("cache: {remote: '\(server.address("other"))', timeout: 1}\n", to: "colophon.yaml")
        let analysis = try project.analysis()
        #expect(try SharedCache(of: analysis, consents: Consents()) { told.tell(.diagnostics([$0])) } == nil)
        #expect(told.diagnostics.last?.message.contains("changed") == true)
        try project.folder.write(
            "cache: {remote: '\(server.address())', timeout: 1, push: true}\n", to: "colophon.yaml")
        #expect(try !Consents().missing(project.analysis().allConsentItems()).isEmpty)
    }

    @Test("certificates that a project brings along are a part of what is consented to")
    func authorities() throws {
        let project = try sample("https://127.0.0.1:9", ", authorities: ca.pem", consent: false)
        try project.folder.write("one\n", to: "ca.pem")
        try record(project)
        #expect(try Consents().missing(project.analysis().allConsentItems()).isEmpty)
        try project.folder.write("another\n", to: "ca.pem")
        #expect(try !Consents().missing(project.analysis().allConsentItems()).isEmpty)
    }

    @Test("a login that is not here is told once: a run goes on without the cache, and a command on the cache does not")
    func noLogin() async throws {
        let server = try CacheServer()
        for login in ["{file: none}", "{variable: COLOPHON_NO_SUCH_LOGIN}"] {
            let project = try sample(server.address(), ", push: true, login: \(login)")
            let told = ToldEvents()
            try await project.run(observer: told)
            #expect(told.diagnostics.map(\.id) == ["cache-login"])
            #expect(server.count == 0)
            let analysis = try project.analysis()
            #expect(throws: ProjectProblem.self) {
                try SharedCache(forTransfer: analysis, consents: Consents()) { _ in }
            }
        }
    }

    @Test("a login comes from a file, and is told to nobody")
    func login() async throws {
        let server = try CacheServer()
        for secret in ["me:secret-words", "secret-token"] {
            let project = try sample(server.address("login"), ", push: true, login: {file: login}", consent: false)
            try project.folder.write("\(secret)\n", to: "login")
            try record(project)
            let told = ToldEvents()
            try await project.run(observer: told)
            #expect(told.diagnostics.isEmpty)
            #expect(server.count > 3)
            try project.folder.write("me:wrong-words\n", to: "login")
            try project.folder.remove("outputs")
            try project.folder.remove(".colophon")
            try await project.run(observer: told)
            #expect(told.diagnostics.map(\.id) == ["shared-cache"])
            let items = try project.analysis().allConsentItems()
            #expect(!"\(told.all)".contains("words") && !"\(items)".contains("secret"))
            _ = try await PackMaking(project.analysis(), .init(), jobs: 2, observer: told)
                .write(to: project.folder.path("a.colophon"))
            let place = project.folder.path("copy")
            _ = try await Unpacking(project.folder.path("a.colophon"), jobs: 2) { _ in }
                .unpack(to: place, into: false, force: false)
            #expect(!FileManager.default.fileExists(atPath: "\(place)/colophon.yaml"))
            #expect(!FileManager.default.fileExists(atPath: "\(place)/login"))
        }
    }

    @Test("a file of settings that says nothing is as good as none", arguments: ["", "# nothing yet\n", "~\n"])
    func noSettings(text: String) throws {
        let project = try SampleProject()
        try project.folder.write(text, to: "colophon.yaml")
        let analysis = try project.analysis()
        #expect(try analysis.allConsentItems().isEmpty)
        #expect(try SharedCache(of: analysis, consents: Consents()) { _ in } == nil)
    }

    @Test(
        "settings that are wrong are told with their line",
        arguments: [
            "cache: {remot: x}", "cache: x", "cache: {remote: ftp://x/y}", "cache: {remote: x}", "cahce: {}", "- a",
            "cache: {remote: 'https://me:secret@x.org/y'}", "cache: {remote: 'https://x.org', timeout: 0}",
            "cache: {remote: 'https://x.org', push: maybe}", "cache: {remote: 'https://x.org', login: words}",
            "cache: {remote: 'http://x.org', login: {variable: X}}", "cache: {", "cache: {push: true}",
        ])
    func badSettings(text: String) async throws {
        let project = try SampleProject()
        try project.folder.write(text + "\n", to: "colophon.yaml")
        do {
            try await project.run()
            Issue.record("taken: \(text)")
        } catch let problem as ProjectProblem {
            #expect(problem.kind == .usage)
            #expect(problem.diagnostics.allSatisfy { $0.line != nil })
            #expect(!"\(problem.diagnostics.map(\.message))".contains("secret"))
        }
        #expect(!project.folder.exists("outputs"))
    }
}
