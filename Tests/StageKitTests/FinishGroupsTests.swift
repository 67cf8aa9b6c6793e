import Testing

@testable import StageKit

@Suite("Rows that are decided together")
struct FinishGroupsTests {
    /// Each key is a neighbour of the key that is written with the other case, whatever its row holds.
    private struct Siblings: FinishStep {
        static let contract = StepContract("siblings")
        init(options: OptionReader) throws(OptionProblem) {}
        init() {}
        func neighbours(of row: FoldRow) -> [FoldKey] { [FoldKey(row.key.bytes.map { $0 ^ 0x20 })] }
        func decide(_ rows: [FoldRow], _ lookup: NoLookup) -> [Decision] { [] }
    }

    /// Each key is a neighbour of the one that has a letter more.
    private struct Chain: FinishStep {
        static let contract = StepContract("chain")
        init(options: OptionReader) throws(OptionProblem) {}
        init() {}
        func neighbours(of row: FoldRow) -> [FoldKey] { [FoldKey(row.key.bytes + [0x61])] }
        func decide(_ rows: [FoldRow], _ lookup: NoLookup) -> [Decision] { [] }
    }

    @Test("keys that have no row and did not move lead nowhere")
    func missing() {
        #expect(Chain().groups(of: [FoldKey([0x61])]) { _ in nil }.isEmpty)
    }

    @Test("when a row is taken away, the rows beside it are decided again")
    func removed() {
        let kept = FoldKey(Array("a".utf8)), gone = FoldKey(Array("A".utf8))
        let groups = Siblings().groups(of: [gone]) { $0 == kept ? FoldRow(key: kept, elements: []) : nil }
        #expect(groups.map { $0.map(\.key) } == [[kept]])
    }
}
