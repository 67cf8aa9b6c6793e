import Digests
import Model
package import StageKit
import Synchronization

/// What tasks have counted for the tables of folds: for portions of documents, the entries that all of a portion add to one
/// table. They wait in a file without a name until the run comes to the portion.
///
/// They are found by the keys of what each document of the portion adds. So it does not matter who counted a portion, or how
/// often, and entries of which one document is another than the run's are not found.
package final class HandedTables: Sendable {
    private struct Kept {
        var file: NamelessFile?
        var places: [StepID: [ContentDigest: Range<Int>]] = [:]
    }
    private let kept = Mutex(Kept())
    /// Where the file is made; nil for a state in memory.
    private let folder: String?

    /// What is counted for the tables of `state`.
    package init(of state: StateDatabase) {
        folder = state.isInMemory ? nil : Pipeline.folder(of: state.path)
    }

    /// What one portion adds to the table of a fold.
    package struct Portion: Sendable {
        package var fold: StepID
        /// Made of the keys of what its documents add, in order.
        package var key: ContentDigest
        /// The entries, packed.
        var entries: [UInt8]

        /// `entries`, which documents of these keys add together.
        package init(fold: StepID, keys: [ContentDigest], entries: [UInt8]) {
            self.init(fold: fold, key: Self.key(of: keys), packed: Packing.packed(entries))
        }

        init(fold: StepID, key: ContentDigest, packed: [UInt8]) {
            self.fold = fold
            self.key = key
            entries = packed
        }

        static func key(of keys: [ContentDigest]) -> ContentDigest { ContentDigest(of: keys.flatMap(\.bytes)) }
    }

    /// Keeps what portions add.
    package func add(_ portions: [Portion]) throws {
        guard let folder, !portions.isEmpty else { return }
        try kept.withLock { kept in
            let file = try kept.file ?? NamelessFile(in: folder)
            kept.file = file
            for portion in portions where kept.places[portion.fold]?[portion.key] == nil {
                kept.places[portion.fold, default: [:]][portion.key] = try file.append(portion.entries)
            }
        }
    }

    /// What documents of these keys add to the table of a fold, together and in this order; nil where nobody has counted it.
    package func entries(of fold: StepID, keys: [ContentDigest]) -> [UInt8]? {
        guard !keys.isEmpty else { return nil }
        return kept.withLock { kept -> [UInt8]? in
            guard let places = kept.places[fold], let place = places[Portion.key(of: keys)] else { return nil }
            return try? kept.file?.read(place)
        }.flatMap { Packing.unpacked($0) }
    }
}
