import SegmentStage
import StageKit
import TestSupport
import Testing
import Text

/// The stage held against what a careful reader marked in the sample corpus, over the articles as they should read.
/// Floors stand a little below what is reached, so that a change that costs quotations is seen.
@Suite("Sample corpus")
struct GoldTests {
    @Test("quotations are found where a reader marked them, whole, and told from scare quotes")
    func quotations() throws {
        var whole = Agreement()
        var forms = Agreement()
        for gold in try GoldCorpus.annotations() {
            let text = try GoldCorpus.article(of: gold)
            let paragraphs = UTF8Decoding.string(text, ByteSpan(0, text.count)).split(separator: "\n\n").map(
                String.init)
            let found = try Segmented(paragraphs).quotations
            for item in gold["quotations"]?.elements ?? [] {
                let parts = (item["parts"]?.elements ?? []).compactMap { $0.passage(in: text) }
                guard let first = parts.first, let last = parts.last, item["kind"]?.text != "scare" else { continue }
                whole.marked += 1
                let marked = ByteSpan(first.start, last.end)
                guard let match = found.first(where: { Self.isSame($0.span, marked, in: text) }) else { continue }
                whole.right += 1
                forms.marked += 1
                forms.right += (match.form == .block) == (item["kind"]?.text == "block") && match.form != .scare ? 1 : 0
            }
        }
        #expect(whole.recall >= 0.99, "\(whole)")
        #expect(forms.recall >= 0.99, "\(forms)")
    }

    /// Whether both are the same words, full stops and marks at their ends aside.
    private static func isSame(_ a: ByteSpan, _ b: ByteSpan, in text: [UInt8]) -> Bool {
        bare(a, in: text) == bare(b, in: text)
    }

    private static func bare(_ span: ByteSpan, in text: [UInt8]) -> ByteSpan {
        func isLetter(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) }
        var span = span
        while span.start < span.end, !isLetter(text[span.start]) { span.start += 1 }
        while span.start < span.end, !isLetter(text[span.end - 1]) { span.end -= 1 }
        return span
    }
}
