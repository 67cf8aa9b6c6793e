import StageKit

/// Adds up the evidence on each form over the corpus.
struct FormsStep: FoldStep {
    static let contract = StepContract("forms", reads: [NameEvidence.name])

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary { try input.layer(NameEvidence.self).summary }
}
