import StageKit

/// Puts pieces of bytes together in packs: the pieces of a pack stand one behind the other and are compressed as one.
///
/// The same layer of several documents, or the results of a portion of them, have much in common: together they take two
/// thirds of the room, and less time, than one by one.
struct PackWriter<Owner> {
    /// Pieces that are kept in one row.
    struct Pack {
        /// The bytes of all pieces, compressed.
        var packed: [UInt8]
        /// Whose each piece is, and where it stands among the bytes that were not compressed yet.
        var pieces: [(owner: Owner, place: Range<Int>)]
    }

    /// A pack that holds so many bytes takes no more pieces. To read one piece, all of its pack is unpacked: 0.1 ms.
    private static var full: Int { 64 << 10 }

    private var packs: [Pack] = []
    private var bytes: [UInt8] = []
    private var pieces: [(owner: Owner, place: Range<Int>)] = []

    /// Adds a piece behind those that have come.
    mutating func add(_ piece: [UInt8], of owner: Owner) {
        if bytes.count >= Self.full { close() }
        pieces.append((owner, bytes.count..<bytes.count + piece.count))
        bytes += piece
    }

    /// The packs of all pieces that were added.
    consuming func finish() -> [Pack] {
        close()
        return packs
    }

    private mutating func close() {
        guard !pieces.isEmpty else { return }
        packs.append(Pack(packed: Packing.packed(bytes), pieces: pieces))
        bytes.removeAll(keepingCapacity: true)
        pieces = []
    }
}
