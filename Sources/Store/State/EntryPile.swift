import Foundation
import Model
package import StageKit

/// Sorted lists of entries that wait to be added to a table. When there is more than is held in memory, it is merged to
/// one list and written to a file without a name, which is gone with the process.
package final class EntryPile {
    /// Bytes that it holds in memory.
    private let most: Int
    /// Where such files are made; nil for a state in memory, whose piles stay there too.
    private let folder: String?
    private var runs: [[UInt8]] = []
    private var size = 0
    private var spilled: [SpilledRun] = []
    private var file: NamelessFile?

    /// An empty pile for a table of `state`, which holds up to `most` bytes in memory.
    package init(of state: StateDatabase, most: Int = 8 << 20) {
        self.most = most
        folder = state.isInMemory ? nil : Pipeline.folder(of: state.path)
    }

    /// Whether nothing was added since the last ``merge()``.
    package var isEmpty: Bool { runs.isEmpty && spilled.isEmpty }

    /// Adds sorted lists.
    package func add(_ new: [[UInt8]]) throws {
        runs += new.filter { !$0.isEmpty }
        size += new.reduce(0) { $0 + $1.count }
        if size > most, let folder { try spill(to: folder) }
    }

    /// All lists that were added, as lists to be merged; the pile is empty then.
    package func take() -> [EntryMerge.Run] {
        defer { (runs, size, spilled, file) = ([], 0, [], nil) }
        return spilled.map(\.run) + runs.map { .bytes($0) }
    }

    private func spill(to folder: String) throws {
        let file = try self.file ?? NamelessFile(in: folder)
        self.file = file
        let merge = try EntryMerge(runs)
        (runs, size) = ([], 0)
        var run = SpilledRun(file: file)
        var writer = EntryWriter()
        while try merge.next() {
            writer.append(merge.entry)
            guard writer.size >= SpilledRun.block else { continue }
            try run.append(writer.bytes)
            writer = EntryWriter()
        }
        try run.append(writer.bytes)
        spilled.append(run)
    }
}

/// A sorted list in a file, in blocks that can be read one by one.
private struct SpilledRun {
    /// A block is cut when it has so many bytes.
    static let block = 64 << 10

    let file: NamelessFile
    private var blocks: [Range<Int>] = []

    init(file: NamelessFile) { self.file = file }

    mutating func append(_ bytes: [UInt8]) throws {
        if !bytes.isEmpty { blocks.append(try file.append(bytes)) }
    }

    var run: EntryMerge.Run {
        let (file, blocks) = (file, blocks)
        var next = 0
        return .blocks { () throws(LayerError) in
            guard next < blocks.count else { return nil }
            defer { next += 1 }
            return try file.read(blocks[next])
        }
    }
}
