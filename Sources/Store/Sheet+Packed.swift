package import StageKit

extension Sheet {
    /// Its bytes, compressed, as they lie in a shared cache.
    package var packed: [UInt8] { Packing.packed(encoded) }

    /// A sheet may have so many bytes when it is unpacked: what says that it has more is taken for a bomb.
    private static let most = 1 << 30

    /// Reads a compressed sheet and checks all of it.
    package init(packed bytes: [UInt8]) throws(LayerError) {
        guard let unpacked = Packing.unpacked(bytes, most: Self.most) else {
            throw LayerError("it can't be decompressed")
        }
        try self.init(unpacked)
    }
}
