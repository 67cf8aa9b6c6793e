import StageKit
import Testing

@Suite("Claims at a noun or an adjective")
struct NounClaimsTests {
    @Test(
        "a noun of saying gives the source and the content",
        arguments: [
            ("The claim that the wall was safe was wrong.", "- | claim | that the wall was safe"),
            (
                "Weir had assurances from the firm that the wall would stand.",
                "the firm | assurances | that the wall would stand."
            ),
            ("Anna Holm has plans to sell the boats.", "Anna Holm | has plans | to sell the boats."),
            ("The board raised concerns about the wall.", "The board | raised concerns | the wall"),
            ("There is a debate about whether the wall is safe.", "- | debate | whether the wall is safe."),
            (
                "Anna Holm gave assurances that nobody would pay.",
                "Anna Holm | gave assurances | that nobody would pay."
            ),
        ])
    func readsNoun(_ example: (text: String, claim: String)) async throws {
        #expect(try await ClaimSample.claims(example.text).map(\.line) == [example.claim])
    }

    @Test(
        "an adjective of the mind gives a clause to whoever is said to be so",
        arguments: [
            ("Anna Holm is convinced that the firm lied.", "Anna Holm | is convinced | that the firm lied."),
            ("Anna Holm is confident the wall will hold.", "Anna Holm | is confident | the wall will hold."),
            ("Anna Holm made clear that the gate was shut.", "Anna Holm | made clear | that the gate was shut."),
        ])
    func readsAdjective(_ example: (text: String, claim: String)) async throws {
        #expect(try await ClaimSample.claims(example.text).map(\.line) == [example.claim])
    }

    @Test(
        "a noun or an adjective without a clause or an owner gives nothing",
        arguments: [
            "It is clear to the town.", "Anna Holm is happy.", "The picture of the harbour is old.",
            "The debate was long.",
        ])
    func leaves(_ text: String) async throws {
        #expect(try await ClaimSample.claims(text).isEmpty)
    }
}
