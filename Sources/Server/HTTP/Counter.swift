import Synchronization

/// How many are at something at once.
final class Counter: Sendable {
    private let count = Mutex(0)

    /// Adds one, unless there are `limit` already; says whether it did.
    func enter(upTo limit: Int) -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func leave() { count.withLock { $0 -= 1 } }
}
