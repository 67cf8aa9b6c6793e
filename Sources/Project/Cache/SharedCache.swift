import Corpus
import Digests
import Engine
package import Model
import RemoteCache
import Results
import StageKit
import Store

/// The cache that a project shares with others, as its settings and the user's consent allow.
package struct SharedCache: Sendable {
    /// Why there is none to be used.
    package enum Absence: Error, Hashable, Sendable {
        /// No settings name one.
        case notNamed
        /// The user has not consented to the one that the project names. This is told.
        case notTrusted
        /// A run can't log in to it, and goes on without. This is told.
        case noLogin
    }

    package let settings: CacheSettings
    let remote: RemoteCache

    /// The shared cache of a pipeline's project for a run, which goes on without one that can't be used; nil then.
    package init?(
        of analysis: Analysis, consents: Consents, tell: @escaping @Sendable (Diagnostic) -> Void
    ) throws {
        do { try self.init(of: analysis, consents, isForRun: true, tell) } catch is Absence { return nil }
    }

    /// The shared cache of a pipeline's project for a transfer; throws an ``Absence`` where there is none that may be used.
    package init(
        forTransfer analysis: Analysis, consents: Consents, tell: @escaping @Sendable (Diagnostic) -> Void
    ) throws {
        try self.init(of: analysis, consents, isForRun: false, tell)
    }

    /// `tell` is told why one that is named is not used, and what is wrong with the server.
    private init(
        of analysis: Analysis, _ consents: Consents, isForRun: Bool, _ tell: @escaping @Sendable (Diagnostic) -> Void
    ) throws {
        let project = analysis.pipeline.projectFolder
        let configuration = try Configuration(project: project)
        for warning in configuration.warnings { tell(warning) }
        let found = try CacheSettings.settings(of: configuration)
        guard let found else { throw Absence.notNamed }
        if let item = found.consentItem(project: project),
            consents.missing(try analysis.allConsentItems()).contains(item)
        {
            let isChanged = consents.last(item) != nil
            tell(
                Diagnostic(
                    "the shared cache '\(found.remote)' is not used: "
                        + (isChanged ? "it changed since you consented to it" : "you have not consented to it"),
                    hint: "'\(analysis.command("trust"))' shows it and records your consent.", id: "not-trusted",
                    severity: isForRun ? .warning : .error, at: SourcePosition(file: found.file)))
            throw Absence.notTrusted
        }
        let address: RemoteAddress
        do {
            address = try found.address()
        } catch let problem as ProjectProblem where isForRun {
            // Who has no login for the project's cache still has the project.
            for var diagnostic in problem.diagnostics {
                diagnostic.severity = .warning
                diagnostic.hint = [diagnostic.hint, Self.alone].compactMap { $0 }.joined(separator: " ")
                tell(diagnostic)
            }
            throw Absence.noLogin
        }
        settings = found
        remote = RemoteCache(address, isForRun: isForRun) { trouble in
            let hints = [trouble.hint, isForRun ? Self.alone : nil].compactMap { $0 }
            tell(
                Diagnostic(
                    "the shared cache '\(found.remote)' does not work: \(trouble.summary)",
                    hint: hints.isEmpty ? nil : hints.joined(separator: " "), id: "shared-cache", severity: .warning,
                    at: SourcePosition(file: found.file)))
        }
    }

    private static let alone = "The run goes on without what the cache can't give."

    /// What a run reads from it.
    func source(_ plan: SheetPlan, _ store: ResultStore) -> RemoteResults {
        RemoteResults(remote, plan, store, address: settings.remote)
    }
}

