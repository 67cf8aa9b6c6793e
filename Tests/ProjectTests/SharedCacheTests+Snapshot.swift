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

/// A first run that begins with a snapshot from the shared cache.
extension SharedCacheTests {
    @Test("a run that began with a snapshot goes on like one that computed everything", arguments: Change.allCases)
    func snapshot(change: Change) async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        try await push(mine)
        let theirs = try sample(server.address())
        let told = ToldEvents()
        _ = try server.requests()
        #expect(try await theirs.run(observer: told).record.ranCount == 0)
        #expect(try server.requests().count { $0.hasPrefix("GET") } < 12, "no sheet is read")
        #expect(try theirs.outputs() == mine.outputs())
        switch change {
        case .nothing: break
        case .edit:
            try theirs.folder.write("Storm\n\nThe weather service warned of a gale.\n", to: "corpus/wire/weather.txt")
        case .addition: try theirs.folder.write("Rain\n\nIt rained, said Tom Reed.\n", to: "corpus/courier/rain.txt")
        case .removal: try theirs.folder.remove("corpus/courier/talks.txt")
        case .option:
            let uses = "  - uses: summarize-statistics"
            try theirs.folder.write(
                SampleProject.pipeline.replacing(uses, with: uses + "\n    with: { window: 3 }"),
                to: "pipelines/sample.yaml")
        case .notebook:
            try theirs.folder.write("# Own\n\n{value}`select count(*) from claims`\n", to: "n.md")
            try theirs.folder.write(SampleProject.pipeline + "notebook: n.md\n", to: "pipelines/sample.yaml")
        case .lostResults: try theirs.folder.remove("outputs")
        }
        let record = try await theirs.run(observer: told).record
        #expect(record.ranCount < 40 && record.tables.allSatisfy { !$0.rebuilt }, "\(record.steps)")
        #expect(told.diagnostics.isEmpty)
        let alone = try theirs.fresh()
        try alone.folder.write("", to: "colophon.yaml")
        try await alone.run()
        #expect(try theirs.outputs() == alone.outputs())
        #expect(try await Verification(of: theirs.analysis(), jobs: 2, share: 1) { _ in }.problems.isEmpty)
    }

    @Test("a first run that was stopped begins with the snapshot when it is run again")
    func stopped() async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        try await push(mine)
        let theirs = try sample(server.address())
        _ = try ProjectStore(project: theirs.folder.path()) { _ in }.openState("sample")
        _ = try server.requests()
        #expect(try await theirs.run().record.ranCount == 0)
        #expect(try server.requests().count { $0.hasPrefix("GET") } < 12, "no sheet is read")
        #expect(try theirs.outputs() == mine.outputs())
    }

    enum Forgery: CaseIterable { case noise, other, trigger, row, size, cut, key, page }

    @Test("a snapshot that is not one of this run is told once and not used", arguments: Forgery.allCases)
    func forgery(_ forgery: Forgery) async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        try await push(mine)
        let cache = try transfer(mine).cache
        let name = try name(of: mine)
        if forgery == .noise {
            #expect(await cache.remote.put(Array("noise".utf8), under: [name]))
        } else if forgery == .other {
            let other = try sample(server.address())
            try other.folder.remove("corpus/courier/talks.txt")
            try await other.run()
            try await push(other)
            let snapshot = try #require(await cache.remote.object(self.name(of: other)))
            #expect(await cache.remote.put(snapshot, under: [name]))
        } else {
            try await change(name, in: cache) { folder, snapshot in
                switch forgery {
                case .trigger:
                    try Sqlite.run(
                        "create trigger t after insert on about begin select 1; end", at: "\(folder)/results.sqlite")
                case .row:
                    try Sqlite.run("delete from _sentence_rows where n = 0", at: "\(folder)/results.sqlite")
                case .key:
                    let state = try StateDatabase(path: "\(folder)/state/snapshot.sqlite")
                    try Self.swap(StepID(stage: "segment", name: "cut"), in: state) { $0 = $1 }
                case .page:
                    try Sqlite.run(
                        "update pages set bytes = x'00' where id = (select min(id) from pages)",
                        at: "\(folder)/state/snapshot.sqlite")
                case .size: snapshot.files[0].size += 1
                default: snapshot.files[1].pieces.removeLast()
                }
            }
        }
        let theirs = try sample(server.address())
        let told = ToldEvents()
        try await theirs.run(observer: told)
        #expect(told.diagnostics.map(\.id) == ["shared-cache"])
        #expect(try theirs.outputs() == mine.outputs())
    }

    @Test("a snapshot's result that is wrong is found by verify, told with its cache, and not taken again")
    func lie() async throws {
        let server = try CacheServer()
        let mine = try sample(server.address())
        try await mine.run()
        try await push(mine)
        try await change(name(of: mine), in: transfer(mine).cache) { folder, _ in
            // Whatever reads a layer has its digest in its key: somebody lies about one that no other step reads.
            let state = try StateDatabase(path: "\(folder)/state/snapshot.sqlite")
            let wrong = StepResult(.layers([.init(Questions.name, ContentDigest(of: [1]))]))
            try Self.swap(StepID(stage: "link-claims", name: "questions"), in: state) { own, _ in own?.result = wrong }
        }
        let theirs = try sample(server.address())
        let told = ToldEvents()
        #expect(try await theirs.run(observer: told).record.ranCount == 0)
        #expect(told.diagnostics.isEmpty)
        let found = try await Verification(of: theirs.analysis(), jobs: 2, share: 1) { _ in }
        #expect(found.problems.contains { $0.contains("the shared cache '") && $0.contains("link-claims.questions") })
        try await theirs.run()
        #expect(try theirs.outputs() == mine.outputs())
        #expect(try await Verification(of: theirs.analysis(), jobs: 2, share: 1) { _ in }.problems.isEmpty)
    }

    /// The name of the snapshot of a project's last run.
    private func name(of project: SampleProject) throws -> ContentDigest {
        let key = try #require(project.analysis().lastResults().standsFor)
        return Snapshot.name(of: try #require(ContentDigest(hexadecimal: key)))
    }

    /// Puts another snapshot in the place of one, made of its files as `body` changes them.
    private func change(
        _ name: ContentDigest, in cache: SharedCache, _ body: (String, inout Snapshot) throws -> Void
    ) async throws {
        var snapshot = try Snapshot(try #require(await cache.remote.object(name)))
        let place = try TemporaryProject(["state/.keep": ""])
        let paths = [place.path("results.sqlite"), place.path("state/snapshot.sqlite")]
        for (file, path) in zip(snapshot.files, paths) { #expect(try await cache.remote.get(file, to: path)) }
        let before = snapshot
        try body(place.path(), &snapshot)
        if snapshot == before {
            for (number, path) in paths.enumerated() {
                // What stands in the log of a database has to be in its file.
                try Sqlite.run("pragma wal_checkpoint(truncate)", at: path)
                let file = try await cache.remote.put(snapshot.files[number].name, at: path)
                snapshot.files[number] = try #require(file)
            }
        }
        #expect(await cache.remote.put(snapshot.encoded, under: [name]))
    }

    /// Has `body` change what the state of one document says of a step, with what it says of another document.
    private static func swap(
        _ step: StepID, in state: StateDatabase,
        _ body: (inout DocumentState.Ran?, DocumentState.Ran?) -> Void
    ) throws {
        let ids = ["corpus/wire/budget.txt", "corpus/wire/weather.txt"]
        var states = try state.documents(ids)
        body(&states[ids[0]]!.steps[step], states[ids[1]]!.steps[step])
        try state.put([(ids[0], states[ids[0]]!)])
    }
}
