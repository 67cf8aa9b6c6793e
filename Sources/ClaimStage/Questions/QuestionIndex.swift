import StageKit

/// `link-claims.linked`: each linked statement with its links, over the corpus, and under each decision by hand that puts
/// questions together the statements that it names.
struct QuestionIndex: FoldStep {
    static let name = "linked"
    static let contract = StepContract(name, reads: [QuestionNodes.name])

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        var entries = SummaryBuilder()
        let layer = try input.layer(QuestionNodes.self)
        for node in layer.nodes {
            var writer = ByteWriter()
            node.encode(into: &writer)
            entries.add(node.key, writer.bytes)
        }
        for merge in layer.merges { entries.add(merge.decision, merge.node.bytes) }
        return entries.summary()
    }
}
