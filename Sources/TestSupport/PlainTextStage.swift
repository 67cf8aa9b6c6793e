package import StageKit
import Text

/// Reads UTF-8 as it is, a block for each paragraph: for tests of stages that come after the one that cleans.
package struct PlainTextStage: Stage {
    package static let description = StageDescription(name: "plain-text", summary: "Reads UTF-8 as it is.")
    package static let steps: [StepType] = [.map(Read.self)]
    package static let fingerprint = "plain-text"

    /// The text with the trivial way back.
    package struct Read: MapStep {
        package static let contract = StepContract(
            "read", reads: [SourceBytes.name],
            writes: [DocumentText.name, Origin.name, Metadata.name, Blocks.name, SourceLines.name], facts: [.row])

        package init(options: OptionReader) throws(OptionProblem) {}

        package func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
            let bytes = Array(String(decoding: try input.layer(SourceBytes.self).bytes, as: UTF8.self).utf8)
            let whole = Origin.Run(length: bytes.count, source: ByteSpan(0, bytes.count), form: .verbatim)
            let lines = bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
            return StepOutput(
                DocumentText(bytes), Origin(bytes.isEmpty ? [] : [whole]),
                Metadata(input.facts.row.map { Metadata.Entry($0.key, $0.value, .row) }), Blocks(paragraphs(of: bytes)),
                SourceLines([0] + lines))
        }

        private func paragraphs(of bytes: [UInt8]) -> [Blocks.Block] {
            var blocks: [Blocks.Block] = []
            var start = 0
            var end = 0
            var blank = true
            for k in bytes.indices {
                if bytes[k] == 0x0A {
                    if blank, start < end { blocks.append(Blocks.Block(.paragraph, ByteSpan(start, end))) }
                    if blank { start = k + 1 }
                    blank = true
                } else if bytes[k] > 0x20 {
                    if start >= end { start = k }
                    end = k + 1
                    blank = false
                }
            }
            if start < end { blocks.append(Blocks.Block(.paragraph, ByteSpan(start, end))) }
            return blocks
        }
    }
}
