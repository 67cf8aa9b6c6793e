import StageKit
import Testing

/// Who says it is who the clause of the verb names, not what stands nearest before.
@Suite("Subjects of verbs of saying")
struct SubjectTests {
    static let sentences: [(text: String, claim: String)] = [
        // an article opens a phrase of its own
        (
            "Residents told the press the officers said the gate was shut.",
            "the officers | said | the gate was shut."
        ),
        (
            "At 11:00 this morning the Harbour Board said the wall was wet.",
            "the Harbour Board | said | the wall was wet."
        ),
        // but not behind what may go on with one
        (
            "A guard using the name Reed said the gate was shut.",
            "A guard using the name Reed | said | the gate was shut."
        ),
        ("All the boatmen said the gate was shut.", "All the boatmen | said | the gate was shut."),
        (
            "People including the mayor said the gate was shut.",
            "People including the mayor | said | the gate was shut."
        ),
        // of two phrases that "and" joins the first may be an object
        (
            "Reed called the letter a hoax and the board claimed it was old.",
            "the board | claimed | it was old."
        ),
        ("The mayor and the board claimed it was old.", "The mayor and the board | claimed | it was old."),
        ("Reed thinks the mayor and the board said it was old.", "the mayor and the board | said | it was old."),
        // the object of a relative clause is not the subject of the sentence
        (
            "Councillor Mira Holm who built the wall said the gate was shut.",
            "Councillor Mira Holm | said | the gate was shut."
        ),
        // a phrase between commas may have commas of its own
        (
            "Mira Holm, in a talk with a Saltby, Vestrey, radio station, named a new guard, arguing the gate could fall.",
            "Mira Holm | arguing | the gate could fall."
        ),
        (
            "The book alleges, among other things, that the gate was shut.",
            "The book | alleges | that the gate was shut."
        ),
        // what somebody calls something
        (
            "The boat sank in what the police declared a “deliberate act”.",
            "the police | declared | a “deliberate act”."
        ),
        (
            "Holm gave a speech declaring himself the “keeper of the gate”.",
            "Holm | declaring | himself the “keeper of the gate”."
        ),
        // a participle has no subject behind it
        (
            "Tom Reed would not leave the hall, claiming fraud in the vote.",
            "Tom Reed | claiming | fraud in the vote."
        ),
        // who is spoken to does not speak
        (
            "“The wall is wet,” said Holm to the Courier.", "Holm | said | “The wall is wet,”"
        ),
        // what is inserted is no subject
        (
            "Witnesses, according to the Courier, said a man shut the gate.", "Witnesses | said | a man shut the gate."
        ),
        (
            "According to a 2019 Saltby Courier poll, the gate is too old.",
            "a 2019 Saltby Courier poll | According to | the gate is too old."
        ),
        (
            "Some bakers might start saying, “We sell no bread.”",
            "Some bakers | might start saying | “We sell no bread.”"
        ),
        (
            "Mira Holm gave the first speech, urging the town, “We have to mend the wall now.”",
            "Mira Holm | urging | We have to mend the wall now."
        ),
        (
            "The news led Tom Reed to express “I should not have been so proud.”",
            "Tom Reed | to express | I should not have been so proud."
        ),
    ]

    @Test("the subject of the clause is the source", arguments: sentences)
    func finds(_ example: (text: String, claim: String)) async throws {
        let claims = try await ClaimSample.claims(example.text)
        #expect(claims.map(\.line).contains(example.claim), "\(claims.map(\.line))")
    }

    @Test(
        "a noun that is a form of a verb of saying gives nobody's words",
        arguments: [
            "Which old figures do you admire most?",
            "He won none of the towns, or states where the board has a case.",
        ])
    func nouns(text: String) async throws {
        #expect(try await ClaimSample.claims(text).map(\.line) == [])
    }

