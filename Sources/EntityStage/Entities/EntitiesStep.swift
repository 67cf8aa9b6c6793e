import StageKit

/// Decides over connected forms which of them are one entity.
struct EntitiesStep: FinishStep {
    static let contract = StepContract("entities", after: FormsStep.contract.name, publishes: .entities)

    private let hand: HandDecisions

    init(options: OptionReader) throws(OptionProblem) {
        hand = try HandDecisions(gazetteer: options.file("gazetteer"), decisions: options.file("decisions"))
    }

    func neighbours(of row: FoldRow) -> [FoldKey] {
        guard let key = FormKey(row.key) else { return [] }
        var neighbours: [FoldKey] = []
        for element in row.elements {
            if let other = Evidence.linked(element.bytes) { neighbours.append(other) }
        }
        guard key.isPlain else { return neighbours }
        for form in hand.companions(of: key.form) + [key.form] {
            for family in FormKey.Family.allCases {
                let other = FormKey(form, family)
                if other != key { neighbours.append(other.foldKey) }
            }
        }
        return neighbours
    }

    func decide(_ rows: [FoldRow], _ lookup: NoLookup) -> [Decision] {
        var resolution = EntityResolution(rows: rows.compactMap(FormRow.init), hand: hand)
        return resolution.decisions()
    }
}
