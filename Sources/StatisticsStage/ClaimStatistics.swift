import StageKit
import Text

/// Who is said to have said something: by publisher, by month, and how.
struct ClaimStatistics: FoldStep {
    static let contract = StepContract(
        "summarize-statistics.claims", reads: [Claims.name, Metadata.name], optional: true)

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let setting = Setting(try input.layer(Metadata.self))
        var claims: [String: Int] = [:]
        var counts = Counts()
        for claim in try input.layer(Claims.self).claims {
            let source = claim.sourceEntity ?? ""
            claims[source, default: 0] += 1
            counts.add(
                .sources, source, setting.publisher,
                measures: [
                    (.claims, 1), (Measure(claim.form.label), 1), (Measure(claim.stance.label), 1),
                    (.negated, claim.negated ? 1 : 0),
                ])
        }
        for (source, occurrences) in claims {
            counts.add(.sources, source, setting.publisher, measures: [(.documents, 1)])
            counts.addTimeline(setting, series: "source", name: source, occurrences: occurrences)
        }
        return counts.summary
    }
}
