import StageKit
import Testing

@testable import ClaimStage

@Suite("The index of statements")
struct StatementIndexTests {
    private func table(_ texts: [String]) async throws -> FoldTable {
        let documents = texts.enumerated().map { (id: "\($0).txt", text: $1) }
        let sample = try await ClaimSample(documents)
        return try #require(sample.run.tables[StepID(stage: "link-claims", name: StatementIndex.name)])
    }

    private let sentence = "Ada Weir said that the old harbour wall of Skerrow had cost $916 million by 2031."

    @Test("a statement stands in full in one row, and as an address in each of its bands")
    func standsOnce() async throws {
        let table = try await table([sentence])
        #expect(table.keys.count { $0.band == nil } == 1)
        for key in table.keys where key.band != nil {
            let element = try #require(table.row(key)?.elements.first?.bytes)
            let address = try #require(StatementAddress(element: element))
            #expect(table.row(FoldKey(statement: address)) != nil)
        }
    }

    @Test("statements of the same words stand in the same bands, next to each other")
    func sharesBands() async throws {
        let table = try await table([sentence, sentence])
        #expect(table.keys.count { $0.band == nil } == 2)
        for key in table.keys where key.band != nil {
            let elements = try #require(table.row(key)).elements.map(\.bytes)
            #expect(elements.count == 2)
            #expect(Set(elements.map { $0[..<4] }).count == 1)
        }
    }

    @Test("an edit before a statement leaves its rows alone")
    func ignoresNeighbours() async throws {
        let before = try await table([sentence])
        let after = try await table(["Tom Reed was born in Orsa. " + sentence])
        let kept = before.keys.filter { $0.band?.kind != .count }
        #expect(kept.allSatisfy { $0.band == nil || after.row($0) != nil })
    }

    @Test("the size of a document is exact where it is small, and to an eighth where it is not")
    func roundedSize() {
        #expect((0..<8).allSatisfy { StatementIndex.rounded($0) == $0 })
        #expect((8..<5000).allSatisfy { 8 * abs(StatementIndex.rounded($0) - $0) <= $0 })
        #expect((8..<5000).count { StatementIndex.rounded($0) != StatementIndex.rounded($0 + 1) } < 40)
    }

    @Test("bytes that are no element of a band lead to no row, and no row of a statement is a band")
    func refusesOthers() {
        #expect(StatementAddress(element: []) == nil)
        #expect(StatementAddress(element: Array(repeating: 1, count: 13)) == nil)
        #expect(FoldKey([0xFF, 0, 0, 0, 0, 0, 0]).band == nil)
        let band = Bands.Band(kind: .names, value: 0x1234_5678_9ABC)
        #expect(FoldKey(band).band == band)
    }

    @Test(
        "a decision reads back as it was written",
        arguments: [
            Comparison.Reason.sameWords(4, isQuotation: true, of: 9), .sameWords(3, isQuotation: false, of: 1),
            .shared([5, 6], 4, of: 7), .negation, .denial, .sharedText(12),
            .figures(FigureConflict("at least 50", "44", label: "killed", grows: false)),
            .update(FigureConflict("4", "5", label: "hurt", grows: true), 20_000, 20_002),
        ])
    func roundTrip(_ reason: Comparison.Reason) throws {
        let place = StatementPlace(claim: ClaimReference(passage: 9, occurrence: 1), statement: 2)
        let link = LinkDecision.Link(place, "a.txt", place, Comparison(.updates, 400, reason))
        #expect(try LinkDecision(encoded: LinkDecision(links: [link]).encoded).links == [link])
    }
}
