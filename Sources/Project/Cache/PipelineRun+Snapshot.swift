import Corpus
import Digests
import Engine
import Foundation
import Model
import RemoteCache
import Results
import StageKit
import Store

extension PipelineRun {
    /// Begins where somebody else's run over the same inputs left off, if this pipeline was not run here before and a pack
    /// has brought that, or the shared cache has it. False where neither has: then everything is looked up, and what is not
    /// found is computed.
    ///
    /// State and results are checked before they are used. The layers of documents stay in the cache: they are
    /// brought when something depends on them.
    func beginWithSnapshot(
        _ shared: SharedCache?, _ facts: RunFacts, _ corpus: CorpusReading, _ cache: Cache, _ results: ResultsDatabase
    ) async throws -> Bool {
        let observer = observer
        let unpacked = UnpackedSnapshot(of: analysis.outputName, in: place) { observer.tell(.diagnostics([$0])) }
        // A run that was stopped before it had a snapshot as a whole leaves a state without one.
        let isFirst = try cache.isNew || cache.state.lastRunKey() == nil
        let standing = results.standsFor
        guard isFirst, standing == nil || standing == facts.runKey.description, !cache.state.isInMemory else {
            unpacked?.remove()
            return false
        }
        if let unpacked {
            let begins = try await begin(with: unpacked, facts, corpus, cache, results) { keys in
                try cache.store.note(
                    origin: unpacked.origin, name: "snapshot-\(ContentDigest(of: Array(unpacked.origin.utf8)))",
                    of: keys)
                return [:]
            }
            unpacked.remove()
            if begins { return true }
        }
        guard let shared else { return false }
        return try await begin(with: shared.remote, facts, corpus, cache, results) { keys in
            try cache.store.note(keys, from: shared.settings.remote)
            // The rest comes in sheets.
            return [StateDatabase.lacking: [1]]
        }
    }

    /// Begins with the snapshot that `source` has. `note` is given the keys of its results, and says what is kept in the
    /// state beside what it holds.
    private func begin(
        with source: some SnapshotSource, _ facts: RunFacts, _ corpus: CorpusReading, _ cache: Cache,
        _ results: ResultsDatabase, note: ([ContentDigest]) throws -> [String: [UInt8]]
    ) async throws -> Bool {
        guard let bytes = await source.snapshot(named: Snapshot.name(of: facts.runKey)) else { return false }
        let wrong = "what it has is no snapshot of this run"
        guard let snapshot = try? Snapshot(bytes), let state = snapshot.file(Snapshot.state),
            let rows = snapshot.file(Snapshot.results), isBounded(snapshot, corpus)
        else {
            source.report(wrong: wrong)
            return false
        }
        return try await inScratch { folder in
            let (statePath, resultsPath) = (Self.snapshotState(in: folder), "\(folder)/\(OutputFolder.results)")
            try FileWriting.makeFolder("\(folder)/state")
            guard try await source.get(state, to: statePath), try await source.get(rows, to: resultsPath) else {
                return false
            }
            guard let arrived = try? StateDatabase(path: statePath),
                let keys = try? analysis.plan.keys(of: arrived, over: corpus.tree, runKey: facts.runKey)
            else {
                source.report(wrong: wrong)
                return false
            }
            // What was found to be wrong before is not taken again.
            guard !cache.store.hasWrong(among: keys) else { return false }
            guard
                try results.take(
                    resultsPath, layers: analysis.customLayers, statistics: analysis.statistics,
                    runKey: facts.runKey.description)
            else {
                source.report(wrong: wrong)
                return false
            }
            var batch = WriteBatch()
            batch.objects = corpus.tree.nodes.map { KeptObject($0.digest, $0.bytes, "corpus") }
            try cache.store.write(batch)
            let kept = try note(keys)
            do throws(StoreProblem) {
                try cache.state.fill(from: arrived, adding: kept)
            } catch {
                // A page of it is not as it was sealed, or there is no room for it: the run begins with nothing.
                unlink(results.path)
                source.report(wrong: wrong)
                return false
            }
            return true
        }
    }

    /// Writes the files of a snapshot of where the last run left off into `folder`, and gives each one's name and path.
    func writeSnapshot(of cache: Cache, to folder: String) async throws -> [(name: String, path: String)] {
        let files = [
            (Snapshot.results, "\(folder)/\(OutputFolder.results)"), (Snapshot.state, Self.snapshotState(in: folder)),
        ]
        try FileWriting.makeFolder("\(folder)/state")
        let state = cache.state
        let results = try ResultsDatabase(at: outputs.path(OutputFolder.results))
        _ = try await concurrentMap(files, jobs: jobs) { name, path in
            if name == Snapshot.results {
                try results.copyRows(to: path)
            } else {
                try state.copy(
                    to: path, without: Publishing.ofOutputs.union([StateDatabase.lacking]), isCutAnew: true)
            }
        }
        return files.map { (name: $0.0, path: $0.1) }
    }

    /// Writes where the last run left off to the shared cache, unless that has it. False where it was not taken. Nothing is
    /// sent under its name unless `stands` says at the end that results and state still belong together.
    func pushSnapshot(
        to shared: SharedCache, _ facts: RunFacts, _ cache: Cache, while stands: () throws -> Bool = { true }
    ) async throws -> Bool {
        let name = Snapshot.name(of: facts.runKey)
        guard try cache.state.isSettled(for: facts.runKey), await shared.remote.has(name) != true else { return true }
        return try await inScratch { folder in
            var snapshot = Snapshot()
            for (name, path) in try await writeSnapshot(of: cache, to: folder) {
                guard let file = try await shared.remote.put(name, at: path) else { return false }
                snapshot.files.append(file)
            }
            guard try stands() else { return true }
            return await shared.remote.put(snapshot.encoded, under: [name])
        }
    }

    /// The same place on every machine: a state is sealed for the name of its file and its folder.
    private static func snapshotState(in folder: String) -> String { "\(folder)/state/snapshot.sqlite" }

    /// No snapshot has more bytes than this, and so many for each byte of the documents.
    private static let most = (bytes: 1 << 30, share: 400)

    private func isBounded(_ snapshot: Snapshot, _ corpus: CorpusReading) -> Bool {
        let size = snapshot.files.reduce(0) { $0 &+ min($1.size, 1 << 50) }
        let documents = corpus.tree.entries.reduce(0) { $0 + $1.size }
        return size <= Self.most.bytes + Self.most.share * documents
    }

    /// Runs `body` with a folder beside the store, which is deleted afterwards.
    private func inScratch<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        removeStale()
        let folder = "\(place.folder)/\(Self.scratchName)\(ProcessInfo.processInfo.processIdentifier)"
        try FileWriting.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    private static let scratchName = "snapshot."

    /// Deletes such folders of runs that were killed: those that nobody has touched for a day.
    private func removeStale() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place.folder)) ?? []
        where name.hasPrefix(Self.scratchName) {
            let path = "\(place.folder)/\(name)"
            let facts = try? FileManager.default.attributesOfItem(atPath: path)
            guard let touched = facts?[.modificationDate] as? Date, touched.timeIntervalSinceNow < -86_400 else {
                continue
            }
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
