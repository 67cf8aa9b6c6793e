package import StageKit

/// What a step gave for one key: the digests of its layers, or why there are none.
package struct StepResult: Hashable, Sendable {
    /// What came out.
    package enum Outcome: Hashable, Sendable {
        /// The layers in order of their names. A fold's summary is the one layer `summary`.
        case layers([Output])
        /// The step refused the document.
        case failure(StageFailure)
    }

    /// A layer by its content.
    package struct Output: Hashable, Sendable {
        package var layer: LayerName
        package var digest: ContentDigest

        package init(_ layer: LayerName, _ digest: ContentDigest) {
            self.layer = layer
            self.digest = digest
        }
    }

    package var outcome: Outcome

    package init(_ outcome: Outcome) { self.outcome = outcome }

    /// The layers; empty for a failure.
    package var outputs: [Output] { if case .layers(let outputs) = outcome { outputs } else { [] } }
    /// Why there are no layers; nil when there are.
    package var failure: StageFailure? { if case .failure(let failure) = outcome { failure } else { nil } }

    /// The canonical bytes.
    package func encode(into writer: inout ByteWriter) {
        switch outcome {
        case .layers(let outputs):
            writer.write(byte: 0)
            writer.write(list: outputs) { writer, output in
                writer.write(output.layer.rawValue)
                writer.write(output.digest.bytes)
            }
        case .failure(let failure):
            writer.write(byte: 1)
            writer.write(failure.summary)
            writer.write(failure.hint ?? "")
            writer.write(failure.code)
        }
    }

    /// Reads canonical bytes.
    package init(decoding reader: inout ByteReader) throws(LayerError) {
        switch try reader.byte() {
        case 0:
            outcome = .layers(
                try reader.list { reader throws(LayerError) in
                    let layer = LayerName(try reader.string())
                    guard let digest = ContentDigest(try reader.blob()) else {
                        throw LayerError("no digest of a layer")
                    }
                    return Output(layer, digest)
                })
        case 1:
            let summary = try reader.string()
            let hint = try reader.string()
            outcome = .failure(StageFailure(summary, hint: hint.isEmpty ? nil : hint, code: try reader.string()))
        default: throw LayerError("no such outcome of a step")
        }
    }
}

/// A result as the store keeps it: with the step and the parts of its key, for explanations.
package struct KeptResult: Sendable {
    package var key: ContentDigest
    package var step: StepID
    package var parts: KeyFields
    package var result: StepResult

    package init(key: ContentDigest, step: StepID, parts: KeyFields, result: StepResult) {
        self.key = key
        self.step = step
        self.parts = parts
        self.result = result
    }
}

/// An object as the store keeps it.
package struct KeptObject: Sendable {
    package var digest: ContentDigest
    package var bytes: [UInt8]
    /// What it is, a layer as a rule: objects of one kind stand together.
    package var kind: LayerName

    package init(_ digest: ContentDigest, _ bytes: [UInt8], _ kind: LayerName) {
        self.digest = digest
        self.bytes = bytes
        self.kind = kind
    }
}

/// What one unit of work adds to the store, written in one transaction with others.
package struct WriteBatch: Sendable {
    package var objects: [KeptObject] = []
    package var results: [KeptResult] = []

    package init() {}

    package var isEmpty: Bool { objects.isEmpty && results.isEmpty }

    package mutating func append(_ other: WriteBatch) {
        objects += other.objects
        results += other.results
    }
}
