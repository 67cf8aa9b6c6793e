import StageKit
import Testing

@testable import ClaimStage

@Suite("Claims of the author")
struct AuthorClaimsTests {
    private let text = "The wall fell on 3 May 2019. The town was quiet. The mayor said that nobody was hurt."

    @Test("without author claims, only what has a source or a cue is a claim")
    func none() async throws {
        #expect(try await ClaimSample.claims(text, authorClaims: "none").map(\.cue) == ["said"])
    }

    @Test("by default, a sentence with a figure or a date is a claim")
    func figures() async throws {
        let claims = try await ClaimSample.claims(text, authorClaims: "figures")
        #expect(claims.map(\.passage).first == "The wall fell on 3 May 2019.")
        #expect(claims.count == 2)
    }

    @Test("on demand, every sentence that nobody else is the source of is a claim")
    func all() async throws {
        let claims = try await ClaimSample.claims(text, authorClaims: "all")
        #expect(claims.map(\.source) == [nil, nil, "The mayor"])
        #expect(claims.map(\.cue) == [nil, nil, "said"])
    }

    @Test("a choice that is not there is a problem of the option")
    func refuses() {
        let reader = OptionReader(["author-claims": .string("some")], descriptions: ClaimStage.description.options)
        #expect(throws: OptionProblem.self) { try AuthorClaims(options: reader) }
    }
}
