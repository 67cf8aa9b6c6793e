import StageKit
import Testing

@Suite("Who a source is")
struct SourceResolverTests {
    @Test("a name is the head of its phrase, not the name that belongs to it")
    func takesHead() async throws {
        let claims = try await ClaimSample.claims("Security expert Anna Lindgren said that the gate was open.")
        #expect(claims.first?.meant == "Anna Lindgren")
        let others = try await ClaimSample.claims("Anna Lindgren's lawyer said that the gate was open.")
        #expect(others.first?.meant == nil)
    }

    @Test("whoever is only meant by a possessive is not the source")
    func leavesOwner() async throws {
        let claims = try await ClaimSample.claims("Anna Lindgren fell ill. Her friends said that the tea was cold.")
        #expect(claims.first?.source == "Her friends")
        #expect(claims.first?.meant == nil)
    }

    @Test("a pronoun goes to who spoke last")
    func resolvesPronoun() async throws {
        let claims = try await ClaimSample.claims(
            "Security expert Anna Lindgren confirmed the gate was open. She said that the wall was wet.")
        #expect(claims.map(\.source) == ["Security expert Anna Lindgren", "She"])
        #expect(claims.map(\.meant) == ["Anna Lindgren", "Anna Lindgren"])
    }

    @Test("a role goes to who was introduced with it")
    func resolvesRole() async throws {
        let claims = try await ClaimSample.claims(
            "Foreign minister Anna Lindgren came to Saltby. Peter Holm met her there. "
                + "The minister said that the wall was wet.")
        #expect(claims.map(\.meant) == ["Anna Lindgren"])
    }

    @Test("a source without a name is one source throughout the document, by its words")
    func describes() async throws {
        let claims = try await ClaimSample.claims(
            "A former technician said that the wall was wet. The technician said that the gate was open. "
                + "Officials said that the road was shut.")
        #expect(
            claims.map(\.description) == [
                Claim.Description("former technician", isRole: false),
                Claim.Description("former technician", isRole: false), Claim.Description("officials", isRole: false),
            ])
    }

    @Test("an office that nobody is named for is a role")
    func describesRole() async throws {
        let claims = try await ClaimSample.claims("The mayor said that the wall was wet.")
        #expect(claims.map(\.description) == [Claim.Description("mayor", isRole: true)])
        #expect(claims.map(\.voice) == [.source])
    }

    @Test("an owner in a description has its ending without a blank")
    func describesOwner() async throws {
        let claims = try await ClaimSample.claims(
            "The authority’s solicitors said that the wall was wet. A vice-chairman said that the gate was open.")
        #expect(claims.map { $0.description?.words } == ["authority's solicitors", "vice-chairman"])
    }

    @Test("a pronoun with nobody before it is nobody")
    func leavesPronoun() async throws {
        let claims = try await ClaimSample.claims("He said that the wall was wet.")
        #expect(claims.map(\.source) == ["He"])
        #expect(claims.map(\.meant) == [nil])
    }
}
