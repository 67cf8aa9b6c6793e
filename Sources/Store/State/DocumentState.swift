package import StageKit

/// What the last run knew about a document: every step's key and result, so that the next one need not look them up.
package struct DocumentState: Equatable, Sendable {
    /// A step's key and what it gave.
    package struct Ran: Equatable, Sendable {
        package var key: ContentDigest
        package var result: StepResult

        package init(key: ContentDigest, result: StepResult) {
            self.key = key
            self.result = result
        }
    }

    /// A document that a step refused.
    package struct Refusal: Equatable, Sendable {
        /// The stage.
        package var stage: String
        /// The pass in which it happened, from 0.
        package var pass: Int
        package var failure: StageFailure
        /// Whether another try may end otherwise: the file changed while it was read, a program of the user's failed.
        package var isUnstable: Bool

        package init(stage: String, pass: Int, failure: StageFailure, isUnstable: Bool) {
            self.stage = stage
            self.pass = pass
            self.failure = failure
            self.isUnstable = isUnstable
        }
    }

    /// The digest of the document's bytes.
    package var content: ContentDigest
    /// By step; a fold's result is its summary.
    package var steps: [StepID: Ran] = [:]
    /// By join, hashes of the keys that it asked for, sorted.
    package var asked: [StepID: [UInt64]] = [:]
    /// Why it was left out; nil for a document that is in.
    package var refusal: Refusal?

    package init(content: ContentDigest) { self.content = content }

    /// The digests of the layers that the document has, by name.
    package var layers: [LayerName: ContentDigest] {
        var layers: [LayerName: ContentDigest] = [SourceBytes.name: content]
        for ran in steps.values { for output in ran.result.outputs { layers[output.layer] = output.digest } }
        layers[StepResult.summary] = nil
        return layers
    }

    /// The canonical bytes.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(content.bytes)
        writer.write(optional: refusal) { $1.encode(into: &$0) }
        writer.write(list: steps.sorted { $0.key < $1.key }) { writer, step in
            step.key.encode(into: &writer)
            writer.write(step.value.key.bytes)
            step.value.result.encode(into: &writer)
        }
        writer.write(list: asked.sorted { $0.key < $1.key }) { writer, join in
            join.key.encode(into: &writer)
            var previous: UInt64 = 0
            writer.write(list: join.value) { writer, hash in
                writer.write(hash &- previous)
                previous = hash
            }
        }
        return writer.bytes
    }

    /// Reads canonical bytes.
    package init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        guard let content = ContentDigest(try reader.blob()) else { throw LayerError("no digest of a document") }
        self.content = content
        refusal = try reader.optional { reader throws(LayerError) in try Refusal(decoding: &reader) }
        for _ in 0..<(try reader.unsigned()) {
            let id = try StepID(decoding: &reader)
            guard let key = ContentDigest(try reader.blob()) else { throw LayerError("no digest of a key") }
            steps[id] = Ran(key: key, result: try StepResult(decoding: &reader))
        }
        for _ in 0..<(try reader.unsigned()) {
            let id = try StepID(decoding: &reader)
            var previous: UInt64 = 0
            asked[id] = try reader.list { reader throws(LayerError) in
                previous = previous &+ (try reader.unsigned())
                return previous
            }
        }
        try reader.finish()
    }
}

extension StepResult {
    /// The name under which a fold's summary stands among a document's results.
    package static let summary: LayerName = "summary"
}

extension DocumentState.Refusal {
    /// Writes the canonical bytes.
    package func encode(into writer: inout ByteWriter) {
        writer.write(stage)
        writer.write(pass)
        StepResult(.failure(failure)).encode(into: &writer)
        writer.write(isUnstable)
    }

    /// Reads canonical bytes.
    package init(decoding reader: inout ByteReader) throws(LayerError) {
        let stage = try reader.string()
        let pass = try reader.integer()
        guard let failure = try StepResult(decoding: &reader).failure else { throw LayerError("no refusal") }
        self.init(stage: stage, pass: pass, failure: failure, isUnstable: try reader.bool())
    }
}
