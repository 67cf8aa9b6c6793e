import StageKit

/// Claims of which kinds reports show and count. All are found and stand in the results.
enum ReportedKinds {
    /// What reports show when the pipeline says nothing: what is found with the highest precision.
    static let standard: Set<Claim.Kind> = [.quotation, .clause]

    /// The option `kinds`.
    static let option = OptionDescription(
        "kinds", .list(.choice(Claim.Kind.allCases.map(\.label))),
        default: .list(Claim.Kind.allCases.filter(standard.contains).map { .string($0.label) }),
        "Claims of which kinds reports show and count. The results hold claims of all kinds.")

    /// The kinds that the option names.
    static func kinds(_ options: OptionReader) throws(OptionProblem) -> Set<Claim.Kind> {
        guard case .list(let names)? = options.value(option.name) else { return standard }
        var kinds: Set<Claim.Kind> = []
        for case .string(let name) in names {
            guard let kind = Claim.Kind.allCases.first(where: { $0.label == name }) else {
                throw OptionProblem(
                    option: option.name, "no such kind of claim: '\(name)'",
                    hint: "one of " + Claim.Kind.allCases.map(\.label).joined(separator: ", "))
            }
            kinds.insert(kind)
        }
        return kinds
    }
}
