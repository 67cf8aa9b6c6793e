import Digests
package import StageKit

/// Results with their objects as they travel from one store to another: in a pack, or through a shared cache.
///
/// The bytes are the same whatever store they were taken from: results stand in the order in which they were added, each
/// object once, those of one layer together. Nothing of a sheet is used unless it is checked: an object by its digest, a
/// result by the digest of its key's own parts.
package struct Sheet: Sendable {
    private static let magic = Array("colophon sheet 1\n".utf8)

    package private(set) var results: [KeptResult] = []
    /// How many results should be here that the store does not have any more.
    package var missing = 0
    /// Results that were in the bytes without all of their objects, and are not among ``results``.
    package private(set) var incomplete: [KeptResult] = []
    /// By layer, objects in the order in which they came.
    private var layers: [LayerName: [KeptObject]] = [:]
    private var keys: Set<ContentDigest> = []
    private var digests: Set<ContentDigest> = []

    package init() {}

    package var isEmpty: Bool { results.isEmpty }

    /// Adds a result with those of its objects that the store has.
    package mutating func add(_ result: KeptResult, _ objects: [KeptObject]) {
        guard keys.insert(result.key).inserted else { return }
        results.append(result)
        for object in objects where digests.insert(object.digest).inserted {
            layers[object.kind, default: []].append(object)
        }
    }

    /// Adds what another sheet has besides, as long as there are no more than `most` results.
    package mutating func add(contentsOf other: Sheet, most: Int) {
        let objects = Dictionary(
            other.layers.values.joined().map { ($0.digest, $0) }, uniquingKeysWith: { first, _ in first })
        for kept in other.results where results.count < most {
            add(kept, kept.result.outputs.compactMap { objects[$0.digest] })
        }
    }

    /// Its bytes.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.append(Self.magic)
        writer.write(list: results) { writer, kept in
            kept.step.encode(into: &writer)
            writer.write(kept.parts.encoded)
            kept.result.encode(into: &writer)
        }
        writer.write(list: layers.sorted { $0.key < $1.key }) { writer, layer in
            writer.write(layer.key.rawValue)
            writer.write(list: layer.value) { $0.write($1.bytes) }
        }
        return writer.bytes
    }

    /// Reads a sheet and checks all of it. Keys and digests are computed from what is there, so nothing can stand under the
    /// key of something else. A result whose objects are not all there as it names them is ``incomplete``; a fold's names
    /// none.
    package init(_ bytes: [UInt8]) throws(LayerError) {
        guard bytes.starts(with: Self.magic) else { throw LayerError("no sheet of results, or one of another release") }
        var reader = ByteReader(Array(bytes[Self.magic.count...]))
        var found: [KeptResult] = []
        let count = try reader.unsigned()
        for _ in 0..<count {
            let step = try StepID(decoding: &reader)
            let bytes = try reader.blob()
            let parts = try KeyFields(encoded: bytes)
            guard parts.encoded == bytes, parts.fields.first.map({ $0.tag == "step" }) ?? false,
                parts.fields.first.map({ $0.bytes == Array(step.description.utf8) }) ?? false
            else { throw LayerError("a result's key is not that of its step") }
            found.append(
                KeptResult(
                    key: ContentDigest(of: bytes), step: step, parts: parts, result: try StepResult(decoding: &reader)))
        }
        var objects: [ContentDigest: [UInt8]] = [:]
        for _ in 0..<(try reader.unsigned()) {
            // Their layer is told for whoever looks into the bytes: what an object is, its result says.
            _ = try reader.string()
            for _ in 0..<(try reader.unsigned()) {
                let bytes = try reader.blob()
                objects[ContentDigest(of: bytes)] = bytes
            }
        }
        try reader.finish()
        for kept in found {
            let named = kept.result.outputs.filter { $0.layer != StepResult.summary }
            let own = named.compactMap { output in
                objects[output.digest].map { KeptObject(output.digest, $0, output.layer) }
            }
            if own.count == named.count { add(kept, own) } else { incomplete.append(kept) }
        }
    }

    /// What a store has to take in.
    package var batch: WriteBatch {
        var batch = WriteBatch()
        batch.results = results
        batch.objects = layers.sorted { $0.key < $1.key }.flatMap(\.value)
        return batch
    }
}

extension StoreReader {
    /// The results of keys with the parts of their keys, in their order; nil where there is none that is sound.
    package func kept(_ keys: [(key: ContentDigest, step: StepID)]) throws(StoreProblem) -> [KeptResult?] {
        let found = try pieces(of: keys.map(\.key))
        return zip(keys, found).map { wanted, piece in
            guard let stored = piece.flatMap(StoredResult.init), let result = stored.result(of: wanted.key),
                let parts = stored.parts(of: wanted.key)
            else { return nil }
            return KeptResult(key: wanted.key, step: wanted.step, parts: parts, result: result)
        }
    }

    /// What the store keeps under keys of results, not checked yet.
    private func pieces(of keys: [ContentDigest]) throws(StoreProblem) -> [[UInt8]?] {
        try pieces(of: keys, Self.resultPlace).map { if case .piece(let piece) = $0 { piece } else { nil } }
    }
}
