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
    /// Begins where somebody else's run over the same inputs left off, if this pipeline was not run here before and the
    /// shared cache has that. False where it has not: then everything is looked up, and what is not found is computed.
    ///
    /// State and results are checked before they are used. The layers of documents stay in the cache: they are
    /// brought when something depends on them.
    func beginWithSnapshot(
        _ shared: SharedCache?, _ facts: RunFacts, _ corpus: CorpusReading, _ cache: Cache, _ results: ResultsDatabase
    ) async throws -> Bool {
        // A run that was stopped before it had a snapshot as a whole leaves a state without one.
        let isFirst = try cache.isNew || cache.state.lastRunKey() == nil
        let standing = results.standsFor
        guard let shared, isFirst, standing == nil || standing == facts.runKey.description, !cache.state.isInMemory,
            let bytes = await shared.remote.object(Snapshot.name(of: facts.runKey))
        else { return false }
        let wrong = "what it has is no snapshot of this run"
        guard let snapshot = try? Snapshot(bytes), let state = snapshot.file(Snapshot.state),
            let rows = snapshot.file(Snapshot.results), isBounded(snapshot, corpus)
        else {
            shared.remote.report(wrong: wrong)
            return false
        }
        return try await inScratch { folder in
            let (statePath, resultsPath) = (Self.snapshotState(in: folder), "\(folder)/\(OutputFolder.results)")
            try FileWriting.makeFolder("\(folder)/state")
            guard try await shared.remote.get(state, to: statePath),
                try await shared.remote.get(rows, to: resultsPath)
            else { return false }
            guard let arrived = try? StateDatabase(path: statePath),
                let keys = try? analysis.plan.keys(of: arrived, over: corpus.tree, runKey: facts.runKey)
            else {
                shared.remote.report(wrong: wrong)
                return false
            }
            // What was found to be wrong before is not taken again; the rest comes in sheets.
            guard !cache.store.hasWrong(among: keys) else { return false }
            guard
                try results.take(
                    resultsPath, layers: analysis.customLayers, statistics: analysis.statistics,
                    runKey: facts.runKey.description)
            else {
                shared.remote.report(wrong: wrong)
                return false
            }
            var batch = WriteBatch()
            batch.objects = corpus.tree.nodes.map { KeptObject($0.digest, $0.bytes, "corpus") }
            try cache.store.write(batch)
            try cache.store.note(keys, from: shared.settings.remote)
            do throws(StoreProblem) {
                try cache.state.fill(from: arrived, adding: [StateDatabase.lacking: [1]])
            } catch {
                // A page of it is not as it was sealed, or there is no room for it: the run begins with nothing.
                unlink(results.path)
                shared.remote.report(wrong: wrong)
                return false
            }
            return true
        }
    }

    /// Writes where the last run left off to the shared cache, unless that has it. False where it was not taken. Nothing is
    /// sent under its name unless `stands` says at the end that results and state still belong together.
    func pushSnapshot(
        to shared: SharedCache, _ facts: RunFacts, _ cache: Cache, while stands: () throws -> Bool = { true }
    ) async throws -> Bool {
        let name = Snapshot.name(of: facts.runKey)
        guard try cache.state.isSettled(for: facts.runKey), await shared.remote.has(name) != true else { return true }
        return try await inScratch { folder in
            let path = Self.snapshotState(in: folder)
            try cache.state.copy(to: path, without: Publishing.ofOutputs.union([StateDatabase.lacking]))
            var snapshot = Snapshot()
            for (name, path) in [(Snapshot.state, path), (Snapshot.results, outputs.path(OutputFolder.results))] {
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
