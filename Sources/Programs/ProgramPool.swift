import Model
package import StageKit

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The running processes of one program: started when they are needed, at most so many, each for one batch at a time.
package actor ProgramPool {
    private let specification: ProgramSpecification
    private let shared: ProgramShared
    private let limit: Int
    private var started = 0
    private var idle: [ProgramWorker] = []
    private var waiting: [CheckedContinuation<ProgramWorker, any Error>] = []
    /// How many documents it has answered for, and on how many it failed.
    private var answered = 0
    private var failed = 0
    /// When the first document was sent.
    private var began: ContinuousClock.Instant?

    /// Whether the program sees the whole corpus at once.
    package nonisolated var isForCorpus: Bool { specification.use.scope == .corpus }

    /// A pool of at most `workers` processes; none is started yet.
    package init(_ specification: ProgramSpecification, workers: Int) {
        self.specification = specification
        shared = ProgramShared(specification)
        limit = max(1, workers)
        // Writing to a program that has ended is an error to be handled, not the end of this one too.
        signal(SIGPIPE, SIG_IGN)
    }

    /// The layers of the records, those of each in the order in which the stage writes them, or why a record has none.
    ///
    /// A program that ends, falls silent or says too much is started again. The document that it had to answer for is sent
    /// alone; if the program fails again, that document has no layer, and the reason. Throws ``ProgramFailure`` when the
    /// program breaks the protocol, can't be started, or fails again and again.
    package func annotate(_ records: [ProgramRecord]) async throws -> [Result<[[UInt8]], StageFailure>] {
        var results: [Result<[[UInt8]], StageFailure>?] = Array(repeating: nil, count: records.count)
        var groups = records.isEmpty ? [] : [Array(records.indices)]
        while let group = groups.popLast() {
            let answers = ProgramAnswers()
            let failure = try await attempt(group.map { records[$0] }, answers)
            for (k, answer) in answers.all { results[group[k]] = answer }
            answered += answers.all.count
            guard let failure else { continue }
            let open = group.filter { results[$0] == nil }
            guard let first = open.first else { continue }
            // who is silent from the beginning does not know the protocol
            guard answered > 0 || failure.code != "program-silent" else { throw failure }
            if open.count > 1 {
                groups += [Array(open.dropFirst()), [first]]
            } else {
                failed += 1
                guard failed < Self.mostFailures || failed * Self.worstShare < answered else { throw failure }
                results[first] = .failure(failure.reason)
            }
        }
        return results.map { $0 ?? .failure(StageFailure("the program gave no answer", code: "program-silent")) }
    }

    /// What the program says to all records of the corpus, which one process sees together. Throws ``ProgramFailure`` when
    /// it fails, or ends with an error: what it would say of the others without one of them is another question.
    package func annotate(corpus records: [ProgramRecord]) async throws -> ProgramReply {
        guard !records.isEmpty else { return ProgramReply(answers: []) }
        let answers = ProgramAnswers()
        try checkTime(before: records.first)
        let worker = try await take()
        do {
            let reply = try await worker.annotate(records, answers: answers)
            await worker.shutdown()
            lose()
            return reply
        } catch {
            await worker.shutdown()
            lose()
            throw error
        }
    }

    /// The last lines that processes of the program wrote to their standard error; to be asked after ``shutdown()``.
    package var standardError: [String] { shared.lines }

    /// So many documents may make a program fail, or one in so many of those that it answers for.
    private static let mostFailures = 4
    private static let worstShare = 10

    /// Sends records to a program. Returns why it failed, where it can be started again without one of them.
    private func attempt(_ records: [ProgramRecord], _ answers: ProgramAnswers) async throws -> ProgramFailure? {
        try checkTime(before: records.first)
        let worker = try await take()
        do {
            _ = try await worker.annotate(records, answers: answers)
            give(worker)
            return nil
        } catch let failure as ProgramFailure {
            await worker.shutdown()
            lose()
            guard failure.document != nil, Self.isOfDocument(failure.code) else { throw failure }
            return failure
        } catch {
            await worker.shutdown()
            lose()
            throw error
        }
    }

    private static func isOfDocument(_ code: String) -> Bool {
        ["program-ended", "program-silent", "program-output"].contains(code)
    }

    private func checkTime(before record: ProgramRecord?) throws {
        guard let most = specification.use.limits.totalSeconds else { return }
        let now = ContinuousClock.now
        let begin = began ?? now
        began = begin
        guard now - begin > .seconds(most) else { return }
        throw ProgramFailure(
            stage: specification.stage, document: record?.document,
            summary: "the program has taken more than the \(most) s that it may take for a run",
            hint: "finished documents are kept: run again, or allow more with 'limits: {total-seconds: …}'",
            standardError: [], code: "program-time")
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
            return ProgramWorker(specification, shared)
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
            waiting.removeFirst().resume(returning: ProgramWorker(specification, shared))
        }
    }
}
