import StageKit
import Testing

@testable import ClaimStage

@Suite("Figures of two claims")
struct FigureTests {
    static let pairs: [(a: ClosedRange<Double>, b: ClosedRange<Double>, isCompatible: Bool)] = [
        (40...Double.infinity, 50...50, true),
        (50...Double.infinity, 44...44, false),
        (5000...8000, 6000...6000, true),
        (5000...8000, 9000...9000, false),
        (-Double.infinity...30, 25...25, true),
    ]

    @Test("\"more than 40\" and \"50\" can both be right, \"at least 50\" and \"44\" can't", arguments: pairs)
    func compares(_ pair: (a: ClosedRange<Double>, b: ClosedRange<Double>, isCompatible: Bool)) {
        let a = Figure(lower: pair.a.lowerBound, upper: pair.a.upperBound, noun: 7, text: "a")
        let b = Figure(lower: pair.b.lowerBound, upper: pair.b.upperBound, noun: 7, text: "b")
        #expect(a.isCompatible(with: b) == pair.isCompatible)
        #expect(b.isCompatible(with: a) == pair.isCompatible)
    }

    @Test("a figure that is not exact has room on both sides")
    func isVague() {
        let about = Figure(lower: 50, upper: 50, isApproximate: true, noun: 7, text: "about 50")
        #expect(about.isCompatible(with: Figure(lower: 47, upper: 47, noun: 7, text: "47")))
        #expect(!about.isCompatible(with: Figure(lower: 40, upper: 40, noun: 7, text: "40")))
    }

    @Test("figures with other units or nouns count other things")
    func countsSame() {
        let people = Figure(lower: 5, upper: 5, noun: 7, context: [1], text: "5")
        #expect(people.counts(sameAs: Figure(lower: 6, upper: 6, noun: 7, text: "6")))
        #expect(!people.counts(sameAs: Figure(lower: 6, upper: 6, noun: 8, context: [1], text: "6")))
        #expect(!people.counts(sameAs: Figure(lower: 6, upper: 6, unit: "km", noun: 7, text: "6")))
    }

    @Test("no figure of hostile text stops the comparison")
    func survives() {
        let odd = Figure(lower: .nan, upper: -.infinity, text: "")
        #expect(odd.isCompatible(with: odd) || true)
        let reversed = Figure(lower: 9, upper: 1, noun: 7, text: "9 to 1")
        #expect(reversed.isCompatible(with: Figure(lower: 5, upper: 5, noun: 7, text: "5")))
    }
}
