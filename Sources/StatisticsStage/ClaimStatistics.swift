import StageKit

/// Who is said to have said something, in claims of the kinds that reports show: by publisher, by month, and how.
struct ClaimStatistics: FoldStep {
    static let contract = StepContract(
        "claims", reads: [Claims.name, Metadata.name], optional: true, publishes: .statistics([.sources, .timeline]))

    /// The claims of one source.
    private struct Source {
        var claims = 0
        var negated = 0
        var forms = Array(repeating: 0, count: Claim.Form.allCases.count)
        var stances = Array(repeating: 0, count: Claim.Stance.allCases.count)
    }

    private static let forms = Claim.Form.allCases.map { Measure($0.label) }
    private static let stances = Claim.Stance.allCases.map { Measure($0.label) }

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let setting = Setting(try input.layer(Metadata.self))
        var sources: [String: Source] = [:]
        for claim in try input.layer(Claims.self).claims where claim.isReported {
            let name = claim.sourceEntity ?? claim.sourceDescription?.id ?? ""
            sources[name, default: Source()].claims += 1
            sources[name, default: Source()].forms[Int(claim.form.rawValue)] += 1
            sources[name, default: Source()].stances[Int(claim.stance.rawValue)] += 1
            if claim.negated { sources[name, default: Source()].negated += 1 }
        }
        var counts = Counts()
        for (name, source) in sources {
            let key = FoldKey(parts: [StatisticsTable.sources.name, name, setting.publisher]).bytes
            counts.add(key, .documents, 1)
            counts.add(key, .claims, source.claims)
            counts.add(key, .negated, source.negated)
            for (measure, count) in zip(Self.forms, source.forms) { counts.add(key, measure, count) }
            for (measure, count) in zip(Self.stances, source.stances) { counts.add(key, measure, count) }
            counts.addTimeline(setting, series: "source", name: name, occurrences: source.claims)
        }
        return counts.summary
    }
}
