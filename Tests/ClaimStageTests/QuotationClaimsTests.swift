import StageKit
import Testing

@Suite("Quoted claims")
struct QuotationClaimsTests {
    static let sentences: [(text: String, claim: String, form: String)] = [
        ("“The wall is safe,” the mayor said.", "the mayor | said | “The wall is safe,”", "direct"),
        ("“The wall is safe,” said the mayor.", "the mayor | said | “The wall is safe,”", "direct"),
        ("The mayor said: “The wall is safe.”", "The mayor | said | “The wall is safe.”", "direct"),
        (
            "“The wall,” the mayor said, “is safe and dry.”", "the mayor | said | “The wall,” / “is safe and dry.”",
            "direct"
        ),
        (
            "The mayor said that the wall was “safe, dry and very new indeed”.",
            "The mayor | said | that the wall was “safe, dry and very new indeed”.", "mixed"
        ),
    ]

    @Test("a cue may stand before, after or in the middle of a quotation", arguments: sentences)
    func finds(_ example: (text: String, claim: String, form: String)) async throws {
        let claims = try await ClaimSample.claims(example.text)
        #expect(claims.map(\.line) == [example.claim])
        #expect(claims.map(\.form.label) == [example.form])
    }

    @Test("what opens a quoted sentence is said, though its speaker stands behind it")
    func opens() async throws {
        let claims = try await ClaimSample.claims(
            "“The wall is old. So if we go there now, it will fall,” the mayor said.")
        #expect(
            claims.map(\.content) == [["The wall is old.", "So if we go there now, it will fall,”"]])
        #expect(
            try await ClaimSample.claims("So the wall was old, the mayor said.").map(\.content)
                == [["the wall was old"]])
    }

    @Test("of two quotations in a sentence the second goes on with its own verb")
    func goesOnWithItsOwn() async throws {
        let claims = try await ClaimSample.claims(
            "Mira Holm wrote “Nobody was warned” and offered “help to all who lost a boat. May they find another.”")
        #expect(claims.map(\.cue) == ["wrote", "offered"])
        #expect(claims.last?.content == ["“help to all who lost a boat.", "May they find another."])
    }

    @Test("a title that tells where something was said is no part of it")
    func saidInATitle() async throws {
        let claims = try await ClaimSample.claims(
            "“The wall is old and wet,” the Harbour Board says in “Letters to the Town”.")
        #expect(claims.map(\.content) == [["“The wall is old and wet,”"]])
    }

    @Test("the later sentences of a quotation are part of the claim of the first")
    func continues() async throws {
        let claims = try await ClaimSample.claims(
            "“The wall is safe,” the mayor said. “Nobody has to leave the town. We have looked at every stone.”")
        #expect(claims.map(\.source) == ["the mayor"])
        #expect(
            claims.first?.content == [
                "“The wall is safe,”", "Nobody has to leave the town.", "We have looked at every stone.",
            ])
        #expect(claims.first?.statements.map(\.isNegated) == [false, true, false])
    }

    @Test("a quotation whose speaker nobody names is a claim of an unknown voice, and the opening mark is its cue")
    func keepsUnattributed() async throws {
        let claims = try await ClaimSample.claims("A note was on the door. “The wall will not be mended this year.”")
        #expect(claims.map(\.line) == ["- | “ | The wall will not be mended this year."])
        #expect(claims.map(\.voice) == [.unknown])
    }

    @Test("a name, and who hears it, stand between a quotation and its verb")
    func findsSpeakerOfTelling() async throws {
        let claims = try await ClaimSample.claims(
            "“The wall was sound,” the agency's spokeswoman, Mira Holm, told reporters.")
        #expect(claims.map(\.content) == [["“The wall was sound,”"]])
        #expect(claims.first?.source != "reporters")
    }

    static let marked = [
        "The report quotes the evidence of Anna Holm: “The wall will not be mended.”",
        "Anna Holm was blunt: “The wall will not be mended.”",
        "“The wall will not be mended.” — Anna Holm",
    ]

    @Test(
        "a colon after its speaker, or a dash before, gives a quotation to somebody without a verb", arguments: marked)
    func readsMarks(_ text: String) async throws {
        let claims = try await ClaimSample.claims(text)
        #expect(claims.map(\.source) == ["Anna Holm"])
        #expect(claims.map(\.voice) == [.source])
    }

    static let framed: [(text: String, source: String)] = [
        ("Anna Holm wrote on the door, “The wall will not be mended.”", "Anna Holm"),
        ("The decree read: “The wall will not be mended.”", "The decree"),
        ("Earlier this week, the board made an announcement: “The wall will not be mended.”", "the board"),
        ("Anna Holm said of the flood, “The wall will not be mended.”", "Anna Holm"),
        ("“The wall will not be mended,” Anna Holm recalled.", "Anna Holm"),
        ("The board has, in a letter, told the town, “The wall will not be mended.”", "The board"),
    ]

    @Test("the subject of the sentence around a whole quotation speaks", arguments: framed)
    func readsFrame(_ example: (text: String, source: String)) async throws {
        let claims = try await ClaimSample.claims(example.text)
        #expect(claims.map(\.source) == [example.source])
    }

    @Test("a block quotation behind a colon belongs to the subject of the last verb of saying before it")
    func takesIntroducedBlock() async throws {
        let claims = try await ClaimSample.claims(
            "Speaking of the town, Anna Holm explained how people lived there:\n\n> Nobody locks a door in Saltby.\n\n"
                + "The gate is shut.")
        #expect(claims.last { $0.kind == .quotation }?.source == "Anna Holm")
    }

    @Test("a quotation with a sentence around it is not given to the speaker before")
    func endsRun() async throws {
        let claims = try await ClaimSample.claims(
            "“The wall is safe,” said Anna Holm. Tom Reed wrote on Monday, “Nobody believes that the wall is safe.”")
        #expect(claims.filter { $0.kind == .quotation }.map(\.source) == ["Anna Holm", "Tom Reed"])
    }

    @Test("a colon behind two who may speak, with a verb between them, gives a quotation to neither")
    func leavesBoth() async throws {
        let claims = try await ClaimSample.claims("Tom Reed met Anna Holm: “The wall will not be mended.”")
        #expect(claims.map(\.source) == [nil])
    }

    @Test("a question or an exclamation belongs to who is named behind it, as subject of a verb or a sentence")
    func takesSpeakerBehind() async throws {
        let claims = try await ClaimSample.claims(
            "“It is a disgrace,” the mayor said.\n\n“Who pays for the wall?” asked Weir. Nobody answered.\n\n"
                + "“Nobody asked us!” Holm said. The hall was silent.")
        #expect(
            claims.map(\.line) == [
                "the mayor | said | “It is a disgrace,”", "Weir | asked | “Who pays for the wall?”",
                "Holm | said | “Nobody asked us!”",
            ])
    }

    @Test("a capitalized word that no rule for names knows speaks before a verb of saying, and a small word does not")
    func takesUnknownName() async throws {
        let named = try await ClaimSample.claims("“Nobody asked us!” Quorndale said. The hall was silent.")
        #expect(named.map(\.source) == ["Quorndale"])
        let small = try await ClaimSample.claims(
            "“The wall was lost in May!” Then they said more. The hall was silent.")
        #expect(small.filter { $0.kind == .quotation }.map(\.source) == [nil])
    }

    @Test("a sentence that goes on to say something else gives no quotation before it away")
    func leavesSentenceBehind() async throws {
        let claims = try await ClaimSample.claims("“The wall was lost in May!” Anna Holm closed the door.")
        #expect(claims.map(\.source) == [nil])
    }

    @Test("a colon behind words that name nobody leaves a quotation without a speaker")
    func leavesColon() async throws {
        let claims = try await ClaimSample.claims("It was plain: “The wall will not be mended this year.”")
        #expect(claims.map(\.voice) == [.unknown])
    }

    @Test(
        "a title and words kept at a distance are nobody's claim",
        arguments: [
            "The council passed the “Harbour Walls and Quays Act” in May.", "They met at the “old gate” on Monday.",
        ])
    func leavesTitles(_ text: String) async throws {
        #expect(try await ClaimSample.claims(text).map(\.line) == [])
    }

    @Test("a block quotation behind a colon is its speaker's, in as many pieces as it has sentences")
    func takesBlock() async throws {
        let text = """
            In 2019, a former keeper of the sluice told the Courier:

            The gate had not moved for years. Everybody on the quay knew that.

            Nobody wrote it down.

            The council has a different story.
            """
        let claims = try await ClaimSample.claims(text)
        let claim = try #require(claims.first)
        #expect(claim.source == "a former keeper of the sluice")
        #expect(claim.cue == "told")
        #expect(claim.form == .direct)
        #expect(claim.content.first == "The gate had not moved for years.")
        #expect(claim.content.contains("Everybody on the quay knew that."))
    }
}
