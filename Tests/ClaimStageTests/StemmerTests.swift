import Testing

@testable import ClaimStage

@Suite("Stems and folding")
struct StemmerTests {
    static let families = [
        ["kill", "kills", "killed", "killing"], ["stop", "stops", "stopped", "stopping"],
        ["city", "cities"], ["carry", "carries", "carried"], ["minister", "minister's", "ministers"],
        ["use", "uses", "used"],
    ]

    private func stem(_ word: String) -> String {
        var folded = Folding.folded(word)
        Stemmer.cut(&folded)
        return String(decoding: folded, as: UTF8.self)
    }

    @Test("the forms of a word have one stem", arguments: families)
    func joins(_ forms: [String]) {
        let stems = forms.map(stem)
        #expect(Set(stems).count == 1, "\(stems)")
    }

    @Test("words that only look alike keep their stems")
    func keepsApart() {
        for word in ["this", "bus", "red", "king", "less"] {
            #expect(stem(word) == word)
        }
    }

    @Test("case, marks on letters and the shape of apostrophes make no difference")
    func folds() {
        #expect(Folding.key("MİT") == Folding.key("mit"))
        #expect(Folding.key("Erdoğan’s") == Folding.key("ERDOGAN'S"))
        #expect(Folding.key("Yıldırım") == Folding.key("yildirim"))
    }
}
