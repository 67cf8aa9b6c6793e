import StageKit
import Testing

@testable import ClaimStage

@Suite("Figures of two statements")
struct FigureTests {
    static let pairs: [(a: ClosedRange<Double>, b: ClosedRange<Double>, isCompatible: Bool)] = [
        (40...Double.infinity, 50...50, true),
        (50...Double.infinity, 44...44, false),
        (5000...8000, 6000...6000, true),
        (5000...8000, 9000...9000, false),
        (-Double.infinity...30, 25...25, true),
        (1_700_000...1_700_000, 1_692_311...1_692_311, true),
        (1_700_000...1_700_000, 1_560_000...1_560_000, false),
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

    @Test("figures count one thing when unit and noun are the same, or one's noun is said of the other's")
    func countsSame() {
        let gulls = Vocabulary.stem(of: "gulls"), hurt = StatementToken.word(Vocabulary.stem(of: "wounded"))
        let drowned = StatementToken.word(Vocabulary.stem(of: "drowned")), people = Vocabulary.stem(of: "people")
        let five = Figure(lower: 5, upper: 5, noun: gulls, context: [hurt], text: "5")
        #expect(five.counts(sameAs: Figure(lower: 6, upper: 6, noun: gulls, text: "6")))
        #expect(!five.counts(sameAs: Figure(lower: 6, upper: 6, noun: people, context: [drowned], text: "6")))
        #expect(!five.counts(sameAs: Figure(lower: 6, upper: 6, unit: "km", noun: gulls, text: "6")))
    }

    @Test("a noun that says little needs a predicate: people who drowned are not people who were wounded")
    func needsPredicate() {
        let people = Vocabulary.stem(of: "people")
        let context = { (word: String) in [StatementToken.word(Vocabulary.stem(of: word))] }
        let drowned = Figure(lower: 5, upper: 5, noun: people, context: context("drowned"), text: "5")
        #expect(
            drowned.counts(sameAs: Figure(lower: 6, upper: 6, noun: people, context: context("drowned"), text: "6")))
        #expect(
            !drowned.counts(sameAs: Figure(lower: 6, upper: 6, noun: people, context: context("wounded"), text: "6")))
    }

    @Test("numbers of three digits and amounts in a unit are distinctive, small counts are not")
    func isDistinctive() {
        #expect(Figure(lower: 866, upper: nil, text: "at least 866").isDistinctive)
        #expect(Figure(lower: 45, upper: 45, unit: "km", text: "45 km").isDistinctive)
        #expect(!Figure(lower: 12, upper: 12, text: "12").isDistinctive)
        #expect(!Figure(lower: 5000, upper: 5000, text: "5,000").isDistinctive)
    }

    @Test("numbers that tell things of one kind apart exclude each other, those of other kinds do not")
    func labels() {
        let five = [NumberLabel(noun: 1, number: 5)]
        #expect(NumberLabel.exclude(five, [NumberLabel(noun: 1, number: 3)]))
        #expect(!NumberLabel.exclude(five, [NumberLabel(noun: 2, number: 3)]))
        #expect(!NumberLabel.exclude(five, [NumberLabel(noun: 1, number: 3), NumberLabel(noun: 1, number: 5)]))
    }

    @Test("no figure of hostile text stops the comparison")
    func survives() {
        let odd = Figure(number: .nan, lower: .nan, upper: -.infinity, text: "")
        #expect(odd.isCompatible(with: odd))
        #expect(!odd.isDistinctive)
        let reversed = Figure(lower: 9, upper: 1, noun: 7, text: "9 to 1")
        #expect(reversed.isCompatible(with: Figure(lower: 5, upper: 5, noun: 7, text: "5")))
    }
}
