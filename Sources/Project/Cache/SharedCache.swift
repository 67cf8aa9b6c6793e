import Corpus
import Digests
import Engine
package import Model
import RemoteCache
import StageKit
import Store
import Synchronization

/// The cache that a project shares with others, as its settings and the user's consent allow.
package struct SharedCache: Sendable {
    package let settings: CacheSettings
    let remote: RemoteCache

    /// The shared cache of a pipeline's project; nil where there is none that may be used. `tell` is told why one that is
    /// named is not used, and what is wrong with the server.
    package init?(of analysis: Analysis, consents: Consents, tell: @escaping @Sendable (Diagnostic) -> Void) throws {
        let project = analysis.pipeline.projectFolder
        let configuration = try Configuration(project: project)
        for warning in configuration.warnings { tell(warning) }
        let found = try CacheSettings.settings(of: configuration)
        guard let found else { return nil }
        if let item = found.consentItem(project: project),
            consents.missing(try analysis.allConsentItems()).contains(item)
        {
            let isChanged = consents.last(item) != nil
            tell(
                Diagnostic(
                    "the shared cache '\(found.remote)' is not used: "
                        + (isChanged ? "it changed since you consented to it" : "you have not consented to it"),
                    hint: "'\(analysis.command("trust"))' shows it and records your consent.", id: "not-trusted",
                    severity: .warning, at: SourcePosition(file: found.file)))
            return nil
        }
        settings = found
        remote = RemoteCache(try found.address()) { trouble in
            tell(
                Diagnostic(
                    "the shared cache '\(found.remote)' does not work: \(trouble.summary)",
                    hint: "The run goes on without what it can't give.", id: "shared-cache", severity: .warning,
                    at: SourcePosition(file: found.file)))
        }
    }

    /// What a run reads from it.
    func source(_ plan: SheetPlan, _ store: ResultStore) -> RemoteResults {
        RemoteResults(remote, plan, store, address: settings.remote)
    }
}

/// Results from a shared cache, brought into the store sheet by sheet when they are needed.
final class RemoteResults: ResultSource {
    private let remote: RemoteCache
    private let plan: SheetPlan
    private let store: ResultStore
    private let address: String
    /// By document, the number of its group.
    private let groups: [String: Int]

    private struct Place: Hashable {
        let group: Int
        let stage: String
    }
    private let asked = Mutex<[Place: Task<Void, Never>]>([:])
    private let keys = Mutex<[ContentDigest]>([])

    /// Groups that are asked for before documents of them are at hand.
    private static let ahead = 3

    init(_ remote: RemoteCache, _ plan: SheetPlan, _ store: ResultStore, address: String) {
        self.remote = remote
        self.plan = plan
        self.store = store
        self.address = address
        var groups: [String: Int] = [:]
        for (number, group) in plan.groups.enumerated() {
            for entry in group.entries { groups[entry.id] = number }
        }
        self.groups = groups
    }

    func bring(_ entries: [DocumentEntry], of stages: [String], new: Set<String>) async {
        guard !remote.isGivenUp else { return }
        let numbers = Set(entries.compactMap { groups[$0.id] })
        guard let last = numbers.max() else { return }
        let isNew = entries.contains { new.contains($0.id) }
        let due = numbers.sorted().flatMap { number in
            stages.map { task(Place(group: number, stage: $0), isNew: isNew) }
        }
        if isNew {
            for number in (last + 1)..<max(last + 1, min(last + 1 + Self.ahead, plan.groups.count)) {
                for stage in stages { _ = task(Place(group: number, stage: stage), isNew: true) }
            }
        }
        for task in due { await task.value }
    }

    /// Brings every sheet; a few at a time.
    func bringAll(jobs: Int, progress: @escaping @Sendable (Int) -> Void) async throws {
        let places = plan.groups.indices.flatMap { number in
            plan.stages.map { Place(group: number, stage: $0) }
        }
        var done = 0
        try await concurrentForEach(places, jobs: max(jobs, 8)) { place in
            await self.task(place, isNew: true).value
        } then: { _ in
            done += 1
            progress(done)
        }
    }

    /// How many results came.
    var count: Int { keys.withLock { $0.count } }

    /// Notes in the store where the results came from.
    func settle() throws {
        let keys = keys.withLock { $0 }
        try store.note(
            origin: "the shared cache '\(address)'", name: "remote-\(ContentDigest(of: Array(address.utf8)))", of: keys)
    }

    /// Each sheet is asked for once.
    private func task(_ place: Place, isNew: Bool) -> Task<Void, Never> {
        asked.withLock { asked in
            if let task = asked[place] { return task }
            let task = Task { await self.bring(place, isNew: isNew) }
            asked[place] = task
            return task
        }
    }

