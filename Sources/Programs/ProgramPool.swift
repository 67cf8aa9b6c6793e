package import StageKit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The running processes of one program: started when they are needed, at most so many, each for one batch at a time.
package actor ProgramPool {
    private let specification: ProgramSpecification
    private let limit: Int
    private var started = 0
    private var idle: [ProgramWorker] = []
    private var waiting: [CheckedContinuation<ProgramWorker, any Error>] = []

    /// A pool of at most `workers` processes; none is started yet.
    package init(_ specification: ProgramSpecification, workers: Int) {
        self.specification = specification
        limit = max(1, workers)
        // Writing to a program that has ended is an error to be handled, not the end of this one too.
        signal(SIGPIPE, SIG_IGN)
    }

    /// The layers of the records, or why a record has none. Throws ``ProgramFailure`` when the program itself fails.
    package func annotate(_ records: [ProgramRecord]) async throws -> [Result<CustomLayer, StageFailure>] {
        guard !records.isEmpty else { return [] }
        let worker = try await take()
        do {
            let results = try await worker.annotate(records)
            give(worker)
            return results
        } catch {
            await worker.shutdown()
            lose()
            throw error
        }
    }

    /// Lets all processes end, and waits until they have. To be called when no batch is under way.
    package func shutdown() async {
        let workers = idle
        idle = []
        started -= workers.count
        await withTaskGroup(of: Void.self) { group in
            for worker in workers { group.addTask { await worker.shutdown() } }
        }
    }

    private func take() async throws -> ProgramWorker {
        try Task.checkCancellation()
        if let worker = idle.popLast() { return worker }
        guard started >= limit else {
            started += 1
            return ProgramWorker(specification)
        }
        return try await withCheckedThrowingContinuation { waiting.append($0) }
    }

    private func give(_ worker: ProgramWorker) {
        if waiting.isEmpty { idle.append(worker) } else { waiting.removeFirst().resume(returning: worker) }
    }

    /// A process is gone: who waits for one gets a new one.
    private func lose() {
        if waiting.isEmpty {
            started -= 1
        } else {
            waiting.removeFirst().resume(returning: ProgramWorker(specification))
        }
    }
}
