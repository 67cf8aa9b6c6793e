import Engine
import Executors
import Foundation
import Model
import StageKit
import Store

/// Taking in what tasks have handed in.
extension TaskCoordinator {
    func takeIn(_ k: Int, _ progress: inout PassProgress) throws {
        let now = ContinuousClock.now
        for name in progress.jobs[k].folder.packs where !progress.jobs[k].settled.contains(name) {
            switch progress.jobs[k].folder.pack(name, plan: progress.jobs[k].plan) {
            case .sound(let handed):
                try store.write(handed.batch)
                try progress.tables.add(handed.tables)
                progress.jobs[k].settled.insert(name)
                (progress.displaced, progress.stillborn) = (0, 0)
                if let task = name.split(separator: "-").first.flatMap({ Int($0) }) {
                    progress.jobs[k].fruitful.insert(task)
                }
                for document in handed.documents {
                    progress.close(document.id)
                    progress.delegated.ran[document.id] = document.ran
                }
            case .stale:
                progress.jobs[k].settled.insert(name)
                tell(
                    "'\(progress.jobs[k].folder.results)/\(name)' belongs to another plan and is not used",
                    id: "stale-pack")
            case .unsound:
                // Perhaps not all of it is to be seen yet.
                let since = progress.jobs[k].unsound[name] ?? now
                progress.jobs[k].unsound[name] = since
                guard now - since >= max(settings.executor.lag, .seconds(1)) else { continue }
                progress.jobs[k].settled.insert(name)
                tell(
                    "'\(progress.jobs[k].folder.results)/\(name)' is damaged; its documents are computed again",
                    id: "damaged-pack")
            }
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
