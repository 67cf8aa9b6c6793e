import StageKit

/// Decides which blocks a publisher repeats as furniture, and which only in the company of other furniture.
struct FurnitureStep: FinishStep {
    static let contract = StepContract("clean.furniture", after: BlocksStep.contract.name)

    init(options: OptionReader) throws(OptionProblem) {}

    func decide(_ rows: [FoldRow], _ table: [FoldKey: Never]) -> [Decision] { rows.flatMap(Self.decide) }

    private static func decide(_ row: FoldRow) -> [Decision] {
        guard let key = PublisherKey(row.key) else { return [] }
        guard key.form == .pair else {
            let verdict = RepeatedBlock(row.elements).verdict(key)
            return verdict.map { [Decision(row.key, [$0.rawValue])] } ?? []
        }
        return SketchGroups.of(row.elements).flatMap { group -> [Decision] in
            guard let verdict = RepeatedBlock(group.elements).verdict(key) else { return [] }
            return group.sketches.map { Decision(FoldKey(row.key.bytes + $0), [verdict.rawValue], owner: row.key) }
        }
    }
}

/// How sure it is that a recurring block is furniture.
enum FurnitureVerdict: UInt8 {
    /// Wherever it stands.
    case alone = 1
    /// Beside other furniture, or at the very edge of the document.
    case inCompany = 2
    /// Beside other furniture.
    case besideFurniture = 3
    /// Beside other furniture, or beside another block that recurs.
    case template = 4
}
