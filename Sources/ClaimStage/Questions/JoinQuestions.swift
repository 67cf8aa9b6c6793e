import StageKit
import Text

/// `link-claims.questions`: the questions that the document's statements speak to.
struct JoinQuestions: JoinStep {
    static let contract = StepContract(
        "questions", reads: [Attributions.name, DocumentText.name], writes: [Questions.name], facts: [.id],
        after: DecideQuestions.name)

    init(options: OptionReader) throws(OptionProblem) {}

    /// All questions of the document are addressed to it.
    func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey] { [] }

    func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput {
        guard !decisions.isEmpty else { return StepOutput(Questions([], parts: [])) }
        let text = try input.layer(DocumentText.self).bytes
        let places = ClaimReference.places(of: try input.layer(Attributions.self).claims, in: text)
        var questions: [Questions.Question] = []
        var parts: [Questions.Part] = []
        for bytes in decisions.values {
            guard let decision = try? QuestionDecision(encoded: bytes) else { continue }
            questions += decision.questions
            parts += decision.parts.compactMap { part in
                places[part.place.claim].map {
                    Questions.Part(
                        claim: $0, statement: part.place.statement, question: part.question, answer: part.answer,
                        isLatest: part.isLatest)
                }
            }
        }
        return StepOutput(
            Questions(
                questions.sorted { $0.id.precedes($1.id) },
                parts: parts.sorted {
                    if ($0.claim, $0.statement) != ($1.claim, $1.statement) {
                        return ($0.claim, $0.statement) < ($1.claim, $1.statement)
                    }
                    return $0.question.precedes($1.question)
                }))
    }
}
