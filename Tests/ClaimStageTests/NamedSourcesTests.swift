import StageKit
import Testing

@Suite("Claims without a verb of saying")
struct NamedSourcesTests {
    static let sentences: [(text: String, claim: String, stance: String)] = [
        (
            "According to the ministry, the wall was safe.", "the ministry | According to | the wall was safe.",
            "asserted"
        ),
        (
            "The wall was safe, according to the ministry.", "the ministry | according to | The wall was safe",
            "asserted"
        ),
        (
            "The wall, according to the ministry, was never safe.",
            "the ministry | according to | The wall / was never safe.", "asserted"
        ),
        (
            "According to the board's own accounts the wall was safe.",
            "the board's own accounts | According to | the wall was safe.", "asserted"
        ),
        ("Per the decree, the wall is to be mended.", "the decree | Per | the wall is to be mended.", "asserted"),
        ("By most accounts, the wall was safe.", "most accounts | By | the wall was safe.", "asserted"),
        (
            "In the mayor's view, the wall was safe.", "the mayor | In the mayor's view | the wall was safe.",
            "asserted"
        ),
        (
            "The flood took three lives, reportedly one of them a child.",
            "- | reportedly | one of them a child.", "hedged"
        ),
        (
            "The gate was sold and, according to the ministry, made some people rich.",
            "the ministry | according to | made some people rich.", "asserted"
        ),
        (
            "The wall was never safe, as the court found.", "the court | found | The wall was never safe", "asserted"
        ),
        (
            "The wall, as detailed by the board, was never safe.",
            "the board | as detailed by | The wall / was never safe.", "asserted"
        ),
        ("According to him, the gate was open.", "him | According to | the gate was open.", "asserted"),
        ("There were allegations of fraud.", "- | There were allegations | fraud", "hedged"),
        (
            "The view in the town is that the wall is safe.", "- | view | that the wall is safe.", "hedged"
        ),
        (
            "There were claims that the wall was unsafe.", "- | There were claims | that the wall was unsafe.", "hedged"
        ),
        ("The wall was reportedly unsafe.", "- | reportedly | The wall was reportedly unsafe.", "hedged"),
        // the first word of a document has none before it
        ("Reportedly the wall was unsafe.", "- | Reportedly | Reportedly the wall was unsafe.", "hedged"),
    ]

    @Test("a phrase or a noun gives the source and the content", arguments: sentences)
    func finds(_ example: (text: String, claim: String, stance: String)) async throws {
        let claims = try await ClaimSample.claims(example.text)
        #expect(claims.map(\.line) == [example.claim])
        #expect(claims.map(\.stance.label) == [example.stance])
    }

    @Test(
        "a phrase that only looks like one with a source gives nothing",
        arguments: [
            "Boats, such as fishermen use, are old.", "The wall was long, as walls are.", "Per head, the town is rich.",
            "In view of the storm, the gate is shut.", "In my view, the wall is old.",
        ])
    func leavesOtherPhrases(_ text: String) async throws {
        #expect(try await ClaimSample.claims(text).map(\.line) == [])
    }

    @Test("a hedge inside somebody's words makes those words hedged, and no claim of its own")
    func hedges() async throws {
        let claims = try await ClaimSample.claims("The mayor said that the wall was reportedly unsafe.")
        #expect(claims.map(\.line) == ["The mayor | said | that the wall was reportedly unsafe."])
        #expect(claims.map(\.stance) == [.hedged])
    }
}
