import StageKit
import TestSupport
import Testing

@Suite("Adding up summaries")
struct FoldTableTests {
    private func summary(_ random: inout SplitMix64) -> Summary {
        Summary(
            (0..<random.below(12)).map { _ in
                SummaryEntry(FoldKey("row \(random.below(4))"), [UInt8(random.below(3))], random.below(7) - 3)
            })
    }

    @Test("entries are merged and sorted, whatever their order, and zeros are gone")
    func merging() {
        let entries = [
            SummaryEntry(FoldKey("b"), [1], 2), SummaryEntry(FoldKey("a"), [9]), SummaryEntry(FoldKey("b"), [1], 3),
            SummaryEntry(FoldKey("b"), [0]), SummaryEntry(FoldKey("c"), [], 4), SummaryEntry(FoldKey("c"), [], -4),
        ]
        let summary = Summary(entries)
        #expect(summary == Summary(entries.reversed()))
        #expect(
            summary.entries == [
                SummaryEntry(FoldKey("a"), [9]), SummaryEntry(FoldKey("b"), [0]), SummaryEntry(FoldKey("b"), [1], 5),
            ])
    }

    @Test("the table does not depend on the order of the documents")
    func commuting() {
        forSeeds(40) { random in
            let summaries = (0..<6).map { _ in summary(&random) }
            let one = try? FoldTable(summaries)
            let other = try? FoldTable(summaries.shuffled(using: &random))
            return one?.rows == other?.rows && one != nil ? nil : "the rows differ"
        }
    }

    @Test("a key of several parts gives them back, and no two lists of parts are one key")
    func keys() throws {
        #expect(try FoldKey("a", "", "bc").parts() == ["a", "", "bc"])
        #expect(FoldKey("a", "bc") != FoldKey("ab", "c"))
        #expect(throws: LayerError.self) { try FoldKey([200, 1]).parts() }
    }

    @Test("the elements of a row come in order of their bytes")
    func elements() throws {
        let table = try FoldTable([
            Summary([
                SummaryEntry(FoldKey("k"), [2], 5), SummaryEntry(FoldKey("k"), [1, 0]), SummaryEntry(FoldKey("k"), [1]),
            ])
        ])
        let row = try #require(table.row(FoldKey("k")))
        #expect(row.elements.map(\.bytes) == [[1], [1, 0], [2]])
        #expect(row.count(of: [2]) == 5)
        #expect(row.count(of: [7]) == 0)
        #expect(table.row(FoldKey("none")) == nil)
    }
}
