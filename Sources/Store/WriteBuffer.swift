import StageKit
import Synchronization

/// Gathers what several portions of documents have to write, and writes it in one transaction.
///
/// Digests come in no order, so that each transaction writes most pages of the indexes again: one for eight portions writes
/// a small part of the bytes that eight would write. What waits is lost with a process that is killed, and made again.
package final class WriteBuffer: Sendable {
    private struct Waiting {
        var batch = WriteBatch()
        var bytes = 0
        /// The keys that came: of documents with the same content, each portion may have a result of its own.
        var keys: Set<ContentDigest> = []
    }

    private let store: ResultStore
    private let waiting = Mutex(Waiting())

    /// So many bytes of objects wait at most.
    private let most: Int

    /// A buffer for `store`. Without `waits`, all is written at once: what a program took long for is not to be lost.
    package init(_ store: ResultStore, waits: Bool) {
        self.store = store
        most = waits ? 4 << 20 : 0
    }

    /// Takes in a batch, and writes what waits if it is enough.
    package func add(_ batch: WriteBatch) throws(StoreProblem) {
        let due = waiting.withLock { waiting -> WriteBatch in
            waiting.batch.objects += batch.objects
            waiting.batch.results += batch.results.filter { waiting.keys.insert($0.key).inserted }
            waiting.bytes += batch.objects.reduce(0) { $0 + $1.bytes.count }
            return waiting.bytes < most ? WriteBatch() : Self.taken(&waiting)
        }
        try store.write(due)
    }

    /// Writes the rest.
    package func finish() throws(StoreProblem) { try store.write(waiting.withLock { Self.taken(&$0) }) }

    private static func taken(_ waiting: inout Waiting) -> WriteBatch {
        defer { (waiting.batch, waiting.bytes) = (WriteBatch(), 0) }
        return waiting.batch
    }
}
