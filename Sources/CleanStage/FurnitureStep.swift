import StageKit

/// Decides which blocks a publisher repeats as furniture, and which only in the company of other furniture.
struct FurnitureStep: FinishStep {
    static let contract = StepContract("clean.furniture", after: BlocksStep.contract.name)

    init(options: OptionReader) throws(OptionProblem) {}

    func decide(_ rows: [FoldRow], _ table: FoldLookup) -> [Decision] {
        rows.compactMap { row in Self.verdict(row).map { Decision(row.key, [$0.rawValue]) } }
    }

    private static func verdict(_ row: FoldRow) -> FurnitureVerdict? {
        var total = 0
        var edges = 0
        var sentences = 0
        for element in row.elements {
            total += element.count
            if element.bytes.first != BlockPlace.middle.rawValue { edges += element.count }
            if element.bytes.last == 1 { sentences += element.count }
        }
        let least = PublisherKey.least(row.key)
        let isProse = sentences * 2 > total
        let isEdge = edges * 3 >= total * 2
        // two documents that share a line at their edge prove little, and one that quotes another proves nothing
        if total < least { return total == 2 && least == 3 && isEdge && !isProse ? .inCompany : nil }
        if isProse { return isEdge ? .inCompany : nil }
        return isEdge ? .alone : .inCompany
    }
}

/// How sure it is that a recurring block is furniture.
enum FurnitureVerdict: UInt8 {
    /// Wherever it stands.
    case alone = 1
    /// Beside other furniture, or at the very edge of the document.
    case inCompany = 2
}
