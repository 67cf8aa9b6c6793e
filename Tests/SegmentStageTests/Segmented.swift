import SegmentStage
import StageKit
import Testing
import Text

/// A text with what the stage made of it, as strings.
struct Segmented {
    let sentences: [String]
    let tokens: [String]
    let kinds: [Tokens.Kind]
    let quotations: [Quotations.Quotation]
    private let text: [UInt8]

    /// Runs the stage over paragraphs, joined with a blank line between; `kinds` are those of the blocks.
    init(_ paragraphs: [String], kinds: [Blocks.Kind] = [], language: String? = nil) throws {
        var text: [UInt8] = []
        var blocks: [Blocks.Block] = []
        for (n, paragraph) in paragraphs.enumerated() {
            if n > 0 { text += [0x0A, 0x0A] }
            let start = text.count
            text += Array(paragraph.utf8)
            blocks.append(Blocks.Block(n < kinds.count ? kinds[n] : .paragraph, ByteSpan(start, text.count)))
        }
        let layers = LayerSet()
        layers.set(DocumentText(text))
        layers.set(Blocks(blocks))
        layers.set(Metadata(language.map { [.init("language", $0, .page)] } ?? []))
        let steps = try Step.prepare(SegmentStage.self)
        for step in steps {
            guard case .map(let body) = step.shape else { continue }
            layers.set(
                try body.run(StepInput(layers: layers, facts: DocumentFacts(id: "d"), contract: step.contract)))
        }
        func strings(_ spans: [ByteSpan]) -> [String] { spans.map { UTF8Decoding.string(text, $0) } }
        sentences = strings(try #require(try layers.value(Sentences.self)).spans)
        let tokens = try #require(try layers.value(Tokens.self))
        self.tokens = strings(tokens.spans)
        self.kinds = tokens.kinds
        quotations = try #require(try layers.value(Quotations.self)).quotations
        self.text = text
    }

    /// Runs the stage over one paragraph.
    init(_ paragraph: String, language: String? = nil) throws { try self.init([paragraph], language: language) }

    /// The words of each quotation, without the outer marks.
    var quoted: [String] { quotations.map { UTF8Decoding.string(text, $0.content) } }
}
