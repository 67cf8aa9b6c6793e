import StageKit
import Text

/// Reads the blocks of a word processor file or a book, a line each: a byte says what a block is, its text follows.
enum BlockReader {
    static func read(_ decoded: TracedText) -> Page {
        let text = CharacterRepair.repaired(decoded, references: false)
        var blocks: [Page.Block] = []
        for line in TextLines(text.bytes).lines where line.span.count > 1 {
            let kind = kind(text.bytes[line.span.start])
            let isTight = (kind == .list || kind == .table) && blocks.last?.kind == kind
            blocks.append(
                Page.Block(kind, text.slice(ByteSpan(line.span.start + 1, line.span.end)), isTight: isTight))
        }
        FurnitureMarks.mark(&blocks)
        return Page(blocks, Metadata([]))
    }

    private static func kind(_ byte: UInt8) -> Blocks.Kind {
        switch ExtractedSource.Block(rawValue: byte) {
        case .title: .title
        case .heading: .heading
        case .quote: .quote
        case .list: .list
        case .caption: .caption
        case .table: .table
        case .code: .code
        case .paragraph, nil: .paragraph
        }
    }
}
