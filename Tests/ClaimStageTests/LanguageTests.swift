import Testing

@Suite("Languages of claims")
struct LanguageTests {
    private let text = "The mayor said the wall fell. Die Minister said 40 Menschen."

    @Test("a document in another language than English makes no claim", arguments: ["de", "tr-TR", "FR", "mul"])
    func others(language: String) async throws {
        #expect(try await ClaimSample.claims(text, authorClaims: "all", language: language).isEmpty)
    }

    @Test("English is read, and what is in no known language", arguments: ["en", "en-GB", "EN_us", "und", nil])
    func english(language: String?) async throws {
        #expect(try await !ClaimSample.claims(text, language: language).isEmpty)
    }
}
