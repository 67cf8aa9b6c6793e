import StageKit
import Testing

@testable import ClaimStage

@Suite("The index of claims")
struct ClaimIndexTests {
    private func table(_ texts: [String]) async throws -> FoldTable {
        let documents = texts.enumerated().map { (id: "\($0).txt", text: $1) }
        let sample = try await ClaimSample(documents)
        return try #require(sample.run.tables[ClaimIndex.name])
    }

    private let sentence = "The council said that the old harbour wall had been sound before the storm."

    @Test("a claim stands in full in one row, and as an address in each of its bands")
    func standsOnce() async throws {
        let table = try await table([sentence])
        #expect(table.keys.count { $0.band == nil } == 1)
        #expect(table.keys.compactMap(\.band) == Array(0..<Bands.count))
        for key in table.keys where key.band != nil {
            let element = try #require(table.row(key)?.elements.first?.bytes)
            let claim = try #require(FoldKey(claimOf: element).flatMap(table.row)?.elements.first?.bytes)
            #expect(try IndexedClaim(encoded: claim).document == "0.txt")
        }
    }

    @Test("claims of the same words stand in the same bands, next to each other")
    func sharesBands() async throws {
        let table = try await table([sentence, sentence])
        #expect(table.keys.count { $0.band == nil } == 2)
        for key in table.keys where key.band != nil {
            let elements = try #require(table.row(key)).elements.map(\.bytes)
            #expect(elements.count == 2)
            #expect(Set(elements.map { $0[..<4] }).count == 1)
        }
    }

    @Test("bytes that are no element of a band lead to no row")
    func refusesOthers() {
        #expect(FoldKey(claimOf: []) == nil)
        #expect(FoldKey(claimOf: Array(repeating: 1, count: 13)) == nil)
    }

    @Test(
        "a decision reads back as it was written",
        arguments: [
            Comparison.Reason.sameWords(4, isQuotation: true), .sameWords(3, isQuotation: false), .shared(4, of: 7),
            .negation, .denial, .figures(FigureConflict("at least 50", "44", label: "killed")),
        ])
    func roundTrip(_ reason: Comparison.Reason) throws {
        let signature = ClaimSignature(
            reference: ClaimReference(passage: 9, occurrence: 1), exact: 1, length: 3, opening: 5, stems: [1, 2])
        let claim = IndexedClaim(signature: signature, document: "a.txt")
        let link = LinkDecision.Link(claim, claim, Comparison(.related, 400, reason))
        #expect(try LinkDecision(encoded: LinkDecision(links: [link]).encoded).links == [link])
    }
}
