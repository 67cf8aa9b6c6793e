/// That something took longer than it may.
struct TimeIsUp: Error {}

/// Runs `body`, and cancels it after `time`.
func within<Value: Sendable>(
    _ time: Duration, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: time)
            throw TimeIsUp()
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw TimeIsUp() }
        return value
    }
}
