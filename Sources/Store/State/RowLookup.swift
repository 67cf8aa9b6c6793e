package import StageKit
import Synchronization
import Text

/// Looks rows of a fold's table up by key, from many tasks at once: each by itself, or keeping the pages that it has read
/// where most of them will be wanted.
package final class RowLookup: Sendable {
    private let fold: String
    private let state: StateDatabase
    private let many: Bool
    private let read = Mutex(Read())

    private struct Read {
        /// Where the pages begin, in order; nil before the first look.
        var starts: [[UInt8]]?
        var pages: [Int: StateDatabase.Rows] = [:]
        var size = 0
        var problem: StoreProblem?
    }

    /// Bytes of pages that are kept before all are dropped.
    private static let most = 64 << 20

    /// A lookup in the table of `fold` as it stands now; `many` says that most rows will be looked up.
    package init(_ fold: String, of state: StateDatabase, many: Bool) {
        self.fold = fold
        self.many = many
        self.state = state
    }

    /// The row of `key`; nil where there is none. What keeps the table from being read is kept for ``check()``.
    package func row(_ key: FoldKey) -> FoldRow? {
        do {
            return try many ? page(of: key)?.row(key) : state.row(key, of: fold)
        } catch {
            read.withLock { $0.problem = $0.problem ?? StoreProblem(error, path: state.path) }
            return nil
        }
    }

    /// Throws what kept a row from being read.
    package func check() throws(StoreProblem) { if let problem = read.withLock({ $0.problem }) { throw problem } }

    private func page(of key: FoldKey) -> StateDatabase.Rows? {
        read.withLock { read in
            do throws(StoreProblem) {
                if read.starts == nil { read.starts = try state.starts(of: fold) }
                let starts = read.starts ?? []
                guard let k = Self.last(in: starts, notAfter: key.bytes) else { return nil }
                if let page = read.pages[k] { return page }
                guard let page = try state.page(of: fold, at: starts[k]) else { return nil }
                if read.size > Self.most { (read.pages, read.size) = ([:], 0) }
                read.pages[k] = page
                read.size += page.entries.count
                return page
            } catch {
                read.problem = read.problem ?? error
                return nil
            }
        }
    }

    private static func last(in starts: [[UInt8]], notAfter key: [UInt8]) -> Int? {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if key.precedes(starts[middle]) { high = middle } else { low = middle + 1 }
        }
        return low == 0 ? nil : low - 1
    }
}
