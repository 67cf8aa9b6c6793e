import Digests
package import StageKit
import Store

/// What a program says that sees the whole corpus.
package struct CorpusAnswers: Sendable {
    /// For each document, in order of the ids, its layer or why it has none.
    package var documents: [Result<[UInt8], StageFailure>]
    /// What it says of the corpus as a whole, a row each.
    package var rows: CustomLayer

    package init(documents: [Result<[UInt8], StageFailure>], rows: CustomLayer) {
        self.documents = documents
        self.rows = rows
    }

    /// The canonical bytes.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(list: documents) { writer, answer in writer.write(CorpusProgram.encoded(answer)) }
        writer.write(rows.encoded)
        return writer.bytes
    }

    init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        documents = try reader.list { reader throws(LayerError) in
            try CorpusProgram.answer(decoding: try reader.blob())
        }
        rows = try CustomLayer(encoded: try reader.blob())
        try reader.finish()
    }

    /// The answers as decisions to the documents `ids`, and the rows of the corpus as decisions under their numbers.
    func decisions(to ids: [String]) -> [Decision] {
        zip(ids, documents).map { CorpusProgram.decision(to: $0, $1) }
            + rows.annotations.enumerated().map { number, row in
                let key = FoldKey((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) })
                return Decision(key, CustomLayer([row]).encoded)
            }
    }
}

/// The keys under which the store has the answers that the state was made of, by the step that is the program.
struct CorpusAnswerKeys {
    private(set) var keys: [StepID: ContentDigest] = [:]

    private static let name = "corpus programs"

    init(_ state: StateDatabase) throws {
        guard let bytes = try state.meta(Self.name) else { return }
        var reader = ByteReader(bytes)
        for _ in 0..<(try reader.unsigned()) {
            let step = try StepID(decoding: &reader)
            keys[step] = ContentDigest(try reader.blob())
        }
        try reader.finish()
    }

    /// Keeps another key for a step, or none.
    mutating func set(_ key: ContentDigest?, of step: StepID, in state: StateDatabase) throws {
        keys[step] = key
        var writer = ByteWriter()
        writer.write(list: keys.sorted { $0.key < $1.key }) { writer, entry in
            entry.key.encode(into: &writer)
            writer.write(entry.value.bytes)
        }
        try state.set(Self.name, keys.isEmpty ? nil : writer.bytes)
    }
}
