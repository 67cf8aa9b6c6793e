import StageKit
import Text

/// Gives the text: the blocks that are no furniture, with their way back.
struct TextStep: JoinStep {
    static let contract = StepContract(
        "text", reads: [Page.name],
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
        return [PublisherKey.key(key, .documents)]
            + page.blocks.flatMap { block in
                BlockSignature.all(of: block).map { PublisherKey.decision(key, $0) }
            }
    }

    func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
        var page = try input.layer(Page.self)
        let key = PublisherKey.prefix(page, input.facts)
        let verdicts = Self.verdicts(on: page, key, decisions)
        RecurringBlocks.mark(&page.blocks, verdicts.map { $0?.verdict }, totals: verdicts.map { $0?.total ?? 0 })
        dropTitle(of: &page)
        overrule(&page.blocks)
        let share = RecurringBlocks.share(page.blocks)
        if share > Self.remarkable {
            page.metadata = page.metadata.adding(
                notice:
                    "\(CleanStage.recurringText): \(share) % of the prose; 'keep' of the stage 'clean' brings it back")
        }
        return Self.output(page)
    }

    /// The per cent of a document's prose beyond which it is said that it was taken out.
    private static let remarkable = 30

    /// What was decided about each block, and in how many documents it stands; nil where nothing was decided.
    private static func verdicts(
        on page: Page, _ key: [UInt8], _ decisions: [FoldKey: [UInt8]]
    ) -> [(verdict: FurnitureVerdict, total: Int)?] {
        guard let documents = decisions[PublisherKey.key(key, .documents)].flatMap({ RoundCount($0) }),
            // most documents have no block that is decided upon
            decisions.count > 1
        else { return page.blocks.map { _ in nil } }
        return page.blocks.map { block in
            BlockSignature.all(of: block)
                .compactMap { decisions[PublisherKey.decision(key, $0)].flatMap(FurnitureDecision.init) }
                .map { (verdict: $0.verdict(among: documents), total: $0.total.value) }
                .min { $0.verdict.rawValue < $1.verdict.rawValue }
        }
    }

    /// A line that the publisher repeats is no title, if nothing but its place made it one: then the next line above the
    /// text is. A declared title stays.
    private func dropTitle(of page: inout Page) {
        for k in page.blocks.indices where page.blocks[k].kind == .title && !page.blocks[k].reason.isEmpty {
            let title = String(decoding: page.blocks[k].text.bytes, as: UTF8.self)
            guard page.metadata.entries.contains(where: { $0 == .init("title", title, .text) }) else {
                page.blocks[k].reason = ""
                continue
            }
            var entries = page.metadata.entries.filter { $0.key != "title" }
            if let next = Masthead.title(among: page.blocks) {
                page.blocks[next].kind = .title
                entries.append(.init("title", String(decoding: page.blocks[next].text.bytes, as: UTF8.self), .text))
            }
            page.metadata = Metadata(entries)
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
