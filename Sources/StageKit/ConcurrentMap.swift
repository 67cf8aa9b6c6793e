/// The results of `body` for each element, in order, with at most `jobs` of them under way at once.
@concurrent
public func concurrentMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], jobs: Int, _ body: @escaping @Sendable (Element) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results: [Result?] = Array(repeating: nil, count: elements.count)
        var next = 0
        func start() {
            guard next < elements.count else { return }
            let index = next
            let element = elements[index]
            next += 1
            group.addTask { (index, try await body(element)) }
        }
        for _ in 0..<max(1, jobs) { start() }
        while let (index, result) = try await group.next() {
            results[index] = result
            start()
        }
        return results.compactMap { $0 }
    }
}

/// Hands the results of `body` for each element to `then`, in order, while the next ones are worked on. At most `jobs`
/// elements are under way at once, and few results wait, so that memory does not grow with their number.
public func concurrentForEach<Element: Sendable, Result: Sendable>(
    _ elements: [Element], jobs: Int, _ body: @escaping @Sendable (Element) async throws -> Result,
    then: (Result) throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var waiting: [Int: Result] = [:]
        var (begun, taken) = (0, 0)
        while true {
            // One more than there are jobs is at hand, for those who are free while `then` is at work. This stands here
            // once and in no function of its own: the optimizer fails at one that has the group.
            while begun < elements.count, begun - taken - waiting.count <= max(1, jobs), begun - taken <= 4 * jobs {
                let index = begun
                let element = elements[index]
                begun += 1
                group.addTask { (index, try await body(element)) }
            }
            if let result = waiting.removeValue(forKey: taken) {
                taken += 1
                try Task.checkCancellation()
                try then(result)
            } else if let (index, result) = try await group.next() {
                waiting[index] = result
            } else {
                break
            }
        }
    }
}
