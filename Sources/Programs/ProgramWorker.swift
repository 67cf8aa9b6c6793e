import Model
import StageKit
import Subprocess
import Synchronization
import SystemPackage

/// One process, started once, with an empty folder of its own, that answers batch after batch.
struct ProgramWorker: Sendable {
    private struct Order: Sendable {
        let records: [ProgramRecord]
        let answers: ProgramAnswers
        let reply: CheckedContinuation<ProgramReply, any Error>
    }

    private let orders: AsyncStream<Order>.Continuation
    private let life: Task<Void, Never>

    /// Starts the program.
    init(_ specification: ProgramSpecification, _ shared: ProgramShared) {
        let (stream, orders) = AsyncStream.makeStream(of: Order.self)
        self.orders = orders
        life = Task {
            let failure = await Self.live(specification, shared, stream)
            orders.finish()
            for await order in stream { order.reply.resume(throwing: failure) }
        }
    }

    /// What the program says to the records. When the program fails, `answers` has what it said before, and the worker is done.
    func annotate(_ records: [ProgramRecord], answers: ProgramAnswers) async throws -> ProgramReply {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { reply in
                if case .terminated = orders.yield(Order(records: records, answers: answers, reply: reply)) {
                    reply.resume(throwing: CancellationError())
                }
            }
        } onCancel: {
            life.cancel()
        }
    }

    /// Lets the program end, and waits until it has.
    func shutdown() async {
        orders.finish()
        await life.value
    }

    /// Runs the program until there are no more orders or it fails. Returns why later orders can't be served; an order
    /// that fails is told so when it is known how the program ended.
    @concurrent
    private static func live(
        _ specification: ProgramSpecification, _ shared: ProgramShared, _ orders: AsyncStream<Order>
    ) async -> any Error {
        let tail = StandardErrorTail()
        defer { shared.keep(tail.text) }
        let open = Mutex<Order?>(nil)
        /// What a program that sees the whole corpus said; it counts when the program has ended well.
        let said = Mutex<ProgramReply?>(nil)
        let ending = await run(specification, tail: tail) { process in
            var session = ProgramSession(process, specification, total: shared.total)
            try await session.greet()
            for await order in orders {
                open.withLock { $0 = order }
                let answers = order.answers
                let reply = try await session.annotate(order.records) { answers.add($1, at: $0) }
                guard specification.use.scope == .document else { return said.withLock { $0 = reply } }
                open.withLock { $0 = nil }
                order.reply.resume(returning: reply)
            }
        }
        let order = open.withLock { $0 }
        if ending.isGood, let reply = said.withLock({ $0 }) {
            order?.reply.resume(returning: reply)
        } else {
            order?.reply.resume(throwing: ending.failure)
        }
        return ending.failure
    }

    /// How a program ended: why it takes no more orders, and whether it ended by itself and without an error.
    private struct Ending {
        var failure: any Error
        var isGood = false
    }

    private static func run(
        _ specification: ProgramSpecification, tail: StandardErrorTail,
        _ body: (ProgramSession.Process) async throws -> Void
    ) async -> Ending {
        do {
            let folder = try WorkFolder()
            defer { folder.remove() }
            let ending = try await Subprocess.run(
                specification.configuration(in: folder), input: .inputWriter, output: .sequence, error: .sequence
            ) { process in
                await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        for try await buffer in process.standardError { buffer.withUnsafeBytes { tail.append($0) } }
                    }
                    var problem: (any Error)?
                    do { try await body(process) } catch { problem = error }
                    try? await process.standardInputWriter.finish()
                    group.addTask {
                        try await Task.sleep(for: Self.farewell)
                        process.kill()
                    }
                    _ = try? await group.next()
                    group.cancelAll()
                    return problem
                }
            }
            if Task.isCancelled { return Ending(failure: CancellationError()) }
            return Ending(
                failure: specification.failure(ending.closureResult, ending.terminationStatus, tail),
                isGood: ending.closureResult == nil && ending.terminationStatus == .exited(0))
        } catch {
            return Ending(failure: Task.isCancelled ? CancellationError() : specification.startFailure(error))
        }
    }

    /// How long a program may take to end after its last record.
    private static let farewell = Duration.seconds(5)
}
