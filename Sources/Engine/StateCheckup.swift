package import Store

extension StateDatabase {
    /// Reads everything that the state holds and says what is not as it was written, or not what the last run left.
    package func problems() -> [String] {
        do {
            try eachDocument { _, _ in }
            var problems: [String] = []
            for (fold, digest) in try LastRun(self).tables.sorted(by: { $0.key < $1.key })
            where try recomputedDigest(of: fold) != digest {
                problems.append("the table '\(fold)' is not the one that the last run left")
            }
            return problems
        } catch StoreProblem.damaged {
            return ["it is damaged"]
        } catch {
            return ["it can't be read: \(error)"]
        }
    }

    /// How many documents the last run had.
    package func documentCount() throws(StoreProblem) -> Int {
        var count = 0
        try eachDocument { _, _ in count += 1 }
        return count
    }
}
