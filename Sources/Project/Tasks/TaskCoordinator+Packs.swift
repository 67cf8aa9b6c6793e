import Engine
import Executors
import Foundation
import Model
import StageKit
import Store

/// Taking in what tasks have handed in.
extension TaskCoordinator {
    /// How many packs are read at once: each may take some hundred megabytes.
    private static let readers = 4

    /// A pack that was not taken in yet.
    private struct NewPack: Sendable {
        let job: Int
        let name: String
        let folder: TaskFolder
        let plan: ContentDigest
    }

    /// Takes in what tasks have handed in since. Reading, checking and storing what many tasks have made takes a good part
    /// of the time of a large run, so several packs are taken in at once.
    func takeIn(_ progress: inout PassProgress) async throws {
        let new = progress.jobs.enumerated().flatMap { job, known in
            known.folder.packs.filter { !known.settled.contains($0) }.map {
                NewPack(job: job, name: $0, folder: known.folder, plan: known.plan)
            }
        }
        guard !new.isEmpty else { return }
        let (store, tables) = (store, progress.tables)
        let packs = try await concurrentMap(new, jobs: Self.readers) { pack in
            let found = pack.folder.pack(pack.name, plan: pack.plan)
            guard case .sound(let handed) = found else { return found }
            try store.write(handed.batch)
            try tables.add(handed.tables)
            return .sound(handed.withoutContents)
        }
        for (pack, found) in zip(new, packs) { settle(pack, found, &progress) }
    }

    private func settle(_ pack: NewPack, _ found: TaskFolder.Pack, _ progress: inout PassProgress) {
        let (k, name, now) = (pack.job, pack.name, ContinuousClock.now)
        switch found {
        case .sound(let handed):
            progress.jobs[k].settled.insert(name)
            (progress.displaced, progress.stillborn) = (0, 0)
            if let task = name.split(separator: "-").first.flatMap({ Int($0) }) {
                progress.jobs[k].fruitful.insert(task)
            }
            if progress.goesOn { note(handed.documents, in: pack, progress) }
            for document in handed.documents {
                progress.close(document.id)
                progress.delegated.ran[document.id] = document.ran
            }
        case .stale:
            progress.jobs[k].settled.insert(name)
            tell("'\(pack.folder.results)/\(name)' belongs to another plan and is not used", id: "stale-pack")
        case .unsound:
            // Perhaps not all of it is to be seen yet.
            let since = progress.jobs[k].unsound[name] ?? now
            progress.jobs[k].unsound[name] = since
            guard now - since >= max(settings.executor.lag, .seconds(1)) else { return }
            progress.jobs[k].settled.insert(name)
            tell("'\(pack.folder.results)/\(name)' is damaged; its documents are computed again", id: "damaged-pack")
        }
    }

    /// Notes where layers of documents stand, for tasks of later passes.
    private func note(_ documents: [HandedResults.Document], in pack: NewPack, _ progress: PassProgress) {
        let new = documents.filter { !$0.layers.isEmpty && progress.delegated.ran[$0.id] == nil }
        guard !new.isEmpty else { return }
        // Its name within the folder of the run.
        packs.append("\(pack.folder.results)/\(pack.name)".dropFirst(folder.count + 1).description)
        for document in new {
            places[document.id, default: []].append(HandedPlace(pack: packs.count - 1, part: document.layers))
        }
    }

    func checkRefusals(_ progress: PassProgress) throws {
        for job in progress.jobs {
            guard let name = Self.names(in: job.folder.path).first(where: { $0.hasPrefix("refusal-") }),
                let bytes = SealedFile.read("\(job.folder.path)/\(name)")
            else { continue }
            // The next run tries again.
            try? FileManager.default.removeItem(atPath: "\(job.folder.path)/\(name)")
            throw ProjectProblem.failure([
                Diagnostic(
                    "a task refuses to work: \(String(decoding: bytes, as: UTF8.self).printable())",
                    hint:
                        "Install the same build of Colophon on every machine, for instance by 'setup' in colophon.yaml.",
                    id: "other-build")
            ])
        }
    }
}
