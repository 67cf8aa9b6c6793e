import Digests
package import StageKit

/// What a task on another machine hands in: the results of some documents, with the layers that they name.
package struct HandedResults: Sendable {
    /// A document that the task is done with.
    package struct Document: Hashable, Sendable {
        package var id: String
        /// The numbers of the steps of the pass that ran over it. None where the task could not read the document: whoever
        /// takes the results in finds that a result is missing, and tries for itself.
        package var ran: [Int]
        /// The number of the group in which its layers stand.
        fileprivate var group = 0
        /// Where its layers stand in the bytes that were handed in: a part that can be read by itself.
        package fileprivate(set) var layers = 0..<0

        package init(_ id: String, ran: [Int]) {
            self.id = id
            self.ran = ran
        }
    }

    package var documents: [Document] = []
    /// The results; of what was handed in, the layers as well.
    package var batch = WriteBatch()
    /// The layers of documents that were computed together, packed, group by group.
    private var groups: [[UInt8]] = []
    /// Layers that are in no group yet.
    private var loose: [KeptObject] = []
    /// What portions of the documents add to the tables of folds.
    package private(set) var tables: [HandedTables.Portion] = []
    /// How many bytes the layers and the entries of tables have.
    package private(set) var size = 0

    package init() {}

    /// Adds the results of one document: of `writes`, the results, and those layers that they name.
    package mutating func add(_ document: Document, _ writes: WriteBatch) {
        documents.append(document)
        documents[documents.count - 1].group = groups.count
        let named = Set(writes.results.flatMap { $0.result.outputs.map(\.digest) })
        let objects = writes.objects.filter { named.contains($0.digest) }
        batch.results += writes.results
        loose += objects
        size += objects.reduce(0) { $0 + $1.bytes.count }
    }

    /// Makes a group of the layers that were added since the last.
    package mutating func closeGroup() {
        guard !loose.isEmpty else { return }
        groups.append(HandedLayers.packed(loose))
        loose = []
    }

    /// Adds what a portion of the documents adds to a table.
    package mutating func add(_ portion: HandedTables.Portion) {
        tables.append(portion)
        size += portion.entries.count
    }

    /// Adds what another part of the work gave.
    package mutating func append(_ other: HandedResults) {
        closeGroup()
        var other = other
        other.closeGroup()
        for k in other.documents.indices { other.documents[k].group += groups.count }
        documents += other.documents
        groups += other.groups
        batch.append(other.batch)
        tables += other.tables
        size += other.size
    }

    /// The documents alone.
    package var withoutContents: HandedResults {
        var other = HandedResults()
        other.documents = documents
        return other
    }

    /// The bytes to hand in: the groups of layers, what tells of them and the rest, and the length of that. They are
    /// compressed, and in no canonical form.
    package var encoded: [UInt8] {
        var whole = self
        whole.closeGroup()
        var writer = ByteWriter()
        writer.write(list: whole.groups) { $0.write($1.count) }
        writer.write(list: documents) { writer, document in
            writer.write(document.id)
            writer.write(list: document.ran) { $0.write($1) }
            writer.write(document.group)
        }
        writer.write(list: batch.results) { writer, kept in
            kept.step.encode(into: &writer)
            writer.write(kept.parts.encoded)
            kept.result.encode(into: &writer)
        }
        writer.write(list: tables) { writer, portion in
            portion.fold.encode(into: &writer)
            writer.write(portion.key.bytes)
            writer.write(portion.entries)
        }
        let rest = Packing.packed(writer.bytes)
        return Array(whole.groups.joined()) + rest
            + withUnsafeBytes(of: UInt64(rest.count).littleEndian) { Array($0) }
    }

    /// Reads what ``encoded`` wrote. The key of each result is made of its parts anew, so a result can stand under no other.
    package init(encoded: [UInt8]) throws(LayerError) {
        let length = encoded.suffix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let end = encoded.count - 8
        guard end >= 0, length <= UInt64(end),
            let bytes = Packing.unpacked(Array(encoded[(end - Int(length))..<end]))
        else { throw LayerError("no results of a task") }
        var reader = ByteReader(bytes)
        var places: [Range<Int>] = []
        for count in try reader.list({ reader throws(LayerError) in try reader.integer() }) {
            let start = places.last?.upperBound ?? 0
            guard count >= 0, count <= end - Int(length) - start else {
                throw LayerError("a group of layers is too long")
            }
            places.append(start..<start + count)
        }
        documents = try reader.list { reader throws(LayerError) in
            var document = Document(
                try reader.string(), ran: try reader.list { reader throws(LayerError) in try reader.integer() })
            document.group = try reader.integer()
            if places.indices.contains(document.group) { document.layers = places[document.group] }
            return document
        }
        batch.results = try reader.list { reader throws(LayerError) in
            let step = try StepID(decoding: &reader)
            let parts = try KeyFields(encoded: try reader.blob())
            return KeptResult(
                key: ContentDigest(of: parts.encoded), step: step, parts: parts,
                result: try StepResult(decoding: &reader))
        }
        tables = try reader.list { reader throws(LayerError) in
            let fold = try StepID(decoding: &reader)
            guard let key = ContentDigest(try reader.blob()) else { throw LayerError("no key of a portion") }
            return HandedTables.Portion(fold: fold, key: key, packed: try reader.blob())
        }
        try reader.finish()
        for place in places { batch.objects += try HandedLayers.objects(in: Array(encoded[place])) }
        size = batch.objects.reduce(0) { $0 + $1.bytes.count } + tables.reduce(0) { $0 + $1.entries.count }
    }
}
