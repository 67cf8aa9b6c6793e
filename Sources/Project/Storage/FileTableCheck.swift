import Corpus
import Engine
import Model
import StageKit
import Store

/// The file table had other digests for files than they have: it has forgotten these, and the run begins again.
struct StaleFileTable: Error {
    let paths: [String]
}

/// Whether what the cache knows of files is so, as far as a run relies on it.
struct FileTableCheck {
    let store: ResultStore
    let state: StateDatabase
    let place: ProjectStore
    let jobs: Int

    /// Reads documents that are others than in the last run by what the file table says, and not because somebody read
    /// them now: nothing else would, where the store has the results of what the table has them to be.
    func check(_ corpus: CorpusReading) async throws {
        // of a file with many documents one is enough
        var seen: Set<String> = []
        let suspects = try state.changed(in: corpus.tree, store: store).filter {
            !corpus.read.contains($0.path) && (corpus.files[$0.path] == nil || seen.insert($0.path).inserted)
        }
        let project = place.project
        let wrong = try await concurrentMap(suspects, jobs: jobs) { entry in
            let found = try? FileReading.digest(of: "\(project)/\(entry.path)").digest
            return found == nil || found == corpus.files[entry.path] ?? entry.content ? nil : entry.path
        }
        try forget(wrong.compactMap { $0 })
    }

    /// Files that a run found to be others than the file table says, and that have not been written to, are to be hashed
    /// again.
    func check(_ outcome: RunOutcome) throws {
        let suspects = outcome.leftOut.filter { $0.failure.code == FileReading.Problem.unstable.failure.code }
            .map { SourceFormat.parts(of: $0.id).path }
        guard !suspects.isEmpty else { return }
        let records = try store.fileRecords()
        try forget(
            suspects.filter { id in
                records[place.prefix + id].map { FileStamp(path: "\(place.project)/\(id)") == $0.stamp } ?? false
            })
    }

    private func forget(_ wrong: [String]) throws {
        guard !wrong.isEmpty else { return }
        try store.forget(files: wrong.map { place.prefix + $0 })
        throw StaleFileTable(paths: wrong)
    }
}
