import Dispatch

/// A thread for the tasks of the server: a run keeps those of the processors busy, and pages are to be answered meanwhile.
final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "colophon.server")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Work that takes long, done one piece at a time on a thread of its own. A queue that is full takes nothing more.
final class Bench: Sendable {
    private let queue: DispatchQueue
    private let waiting: Counter
    private let places: Int

    init(_ name: String, places: Int) {
        queue = DispatchQueue(label: "colophon.\(name)")
        waiting = Counter()
        self.places = places
    }

    /// What `body` gives; nil where there is no place left.
    func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value? {
        guard waiting.enter(upTo: places) else { return nil }
        defer { waiting.leave() }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: body()) }
        }
    }
}