    @Test("a claim ends where somebody else says something")
    func ends() async throws {
        let claims = try await ClaimSample.claims(
            "One baker said people changed their minds and several residents said they had a new wall.")
        #expect(
            claims.map(\.line) == [
                "One baker | said | people changed their minds",
                "several residents | said | they had a new wall.",
            ])
        let one = try await ClaimSample.claims("One baker said people came and the police shut the gate.")
        #expect(one.map(\.line) == ["One baker | said | people came and the police shut the gate."])
    }

    @Test("what introduces a quotation is not in it, whoever is named behind it")
    func introduced() async throws {
        let claims = try await ClaimSample.claims(
            "Mira Holm was blunt: “We need to stop all boats and mend the wall”, she argued.")
        #expect(claims.map(\.line) == ["she | argued | “We need to stop all boats and mend the wall”"])
    }

    @Test("words in capitals are shouted, and are no title")
    func shouted() async throws {
        let claims = try await ClaimSample.claims(
            "Tom Reed has yet to leave, saying early in the day before the count, “I WON THIS VOTE!”")
        #expect(claims.map(\.source) == ["Tom Reed"])
        let title = try await ClaimSample.claims("They sang before the count, “Winds Over This Harbour”.")
        #expect(title.isEmpty)
    }

    @Test("a participle that describes a noun says nothing")
    func describing() async throws {
        #expect(try await ClaimSample.claims("He lived in a town threatened by high water.").isEmpty)
        #expect(try await ClaimSample.claims("She has the number of votes required to win the seat.").isEmpty)
    }

    @Test("a body named after a person is not the person")
    func bodies() async throws {
        func meant(_ text: String) async throws -> [String?] { try await ClaimSample.claims(text).map(\.meant) }
        #expect(try await meant("The Tom Reed campaign said the gate was open.") == [nil])
        #expect(try await meant("A spokesman for Tom Reed said the gate was open.") == [nil])
        #expect(try await meant("Former Tom Reed adviser Mira Holm said the gate was open.") == ["Mira Holm"])
        #expect(try await meant("A letter by Tom Reed said the gate was open.") == ["Tom Reed"])
    }

    @Test("two campaigns are two sources")
    func campaigns() async throws {
        let claims = try await ClaimSample.claims(
            "The Tom Reed campaign said the gate was open. The Mira Holm campaign said the gate was shut. "
                + "The bakers' campaign said nothing of the wall. The campaign said the wall was wet.")
        let described = claims.map { $0.description?.words }
        #expect(described.prefix(2) == ["tom reed campaign", "mira holm campaign"])
    }

    @Test("what is not said by all is denied of them")
    func notAll() async throws {
        let claims = try await ClaimSample.claims("Not everyone agreed there should be another vote.")
        #expect(claims.map(\.stance) == [.denied])
        let all = try await ClaimSample.claims("Everyone agreed there should be another vote.")
        #expect(all.map(\.stance) == [.asserted])
    }

    @Test("where something is said is no part of what is said")
    func place() async throws {
        let claims = try await ClaimSample.claims(
            "In the later broadcast of the speech, Tom Reed said, “any act that harms the town will not be tolerated.”")
        #expect(claims.map(\.content) == [["“any act that harms the town will not be tolerated.”"]])
        let divided = try await ClaimSample.claims("“In the town,” Tom Reed said, “any act that harms us is bad.”")
        #expect(divided.first?.content == ["“In the town,”", "“any act that harms us is bad.”"])
    }

    @Test("a quotation of some words ends before another verb of saying")
    func partial() async throws {
        let claims = try await ClaimSample.claims(
            "Tom Reed left the hall, saying “stand by” but argued the gate needed to be mended.")
        #expect(
            claims.map(\.line) == [
                "Tom Reed | saying | “stand by”", "Tom Reed | argued | the gate needed to be mended.",
            ])
    }

    @Test("a participle behind a long quotation has its speaker")
    func lent() async throws {
        let claims = try await ClaimSample.claims(
            "Mira Holm remarked, “It was a long fight. We see the fruits of our work,” further saying, “It is time to go.”"
        )
        #expect(Set(claims.map(\.source)) == ["Mira Holm"])
        let words = claims.flatMap { claim in claim.content }
        #expect(words.contains { $0.contains("We see the fruits") })
    }

    @Test("a noun before that night has no clause, and a photo is nothing that is said")
    func nothing() async throws {
        #expect(
            try await ClaimSample.claims("The board announced the decision that night.").allSatisfy {
                $0.kind == .topic
            })
        #expect(try await ClaimSample.claims("Mira Holm posted a photo of the wall.").isEmpty)
        #expect(try await ClaimSample.claims("Mira Holm denied the charge of theft.").map(\.kind) == [.topic])
    }

    @Test("the second half of a compound is no verb")
    func compounds() async throws {
        let claims = try await ClaimSample.claims("Tom Reed described the play as a “harbour-made show.”")
        #expect(claims.map(\.kind) == [.characterisation])
    }
}
