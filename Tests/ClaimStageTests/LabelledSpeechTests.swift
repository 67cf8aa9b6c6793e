import StageKit
import Testing

@Suite("Speech behind a name and a colon")
struct LabelledSpeechTests {
    @Test("a line that begins with a person's name and a colon gives that person's words")
    func readsLabel() async throws {
        let claims = try await ClaimSample.claims("Anna Holm spoke in Saltby.\n\nAnna Holm: the wall will fall\n")
        #expect(claims.map(\.line) == ["Anna Holm | : | the wall will fall"])
    }

    @Test("a name and a colon before words without a verb give nothing")
    func leavesCaption() async throws {
        #expect(try await ClaimSample.claims("Anna Holm: a life in pictures of the sea\n").isEmpty)
    }
}
