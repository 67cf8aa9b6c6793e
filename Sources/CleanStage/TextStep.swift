import StageKit
import Text

/// Gives the text: the blocks that are no furniture, with their way back.
struct TextStep: JoinStep {
    static let contract = StepContract(
        "clean.text", reads: [Page.name],
        writes: [DocumentText.name, Origin.name, Blocks.name, Metadata.name], facts: [.folder],
        after: FurnitureStep.contract.name)

    private let keep: [LinePattern]
    private let remove: [LinePattern]

    init(options: OptionReader) throws(OptionProblem) {
        keep = options.strings("keep").map { LinePattern(PlainLine.reducedPattern($0)) }
        remove = options.strings("remove").map { LinePattern(PlainLine.reducedPattern($0)) }
    }

    func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey] {
        let page = try input.layer(Page.self)
        let key = PublisherKey.prefix(page, input.facts)
        return page.blocks.flatMap { block in
            BlockSignature.all(of: block).map { PublisherKey.decision(key, $0) }
        }
    }

    func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
        var page = try input.layer(Page.self)
        let key = PublisherKey.prefix(page, input.facts)
        let verdicts = page.blocks.map { block -> FurnitureVerdict? in
            // most documents have no block that is decided upon
            if decisions.isEmpty { return nil }
            let found = BlockSignature.all(of: block).compactMap {
                decisions[PublisherKey.decision(key, $0)]?.first.flatMap(FurnitureVerdict.init)
            }
            return found.min { $0.rawValue < $1.rawValue }
        }
        RecurringBlocks.mark(&page.blocks, verdicts)
        dropTitle(of: &page)
        overrule(&page.blocks)
        return Self.output(page)
    }

    /// A line that the publisher repeats is no title, if nothing but its place made it one. A declared title stays.
    private func dropTitle(of page: inout Page) {
        for k in page.blocks.indices where page.blocks[k].kind == .title && !page.blocks[k].reason.isEmpty {
            let title = String(decoding: page.blocks[k].text.bytes, as: UTF8.self)
            let isGuess = page.metadata.entries.contains { $0 == .init("title", title, .text) }
            if isGuess {
                page.metadata = Metadata(page.metadata.entries.filter { $0.key != "title" })
            } else {
                page.blocks[k].reason = ""
            }
        }
    }

    private func overrule(_ blocks: inout [Page.Block]) {
        guard !keep.isEmpty || !remove.isEmpty else { return }
        for k in blocks.indices {
            let line = PlainLine.reduced(blocks[k].text.bytes)
            if keep.contains(where: { $0.matches(line) }) {
                blocks[k].reason = ""
            } else if remove.contains(where: { $0.matches(line) }) {
                blocks[k].reason = "removed by the pipeline"
            }
        }
    }

    private static func output(_ page: Page) -> StepOutput {
        var text = TracedText()
        var blocks: [Blocks.Block] = []
        for block in page.blocks {
            guard block.reason.isEmpty, !block.text.bytes.isEmpty else {
                let source = block.text.source(of: ByteSpan(0, block.text.bytes.count))
                let words = String(decoding: block.text.bytes, as: UTF8.self)
                let reason = block.reason.isEmpty ? "empty" : block.reason
                blocks.append(
                    Blocks.Block(block.kind, removedAt: text.bytes.count, text: words, source: source, reason: reason))
                continue
            }
            if !text.bytes.isEmpty {
                // what stands between two blocks stands for what the source has between them
                let end = text.source(of: ByteSpan(text.bytes.count, text.bytes.count)).end
                let start = block.text.source(of: ByteSpan(0, 1)).start
                let gap = start >= end ? ByteSpan(end, start) : ByteSpan(end, end)
                text.append(block.isTight ? [0x0A] : [0x0A, 0x0A], from: gap, .whole)
            }
            let start = text.bytes.count
            text.append(block.text)
            blocks.append(Blocks.Block(block.kind, ByteSpan(start, text.bytes.count)))
        }
        return StepOutput(DocumentText(text.bytes), Origin(text.runs), Blocks(blocks), page.metadata)
    }
}