    private func bring(_ place: Place, isNew: Bool) async {
        let group = plan.groups[place.group]
        // Over documents that are new here, somebody else may have results although a few of them differ.
        for name in isNew ? [SheetPlan.Name.contents, .documents] : [.contents] {
            guard let object = await remote.object(plan.name(of: place.stage, over: group, by: name)) else { continue }
            guard let sheet = try? Sheet(packed: object) else {
                remote.report(wrong: "what it has is no sheet of results")
                continue
            }
            guard (try? store.write(sheet.batch, isForeign: true)) != nil else { return }
            keys.withLock { $0 += sheet.results.map(\.key) }
            return
        }
    }
}

extension SharedCache {
    /// What a transfer came to.
    package struct Transfer: Sendable {
        package var sheets = 0
        /// Sheets that were there already.
        package var there = 0
        package var results = 0
        package var failed = 0
        package var bytes = 0
        package var requests = 0
        package var isGivenUp = false
    }

    /// Writes sheets to the cache that it does not have: of all documents, or of the groups with a document in `changed`.
    func push(
        _ plan: SheetPlan, _ states: [String: DocumentState], _ store: ResultStore, changed: Set<String>? = nil,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> Transfer {
        let groups = plan.groups.filter { group in
            changed.map { changed in group.entries.contains { changed.contains($0.id) } } ?? true
        }
        let places = groups.flatMap { group in plan.stages.map { (group, $0) } }
        var transfer = Transfer()
        var done = 0
        let remote = remote
        try await concurrentForEach(places, jobs: 8) { group, stage -> (isThere: Bool, isPut: Bool, results: Int) in
            guard !remote.isGivenUp else { return (false, false, 0) }
            let keys = plan.keys(of: stage, over: group, states: states).map(\.key)
            guard !keys.isEmpty else { return (true, false, 0) }
            let own = plan.name(of: stage, over: group, by: .results(keys))
            if await remote.has(own) == true { return (true, false, 0) }
            var sheet = try plan.sheet(of: stage, over: group, states: states, store.reader)
            guard !sheet.isEmpty else { return (true, false, 0) }
            let count = sheet.results.count
            // Others may have results for these very documents in another corpus. They stay.
            let name = plan.name(of: stage, over: group, by: .contents)
            if let object = await remote.object(name), let known = try? Sheet(packed: object) {
                sheet.add(contentsOf: known)
            }
            let names = [name, plan.name(of: stage, over: group, by: .documents), own]
            return (false, await remote.put(sheet.packed, under: names), count)
        } then: { found in
            done += 1
            progress(done, places.count)
            if found.isThere {
                transfer.there += 1
            } else if found.isPut {
                transfer.sheets += 1
            } else {
                transfer.failed += 1
            }
            if found.isPut { transfer.results += found.results }
        }
        return settled(transfer, sent: true)
    }

    private func settled(_ transfer: Transfer, sent: Bool) -> Transfer {
        var transfer = transfer
        let traffic = remote.traffic
        transfer.requests = traffic.requests
        transfer.bytes = sent ? traffic.sent : traffic.received
        transfer.isGivenUp = remote.isGivenUp
        return transfer
    }

    /// Writes what the last run of a pipeline has to the cache.
    package func push(
        _ analysis: Analysis, jobs: Int, observer: any RunObserver,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Transfer {
        let (plan, cache) = try await sheets(analysis, jobs: jobs, observer: observer)
        var states: [String: DocumentState] = [:]
        try cache.state.eachDocument { states[$0] = $1 }
        return try await push(plan, states, cache.store, progress: progress)
    }

    /// Reads what the cache has for a pipeline into the store.
    package func pull(
        _ analysis: Analysis, jobs: Int, observer: any RunObserver, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Transfer {
        let (plan, cache) = try await sheets(analysis, jobs: jobs, observer: observer)
        let source = source(plan, cache.store)
        let total = plan.groups.count * plan.stages.count
        try await source.bringAll(jobs: jobs) { progress($0, total) }
        try source.settle()
        var transfer = Transfer()
        transfer.results = source.count
        return settled(transfer, sent: false)
    }

    /// How many of a pipeline's sheets the cache has, of how many; nil for what it did not say.
    package func status(
        _ analysis: Analysis, jobs: Int, observer: any RunObserver
    ) async throws -> (there: Int, total: Int, unknown: Int) {
        let (plan, _) = try await sheets(analysis, jobs: jobs, observer: observer)
        let names = plan.groups.flatMap { group in
            plan.stages.map { plan.name(of: $0, over: group, by: .contents) }
        }
        let remote = remote
        let found = try await concurrentMap(names, jobs: 8) { await remote.has($0) }
        return (found.count { $0 == true }, names.count, found.count { $0 == nil })
    }

    private func sheets(
        _ analysis: Analysis, jobs: Int, observer: any RunObserver
    ) async throws -> (SheetPlan, PipelineRun.Cache) {
        let run = PipelineRun(analysis, jobs: jobs, observer: observer)
        let cache = try run.openCache(PipelineRun.Doubts())
        let corpus = try await run.walk(cache)
        return (SheetPlan(analysis.plan, over: corpus.tree), cache)
    }
}
