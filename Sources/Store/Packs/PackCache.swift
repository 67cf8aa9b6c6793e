import Synchronization

/// The packs that a reader unpacked last: documents of one portion find their layers side by side in the same ones.
final class PackCache: Sendable {
    /// Bytes that it holds, unpacked.
    private static let most = 4 << 20

    private struct Held {
        var packs: [(id: Int64, bytes: [UInt8])] = []
        var size = 0
    }
    private let held = Mutex(Held())

    /// The bytes of a pack, if they are held.
    func bytes(of id: Int64) -> [UInt8]? {
        held.withLock { held in held.packs.last { $0.id == id }?.bytes }
    }

    /// Takes in a pack; the oldest ones make room for it.
    func hold(_ bytes: [UInt8], of id: Int64) {
        held.withLock { held in
            held.packs.append((id, bytes))
            held.size += bytes.count
            var gone = 0
            while held.size > Self.most, gone < held.packs.count - 1 {
                held.size -= held.packs[gone].bytes.count
                gone += 1
            }
            held.packs.removeFirst(gone)
        }
    }
}
