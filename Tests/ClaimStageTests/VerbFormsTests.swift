import Testing

@testable import ClaimStage

@Suite("Forms of verbs")
struct VerbFormsTests {
    static let verbs: [(line: String, forms: [String])] = [
        ("claim", ["claims", "claimed", "claimed", "claiming"]),
        ("argue", ["argues", "argued", "argued", "arguing"]),
        ("deny", ["denies", "denied", "denied", "denying"]),
        ("stress", ["stresses", "stressed", "stressed", "stressing"]),
        ("say said said saying", ["says", "said", "said", "saying"]),
        ("know knew known knowing", ["knows", "knew", "known", "knowing"]),
    ]

    @Test("regular forms follow from the base, irregular ones from the line", arguments: verbs)
    func forms(_ verb: (line: String, forms: [String])) throws {
        let forms = try #require(VerbForms(verb.line.split(separator: " ")))
        #expect([forms.third, forms.past, forms.participle, forms.progressive] == verb.forms)
    }
}
