import Synchronization

/// Tells when nothing has happened for too long.
final class Watchdog: Sendable {
    private let patience: Duration
    private let last: Mutex<ContinuousClock.Instant>
    private let barked = Mutex(false)

    init(patience: Duration) {
        self.patience = patience
        last = Mutex(.now)
    }

    /// Whether the time has run out.
    var hasBarked: Bool { barked.withLock { $0 } }

    /// Something happened.
    func feed() { last.withLock { $0 = .now } }

    /// Waits until nothing has happened for too long, then calls `bark`; until then it can be cancelled.
    func watch(_ bark: @Sendable () -> Void) async {
        while !Task.isCancelled {
            let end = last.withLock { $0 } + patience
            if ContinuousClock.now >= end {
                barked.withLock { $0 = true }
                return bark()
            }
            try? await Task.sleep(until: end)
        }
    }
}
