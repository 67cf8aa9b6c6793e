import StageKit
import Testing
import Text

@testable import SegmentStage

@Suite struct GivenSentencesTests {
    private let text = Array("A lamp\n\nIt is out. Dr. Weir left.".utf8)

    @Test("a sentence that crosses a block is cut where the block ends")
    func blocks() {
        let blocks = [Blocks.Block(.heading, ByteSpan(0, 6)), Blocks.Block(.paragraph, ByteSpan(8, text.count))]
        #expect(
            GivenSentences.cut([ByteSpan(0, 18), ByteSpan(19, 33)], at: blocks, in: text) == [
                ByteSpan(0, 6), ByteSpan(8, 18), ByteSpan(19, 33),
            ])
    }

    @Test("sentences that have a token in common are one, and others stay as they are")
    func tokens() {
        let tokens = [ByteSpan(8, 10), ByteSpan(17, 18), ByteSpan(19, 22), ByteSpan(23, 27)]
        #expect(
            GivenSentences.fitted([ByteSpan(8, 18), ByteSpan(19, 33)], to: tokens) == [
                ByteSpan(8, 18), ByteSpan(19, 33),
            ])
        #expect(
            GivenSentences.fitted([ByteSpan(8, 18), ByteSpan(19, 21), ByteSpan(21, 33)], to: tokens) == [
                ByteSpan(8, 18), ByteSpan(19, 33),
            ])
        // an edge within a token goes to the token's
        #expect(GivenSentences.fitted([ByteSpan(9, 20)], to: tokens) == [ByteSpan(8, 22)])
    }
}
