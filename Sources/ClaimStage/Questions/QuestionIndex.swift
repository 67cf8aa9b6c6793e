import StageKit

/// `link-claims.linked`: each linked statement with its links, over the corpus.
struct QuestionIndex: FoldStep {
    static let name = "linked"
    static let contract = StepContract(name, reads: [QuestionNodes.name])

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        var entries = SummaryBuilder()
        for node in try input.layer(QuestionNodes.self).nodes {
            var writer = ByteWriter()
            node.encode(into: &writer)
            entries.add(node.key, writer.bytes)
        }
        return entries.summary()
    }
}
