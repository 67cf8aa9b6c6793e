import StageKit
import Text

/// A document as `clean.read` leaves it: every block that may be part of its text, and what the page says about itself.
struct Page: Layer {
    /// One block of the page.
    struct Block: Equatable {
        /// What it is.
        var kind: Blocks.Kind
        /// What it says, in NFC, with its way back.
        var text: TracedText
        /// Why its own marks show that it is furniture; empty for one that may be text.
        var reason = ""
        /// Whether it follows the block before it on the next line, as items of a list do.
        var isTight = false

        init(_ kind: Blocks.Kind, _ text: TracedText, reason: String = "", isTight: Bool = false) {
            self.kind = kind
            self.text = text
            self.reason = reason
            self.isTight = isTight
        }
    }

    /// `page`
    static let name: LayerName = "page"
    /// The blocks in order.
    var blocks: [Block]
    /// What is known about the document.
    var metadata: Metadata

    init(_ blocks: [Block], _ metadata: Metadata) {
        self.blocks = blocks
        self.metadata = metadata
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(list: blocks) { writer, block in
            writer.write(byte: block.kind.rawValue)
            writer.write(block.isTight)
            writer.write(block.reason)
            writer.write(block.text.bytes)
            Origin(block.text.runs).encode(into: &writer)
        }
        metadata.encode(into: &writer)
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        blocks = try reader.list { reader throws(LayerError) in
            guard let kind = Blocks.Kind(rawValue: try reader.byte()) else { throw LayerError("no such kind of block") }
            let isTight = try reader.bool()
            let reason = try reader.string()
            let bytes = try reader.blob()
            let runs = try Origin(decoding: &reader).runs
            var rest = bytes.count
            for run in runs where run.length >= 0 && run.length <= rest { rest -= run.length }
            guard rest == 0, runs.allSatisfy({ $0.length > 0 }) else { throw LayerError("a block's origin has gaps") }
            return Block(kind, TracedText(bytes: bytes, runs: runs), reason: reason, isTight: isTight)
        }
        metadata = try Metadata(decoding: &reader)
    }
}
