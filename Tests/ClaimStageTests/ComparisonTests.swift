import StageKit
import Testing

@testable import ClaimStage

@Suite("How two claims stand to each other")
struct ComparisonTests {
    private func signature(
        _ words: String, exact: UInt64 = 0, negating negated: String = "", isDenied: Bool = false,
        figures: [Figure] = []
    ) -> ClaimSignature {
        let words = words.split(separator: " ")
        let stems = words.map { word in
            let isName = word.first?.isUppercase ?? false
            return UInt32(truncatingIfNeeded: Folding.key(word)) & (ClaimSignature.nameBit - 1)
                | (isName ? ClaimSignature.nameBit : 0)
        }
        return ClaimSignature(
            reference: ClaimReference(passage: 1, occurrence: 0),
            exact: exact == 0 ? Folding.key(words.joined()) : exact,
            length: words.count, opening: 1, stems: stems.sorted(),
            negated: negated.isEmpty
                ? [] : [UInt32(truncatingIfNeeded: Folding.key(negated)) & (ClaimSignature.nameBit - 1)],
            isDenied: isDenied, figures: figures)
    }

    private func killed(_ text: String, _ lower: Double?, _ upper: Double?) -> Figure {
        Figure(lower: lower, upper: upper, noun: 7, text: text, label: "killed")
    }

    @Test("the same words repeat")
    func repeats() {
        let a = signature("harbour wall gives way")
        #expect(Comparison.between(a, a)?.relation == .repeats)
        #expect(Comparison.between(a, a)?.reason.words == "same words, 4 words")
    }

    @Test("most of the words repeat, half of them support, a third are related, less is nothing")
    func grades() {
        let a = signature("harbour wall gives way storm")
        #expect(Comparison.between(a, signature("harbour wall gives way storm night"))?.relation == .repeats)
        #expect(Comparison.between(a, signature("harbour wall gives way night council"))?.relation == .supports)
        #expect(Comparison.between(a, signature("harbour wall gives night council"))?.relation == .related)
        #expect(Comparison.between(a, signature("harbour council meets night")) == nil)
    }

    @Test("a negation or a denial of the same content disputes it; both together do not")
    func disputes() {
        let a = signature("harbour wall gives way")
        let b = signature("harbour wall gives way", exact: 5, negating: "gives")
        #expect(Comparison.between(a, b)?.relation == .disputes)
        let c = signature("harbour wall gives way", isDenied: true)
        #expect(Comparison.between(a, c)?.relation == .disputes)
        #expect(Comparison.between(b, c)?.relation != .disputes)
    }

    @Test("a negation of words that the other claim lacks disputes nothing")
    func ignoresOtherNegation() {
        let a = signature("harbour wall gives way")
        let b = signature("harbour wall gives way night", exact: 5, negating: "night")
        #expect(Comparison.between(a, b)?.relation == .repeats)
    }

    @Test("figures that exclude each other dispute, with both in the reason")
    func differs() {
        let a = signature("people storm saltby", exact: 5, figures: [killed("at least 50", 50, nil)])
        let b = signature("people storm saltby", exact: 6, figures: [killed("44", 44, 44)])
        #expect(Comparison.between(a, b)?.relation == .disputes)
        #expect(Comparison.between(a, b)?.reason.words == "figures differ: at least 50 / 44 killed")
        #expect(Comparison.between(b, a)?.reason.words == "figures differ: 44 / at least 50 killed")
        #expect(Comparison.between(b, a) == Comparison.between(a, b)?.mirrored)
    }

    @Test("names that differ on both sides keep claims apart")
    func needsNames() {
        let a = signature("Saltby wall gives way storm", figures: [killed("50", 50, 50)])
        let b = signature("Holmby wall gives way storm", figures: [killed("44", 44, 44)])
        #expect(Comparison.between(a, b)?.relation == .related)
    }
}
