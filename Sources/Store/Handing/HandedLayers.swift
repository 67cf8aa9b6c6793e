import Digests
package import StageKit

/// Layers of documents that a task computed together, as they stand in what it hands in: a part of that which can be read
/// without the rest, by a task of a later pass.
package enum HandedLayers {
    static func packed(_ objects: [KeptObject]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(list: objects) { writer, object in
            writer.write(object.digest.bytes)
            writer.write(object.kind.rawValue)
            writer.write(object.bytes)
        }
        return Packing.packed(writer.bytes)
    }

    /// The layers of a group; of those of the names `only`, where they are given. Each is compared with its digest.
    static func objects(in packed: [UInt8], only: Set<LayerName>? = nil) throws(LayerError) -> [KeptObject] {
        guard let bytes = Packing.unpacked(packed) else { throw LayerError("no layers of a task") }
        var reader = ByteReader(bytes)
        let objects = try reader.list { reader throws(LayerError) -> KeptObject? in
            guard let digest = ContentDigest(try reader.blob()) else { throw LayerError("no digest of a layer") }
            let kind = LayerName(try reader.string())
            let bytes = try reader.blob()
            if let only, !only.contains(kind) { return nil }
            guard ContentDigest(of: bytes) == digest else { throw LayerError("a layer has another digest") }
            return KeptObject(digest, bytes, kind)
        }
        try reader.finish()
        return objects.compactMap(\.self)
    }

    /// By digest, the layers of these names that stand in a part of the file at `path`; nil where they can't be read there:
    /// the file is gone, or not all of it to be seen yet.
    package static func read(_ path: String, _ part: Range<Int>, only: Set<LayerName>) -> [ContentDigest: [UInt8]]? {
        guard let packed = SealedFile.part(part, of: path), let objects = try? objects(in: packed, only: only) else {
            return nil
        }
        return Dictionary(objects.map { ($0.digest, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    }
}
