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

        package init(_ id: String, ran: [Int]) {
            self.id = id
            self.ran = ran
        }
    }

    package var documents: [Document] = []
    package var batch = WriteBatch()
    /// What portions of the documents add to the tables of folds.
    package private(set) var tables: [HandedTables.Portion] = []
    /// How many bytes the layers and the entries of tables have.
    package private(set) var size = 0

    package init() {}

    /// Adds the results of one document: of `writes`, the results, and those layers that they name.
    package mutating func add(_ document: Document, _ writes: WriteBatch) {
        documents.append(document)
        let named = Set(writes.results.flatMap { $0.result.outputs.map(\.digest) })
        let objects = writes.objects.filter { named.contains($0.digest) }
        batch.results += writes.results
        batch.objects += objects
        size += objects.reduce(0) { $0 + $1.bytes.count }
    }

    /// Adds what a portion of the documents adds to a table.
    package mutating func add(_ portion: HandedTables.Portion) {
        tables.append(portion)
        size += portion.entries.count
    }

    /// Adds what another part of the work gave.
    package mutating func append(_ other: HandedResults) {
        documents += other.documents
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

    /// The bytes to hand in: compressed, and in no canonical form.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(list: documents) { writer, document in
            writer.write(document.id)
            writer.write(list: document.ran) { $0.write($1) }
        }
        writer.write(list: batch.results) { writer, kept in
            kept.step.encode(into: &writer)
            writer.write(kept.parts.encoded)
            kept.result.encode(into: &writer)
        }
        writer.write(list: batch.objects) { writer, object in
            writer.write(object.digest.bytes)
            writer.write(object.kind.rawValue)
            writer.write(object.bytes)
        }
        writer.write(list: tables) { writer, portion in
            portion.fold.encode(into: &writer)
            writer.write(portion.key.bytes)
            writer.write(portion.entries)
        }
        return Packing.packed(writer.bytes)
    }

    /// Reads what ``encoded`` wrote. The key of each result is made of its parts anew, so a result can stand under no other.
    package init(encoded: [UInt8]) throws(LayerError) {
        guard let bytes = Packing.unpacked(encoded) else { throw LayerError("no results of a task") }
        var reader = ByteReader(bytes)
        documents = try reader.list { reader throws(LayerError) in
            Document(try reader.string(), ran: try reader.list { reader throws(LayerError) in try reader.integer() })
        }
        batch.results = try reader.list { reader throws(LayerError) in
            let step = try StepID(decoding: &reader)
            let parts = try KeyFields(encoded: try reader.blob())
            return KeptResult(
                key: ContentDigest(of: parts.encoded), step: step, parts: parts,
                result: try StepResult(decoding: &reader))
        }
        batch.objects = try reader.list { reader throws(LayerError) in
            guard let digest = ContentDigest(try reader.blob()) else { throw LayerError("no digest of a layer") }
            let kind = LayerName(try reader.string())
            let bytes = try reader.blob()
            guard ContentDigest(of: bytes) == digest else { throw LayerError("a layer has another digest") }
            return KeptObject(digest, bytes, kind)
        }
        tables = try reader.list { reader throws(LayerError) in
            let fold = try StepID(decoding: &reader)
            guard let key = ContentDigest(try reader.blob()) else { throw LayerError("no key of a portion") }
            return HandedTables.Portion(fold: fold, key: key, packed: try reader.blob())
        }
        try reader.finish()
        size = batch.objects.reduce(0) { $0 + $1.bytes.count } + tables.reduce(0) { $0 + $1.entries.count }
    }
}
