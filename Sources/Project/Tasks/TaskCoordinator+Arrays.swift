import Digests
import Engine
import Executors
import Foundation
import Model
import StageKit
import Store

/// Arrays of tasks: which documents each task gets, and how they are submitted.
extension TaskCoordinator {
    /// A scheduler takes no array of more tasks.
    private static let largestArray = 1000

    func array(_ folder: TaskFolder, count: Int?) -> TaskArray? {
        guard let name = folder.arrayName, let bytes = SealedFile.read(folder.plan) else { return nil }
        return TaskArray(
            name: name, folder: folder.path,
            command: [settings.tool, "work", folder.plan, "--digest", ContentDigest(of: bytes).description],
            count: count ?? Self.names(in: "\(folder.path)/share").count)
    }

    /// An array that a process before this one made; nil where its files are of no use.
    func existing(_ folder: TaskFolder) throws -> TaskJob? {
        guard let bytes = SealedFile.read(folder.plan), let plan = try? TaskPlan(encoded: bytes),
            let array = array(folder, count: nil)
        else { return nil }
        let key = ContentDigest(of: bytes)
        var shares: [[String]] = []
        for task in 0..<array.count {
            guard let documents = try? folder.documents(of: task, plan: key) else { return nil }
            shares.append(documents.map(\.entry.id))
        }
        return TaskJob(
            folder: folder, array: array, kind: plan.manner.kind, plan: key, shares: shares,
            remaining: shares.map { _ in 0 })
    }

    /// Gives documents to new tasks.
    func start(
        _ ids: [String], _ kind: TaskPlan.Manner.Kind, _ progress: inout PassProgress, _ plan: inout TaskPlan,
        _ place: String
    ) async throws {
        let documents = ids.compactMap { progress.open[$0] }
        guard !documents.isEmpty else { return }
        plan.manner = .init(
            kind: kind, jobs: kind == .whole ? settings.jobs : 1, seconds: kind == .whole ? settings.handInSeconds : 5)
        let all = shares(of: documents, kind)
        for shares in stride(from: 0, to: all.count, by: Self.largestArray).map({
            Array(all[$0..<min($0 + Self.largestArray, all.count)])
        }) {
            // No other array has this name, also not one of another project or of a run that was repeated.
            let name =
                "colophon-\(plan.subject.description.prefix(6))-p\(plan.pass + 1)-j\(progress.jobs.count)-"
                + String(UInt32.random(in: 0...UInt32.max), radix: 36)
            let folder = try TaskFolder.make(
                "\(place)/job-\(String(10_000 + progress.jobs.count).dropFirst())", plan: plan, shares: shares,
                name: name)
            guard let array = array(folder, count: shares.count) else {
                throw FileWriteProblem(path: folder.path, reason: "what was written can't be read")
            }
            progress.jobs.append(
                TaskJob(
                    folder: folder, array: array, kind: kind, plan: ContentDigest(of: plan.encoded),
                    shares: shares.map { $0.map(\.entry.id) }, remaining: shares.map { _ in 0 }))
            progress.hand(to: progress.jobs.count - 1)
            try await submit(progress.jobs[progress.jobs.count - 1])
        }
    }

    /// The documents of each task: whole portions, dealt out in turn, so that the shares are alike.
    func shares(of documents: [TaskDocument], _ kind: TaskPlan.Manner.Kind) -> [[TaskDocument]] {
        if kind == .alone { return documents.map { [$0] } }
        let portions = TaskWork.portions(documents, most: settings.documentsPerTask)
        var count = (documents.count + settings.documentsPerTask - 1) / settings.documentsPerTask
        if let most = settings.bytesPerTask {
            let bytes = documents.reduce(0) { $0 + $1.entry.size }
            count = max(count, (bytes + most - 1) / max(1, most))
        }
        // After a failure, shares are smaller.
        if kind == .careful { count *= 8 }
        count = max(1, min(count, portions.count))
        var shares = Array(repeating: [TaskDocument](), count: count)
        for (k, portion) in portions.enumerated() { shares[k % count] += portion }
        return shares
    }

    func note(_ number: String, _ array: TaskArray) {
        jobs.append(words(for: number, array))
    }

    /// An array, in words.
    func words(for number: String, _ array: TaskArray) -> String {
        "\(settings.executor.name) job \(number) (\(Wording.count(array.count, "task")))"
    }

    func submit(_ job: TaskJob) async throws {
        do {
            let number = try await settings.executor.submit(job.array)
            try job.folder.note(submitted: number)
            note(number, job.array)
        } catch let problem as ExecutorProblem {
            throw ProjectProblem.failure([Diagnostic(problem.summary, hint: problem.hint, id: problem.id)])
        }
    }
}
