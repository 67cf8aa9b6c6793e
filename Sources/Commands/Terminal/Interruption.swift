import Dispatch
import Foundation

/// Ctrl-C and SIGTERM: the work is cancelled, what was finished is kept, and the process ends within a second.
enum Interruption {
    /// Runs `body`; SIGINT or SIGTERM cancels it, and ends the process after `patience` seconds if it does not end itself.
    static func guarding<Value: Sendable>(
        patience: Double = 0.7, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await body() }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                task.cancel()
                // A step that takes long over one document can't be asked to stop: it is left behind.
                DispatchQueue.global().asyncAfter(deadline: .now() + patience) {
                    Terminal.error("stopped. Finished work is kept, and the next run continues from there. [stopped]")
                    _exit(1)
                }
            }
            source.resume()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        }
        return try await task.value
    }
}