extension SharedCache {
    /// What a transfer came to.
    package struct Transfer: Sendable {
        package var sheets = 0
        /// Sheets that were there already.
        package var there = 0
        package var results = 0
        /// Objects that the server did not take or give, though it should have.
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
            // Others may have results for these documents in another corpus, or for neighbours. They stay.
            let names = [SheetPlan.Name.contents, .first, .last].map { plan.name(of: stage, over: group, by: $0) }
            for name in names {
                guard let object = await remote.object(name, orNone: true), let known = try? Sheet(packed: object)
                else { continue }
                sheet.add(contentsOf: known, most: Self.most * count)
            }
            return (false, await remote.put(sheet.packed, under: names + [own]), count)
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

    /// A sheet has at most so many times the results that one run has over its documents: older ones make way.
    private static let most = 4

    private func settled(_ transfer: Transfer, sent: Bool) -> Transfer {
        var transfer = transfer
        let traffic = remote.traffic
        transfer.requests = traffic.requests
        transfer.bytes = sent ? traffic.sent : traffic.received
        transfer.isGivenUp = remote.isGivenUp
        return transfer
    }

    /// Writes what the last run of a pipeline and those of its variants have to the cache.
    package func push(
        _ analysis: Analysis, jobs: Int, observer: any RunObserver,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Transfer {
        var transfer = Transfer()
        for part in try await parts(analysis, jobs: jobs, observer: observer) where part.run.place.hasState(part.name) {
            let cache = try part.run.openCache(PipelineRun.Doubts())
            let states = try cache.state.allDocuments()
            let sent = try await push(part.sheets, states, cache.store, progress: progress)
            transfer.add(sent)
            guard sent.failed == 0 else { continue }
            let results = try ResultsDatabase(at: part.run.outputs.path(OutputFolder.results))
            func stands() throws -> Bool {
                try part.run.lastOutputs(cache).map { try part.run.stands($0, part.facts, cache, results) } ?? false
            }
            // What a run writes at this moment is no snapshot.
            guard try stands() else { continue }
            if try await !part.run.pushSnapshot(to: self, part.facts, cache, while: stands) { transfer.failed += 1 }
        }
        return settled(transfer, sent: true)
    }

    /// Reads what the cache has for a pipeline and its variants into the store.
    package func pull(
        _ analysis: Analysis, jobs: Int, observer: any RunObserver, progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> Transfer {
        var transfer = Transfer()
        for part in try await parts(analysis, jobs: jobs, observer: observer) {
            let source = source(part.sheets, part.store)
            let total = part.sheets.groups.count * part.sheets.stages.count
            try await source.bringAll(jobs: jobs) { progress($0, total) }
            try source.settle()
            transfer.results += source.count
        }
        transfer.failed = remote.troubles
        return settled(transfer, sent: false)
    }

    /// What the cache has of a pipeline and its variants.
    package struct Status: Sendable {
        /// Sheets that are there, that there could be, and of which the server did not say.
        package var there = 0
        package var total = 0
        package var unknown = 0
        /// Whether the snapshot of a run over these inputs is there; nil where the server did not say.
        package var hasSnapshot: Bool?
    }

    /// What the cache has of a pipeline.
    package func status(_ analysis: Analysis, jobs: Int, observer: any RunObserver) async throws -> Status {
        var status = Status()
        let parts = try await parts(analysis, jobs: jobs, observer: observer)
        // Stages that a variant shares with the pipeline have the same sheets.
        let names = Set(
            parts.flatMap { part in
                part.sheets.groups.flatMap { group in
                    part.sheets.stages.map { part.sheets.name(of: $0, over: group, by: .contents) }
                }
            })
        let remote = remote
        let found = try await concurrentMap(Array(names), jobs: 8) { await remote.has($0) }
        status.there = found.count { $0 == true }
        status.total = names.count
        status.unknown = found.count { $0 == nil }
        if let own = parts.first { status.hasSnapshot = await remote.has(Snapshot.name(of: own.facts.runKey)) }
        return status
    }

    /// A pipeline, or one of its variants that has results of its own.
    private struct Part {
        let run: PipelineRun
        let name: String
        let facts: RunFacts
        let sheets: SheetPlan
        let store: ResultStore
    }

    private func parts(_ analysis: Analysis, jobs: Int, observer: any RunObserver) async throws -> [Part] {
        var parts: [Part] = []
        let seed = OutputFolder(analysis.outputFolder).path(OutputFolder.results)
        let analyses = [analysis] + (try analysis.variants().filter { !$0.sharesResults }.map(\.analysis))
        for part in analyses {
            let isVariant = !parts.isEmpty
            let run = PipelineRun(part, jobs: jobs, seed: isVariant ? seed : nil, observer: observer)
            let store = try run.place.open()
            let corpus = try await run.walk(store, isTold: false)
            parts.append(
                Part(
                    run: run, name: part.outputName,
                    facts: RunFacts(analysis: part, corpus: corpus, notebook: try NotebookSource(part)),
                    sheets: SheetPlan(part.plan, over: corpus.tree), store: store))
        }
        return parts
    }
}

extension SharedCache.Transfer {
    fileprivate mutating func add(_ other: Self) {
        sheets += other.sheets
        there += other.there
        results += other.results
        failed += other.failed
    }
}
