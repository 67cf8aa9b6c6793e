import StageKit
import Testing

@Suite("Claims at a cue")
struct CueClaimsTests {
    static let sentences: [(text: String, claim: String)] = [
        (
            "The tax, Mira Holm argued on Friday, would ruin the farms.",
            "Mira Holm | argued | The tax / would ruin the farms."
        ),
        (
            "Nobody, Mira Holm told the inquiry, had read the report.",
            "Mira Holm | told | Nobody / had read the report."
        ),
        ("Reed, his brother insists, never owned a boat.", "his brother | insists | Reed / never owned a boat."),
        (
            "The captain whose boat sank in May says the light was out.",
            "The captain | says | the light was out."
        ),
        (
            "The officials who drew that map claimed they had asked the board.",
            "The officials | claimed | they had asked the board."
        ),
        (
            "The clerk was dismissed, with one member saying the papers had been burned.",
            "one member | saying | the papers had been burned."
        ),
        ("There are others who say that the wall is safe.", "others | say | that the wall is safe."),
        (
            "Neither the mayor nor the board claimed that the wall was safe.",
            "Neither the mayor nor the board | claimed | that the wall was safe."
        ),
        (
            "Mira Holm, the mayor, and Tomas Vell, her deputy, said that the wall was old.",
            "Mira Holm, the mayor, and Tomas Vell | said | that the wall was old."
        ),
        (
            "The mayor told reporters the wall would hold, while the board had closed the gate.",
            "The mayor | told | the wall would hold"
        ),
        (
            "The mayor said the wall would hold, while the number of boats fell.",
            "The mayor | said | the wall would hold, while the number of boats fell."
        ),
        (
            "The report states that few if any boats reached the lock.",
            "The report | states | that few if any boats reached the lock."
        ),
        (
            "The mayor stated that most people work at night.",
            "The mayor | stated | that most people work at night."
        ),
        (
            "Mira Holm can understand why some members left.",
            "Mira Holm | can understand | why some members left."
        ),
        ("The mayor said that the wall was safe.", "The mayor | said | that the wall was safe."),
        ("The mayor said the wall was safe.", "The mayor | said | the wall was safe."),
        ("On Tuesday the mayor said that the wall was safe.", "the mayor | said | that the wall was safe."),
        ("The mayor said on Tuesday that 40 people were hurt.", "The mayor | said | that 40 people were hurt."),
        ("The wall was safe, the mayor said.", "the mayor | said | The wall was safe"),
        ("The wall was safe, said the mayor.", "the mayor | said | The wall was safe"),
        ("The wall, the mayor said, was safe and dry.", "the mayor | said | The wall / was safe and dry."),
        ("The mayor told reporters that the wall was safe.", "The mayor | told | that the wall was safe."),
        (
            "Mira Holm, the mayor of Saltby, insisted the wall was safe.",
            "Mira Holm | insisted | the wall was safe."
        ),
        (
            "Mira Holm, 34, who lives by the harbour, told reporters that the wall was safe.",
            "Mira Holm | told | that the wall was safe."
        ),
        (
            "Mira Holm, a baker from Saltby, who saw the storm, said that the wall was safe.",
            "Mira Holm | said | that the wall was safe."
        ),
        (
            "The ministry said in a statement that the wall was safe.",
            "The ministry | said | that the wall was safe."
        ),
        ("The mayor asked whether the wall was safe.", "The mayor | asked | whether the wall was safe."),
        ("The mayor believes that the wall is safe.", "The mayor | believes | that the wall is safe."),
        ("The mayor doesn't think the wall is safe.", "The mayor | doesn't think | the wall is safe."),
        ("It is claimed that the wall was safe.", "- | It is claimed | that the wall was safe."),
        ("The gate, said Mira Holm, is lost.", "Mira Holm | said | The gate / is lost."),
        (
            "If the wall falls, Mira Holm said, the town is lost.",
            "Mira Holm | said | If the wall falls / the town is lost."
        ),
        (
            "The path will stay shut, said Mira Holm, a member of the board.",
            "Mira Holm | said | The path will stay shut"
        ),
        (
            "Reed, Mira Holm said, has made a hole in the purse.",
            "Mira Holm | said | Reed / has made a hole in the purse."
        ),
        (
            "Mira Holm sent a letter on Friday saying that the wall was safe.",
            "Mira Holm | saying | that the wall was safe."
        ),
        (
            "As the gate fell, Mira Holm exclaimed, “Get out of the way.”",
            "Mira Holm | exclaimed | “Get out of the way.”"
        ),
        (
            "If the wall falls, Mira Holm said, “the town is lost.”",
            "Mira Holm | said | If the wall falls / “the town is lost.”"
        ),
        (
            "Mira Holm agreed, claiming that the wall was safe.", "Mira Holm | claiming | that the wall was safe."
        ),
        ("As the Courier reported, the wall was not safe.", "the Courier | reported | the wall was not safe."),
        ("She warned in a letter on Monday that the wall would fall.", "She | warned | that the wall would fall."),
        (
            "Nearly 40 people are thought to have left the town.",
            "- | are thought | Nearly 40 people / to have left the town."
        ),
        (
            "Tom Reed went on to say that the wall would hold.",
            "Tom Reed | went on to say | that the wall would hold."
        ),
        (
            "The yards are quick to point out that no boat is theirs.",
            "The yards | are quick to point | that no boat is theirs."
        ),
        (
            "Mira Holm floated the notion that the wall is lost.",
            "Mira Holm | floated the notion | that the wall is lost."
        ),
        (
            "The board dismissed the idea that the wall is lost.",
            "The board | dismissed the idea | that the wall is lost."
        ),
        (
            "Tom Reed is in exile for claiming that the wall was unsafe.",
            "Tom Reed | claiming | that the wall was unsafe."
        ),
        ("Instead, she claims, the wall was pushed.", "she | claims | the wall was pushed."),
        ("As Mira Holm noted in May, the wall was old.", "Mira Holm | noted | the wall was old."),
        (
            "The board called a gate which, Mira Holm said, nobody had mended, safe.",
            "Mira Holm | said | a gate / nobody had mended, safe."
        ),
        (
            "The flood reached three farms, which the mayor said were empty.",
            "the mayor | said | three farms / were empty."
        ),
        (
            "Since 2012, some 40 people are thought to have left.",
            "- | are thought | Since 2012, some 40 people / to have left."
        ),
        (
            "Mira Holm and other members warn that the wall is old.",
            "Mira Holm and other members | warn | that the wall is old."
        ),
        ("It turned out that the wall was old.", "- | It turned | that the wall was old."),
        ("It seemed as if the wall was old.", "- | It seemed | as if the wall was old."),
        ("What many suspect is that the wall was pushed.", "many | suspect | that the wall was pushed."),
        ("The police said at least 40 people were hurt.", "The police | said | at least 40 people were hurt."),
        (
            "The board found that the wall was safe, and said that it would stay.",
            "The board | found | that the wall was safe"
        ),
        ("Mira Holm, on Sunday, said the gate was shut.", "Mira Holm | said | the gate was shut."),
        ("Tom Reed opposed the plan but said it would pass.", "Tom Reed | said | it would pass."),
        (
            "Explaining that the boats had sunk, Mira Holm left the hall.",
            "Mira Holm | Explaining | that the boats had sunk"
        ),
        ("The wall, Holm said with a laugh, would fall.", "Holm | said | The wall / would fall."),
        ("Tom Reed said he and his wife were ill.", "Tom Reed | said | he and his wife were ill."),
        ("Tom Reed argued it cannot stand.", "Tom Reed | argued | it cannot stand."),
        (
            "Ada Weir and others in the town warned the wall was old.",
            "Ada Weir and others in the town | warned | the wall was old."
        ),
        ("The board found the wall to be unsafe.", "The board | found | the wall to be unsafe."),
        ("He exposed another truth: the gate was open.", "He | exposed | the gate was open."),
        ("The militant laid bare the details of the pact.", "The militant | laid | the details of the pact"),
        (
            "Tom Reed was described by the Courier as a fool.", "the Courier | was described | Tom Reed / as a fool."
        ),
        (
            "The report says the pact was not one of foes, but of friends.",
            "The report | says | the pact was not one of foes, but of friends."
        ),
        ("Ada Weir sent a message saying that the gate was shut.", "Ada Weir | saying | that the gate was shut."),
    ]

    @Test("source, cue and content are told apart", arguments: sentences)
    func finds(_ example: (text: String, claim: String)) async throws {
        #expect(try await ClaimSample.claims(example.text).map(\.line).first == example.claim)
    }

    static let nothing = [
        "The report was long.", "The mayor told a story.", "State Senator Tom Reed left the hall.",
        "The storm may call for more boats.", "They know the answer.", "The rules changed in March.",
        "He flew to the United States on Monday.", "We see the harbour from here.",
        "Roughly forty people marched through the town on Saturday, protesting.",
        "All of the members confirmed, but the mayor decided not to attend.",
        "The council opposed the plan for a new gate.", "The mayor supported the repair of the wall.",
        "Other states limit the number of years to 5.", "The mayor declared a state of emergency.",
        "The police attacked journalists.", "The school was denied funding.", "She was called a hero.",
        "The mayor met the council to answer questions on the wall.", "They found evidence supporting the claim.",
        "We can begin that side of the work now.", "Tourists demand that kind of room.",
        "The mayor of Saltby, a former baker, announced.", "The march started at the gate and went on until noon.",
        "It is hard to say that.", "They heard arguments from the two sides.", "The cakes called rolls are round.",
        "He appears on the stage.", "The town turned to the sea.", "The survey aimed at closing the gap is done.",
        "There were 41 pledged delegates.", "They met for a question and answer session.",
    ]

    @Test("a word that looks like a verb of saying makes no claim by itself", arguments: nothing)
    func staysQuiet(_ text: String) async throws {
        #expect(try await ClaimSample.claims(text).map(\.line) == [])
    }

    static let stances: [(text: String, stance: String, isNegated: Bool)] = [
        ("The mayor said that the wall was safe.", "asserted", false),
        ("The mayor said that the wall was not safe.", "asserted", true),
        ("The mayor denied that the wall was safe.", "denied", false),
        ("The mayor did not say that the wall was safe.", "denied", false),
        ("The mayor asked whether the wall was safe.", "questioned", false),
        ("Has the mayor said that the wall was safe?", "questioned", false),
        ("It is alleged that the wall was safe.", "hedged", false),
        ("The mayor suspects that the wall was safe.", "hedged", false),
        ("The mayor believes that the wall was safe.", "asserted", false),
        ("It is believed that the wall was safe.", "hedged", false),
        ("It appears that the wall was safe.", "hedged", false),
        ("The mayor declined to say whether the wall was safe.", "denied", false),
        ("The mayor dismissed the idea that the wall was safe.", "denied", false),
        ("The mayor is about to say that the wall is safe.", "conditional", false),
        ("The mayor said that, if it rained, the wall was safe.", "asserted", false),
        ("The mayor said: “If it rains, the wall is lost.”", "conditional", false),
        ("The mayor said: “Is the wall safe?”", "questioned", false),
        ("The mayor would say that the wall was safe.", "conditional", false),
    ]

    @Test("the stance follows the verb, its negation and its mood", arguments: stances)
    func takesStance(_ example: (text: String, stance: String, isNegated: Bool)) async throws {
        let claims = try await ClaimSample.claims(example.text)
        #expect(claims.map(\.stance.label) == [example.stance])
        #expect(claims.map(\.isNegated) == [example.isNegated])
    }

    @Test("a loose participle has the speaker of the verb before it")
    func sharesSpeaker() async throws {
        let claims = try await ClaimSample.claims("The wall is safe, the mayor said, adding that nobody was hurt.")
        #expect(claims.map(\.line).contains("the mayor | adding | that nobody was hurt."))
    }

    static let kinds: [(text: String, kind: Claim.Kind)] = [
        ("“The wall is safe,” the mayor said.", .quotation), ("The mayor said that the wall was safe.", .clause),
        ("The mayor vowed to rebuild the wall.", .intention),
        ("The mayor urged the council to close the gate.", .request),
        ("The council denied any contact with the firm.", .topic),
        ("The mayor accused the firm of fraud.", .topic),
    ]

    static let frames: [(text: String, claim: String, kind: Claim.Kind)] = [
        ("Mira Holm called the plan a mistake.", "Mira Holm | called | the plan a mistake.", .characterisation),
        (
            "Mira Holm described the plan as “sound and fair”.",
            "Mira Holm | described | the plan as “sound and fair”.", .characterisation
        ),
        (
            "The plan was described as sound by Mira Holm.", "Mira Holm | was described | The plan / as sound",
            .characterisation
        ),
        (
            "The board accused Tom Reed of hiding the letters.",
            "The board | accused | Tom Reed of hiding the letters.",
            .topic
        ),
        ("Residents were told to stay at home.", "- | were told | Residents / to stay at home.", .request),
        ("The mayor's claims of fraud were wide of the mark.", "The mayor | claims | fraud", .topic),
        ("The mayor's view is that the wall is safe.", "The mayor | view | that the wall is safe.", .clause),
    ]

    @Test("an object with what is said of it, and a noun with its owner, have a frame", arguments: frames)
    func readsFrames(_ example: (text: String, claim: String, kind: Claim.Kind)) async throws {
        let claims = try await ClaimSample.claims(example.text)
        #expect(claims.map(\.line) == [example.claim])
        #expect(claims.map(\.kind) == [example.kind])
    }

    @Test("who is quoted is not the source of what he thinks within the quotation, but of what he said before")
    func leavesOwnThoughts() async throws {
        let thought = try await ClaimSample.claims("“I think the wall is safe and dry,” Mira Holm said.")
        #expect(thought.map(\.cue) == ["said"])
        let told = try await ClaimSample.claims("“I said that the wall was safe,” Mira Holm said.")
        #expect(told.map(\.cue) == ["said", "said"])
    }

    @Test("a claim has the kind of its content", arguments: kinds)
    func takesKind(_ example: (text: String, kind: Claim.Kind)) async throws {
        let claims = try await ClaimSample.claims(example.text)
        #expect(claims.map(\.kind) == [example.kind])
    }

    @Test("a noun, a part of a compound and a part of a name are no cue")
    func leavesNouns() async throws {
        let claims = try await ClaimSample.claims(
            "Reed leads in the 50-state survey. A 69-year-old state warden stepped down in April.")
        #expect(claims.map(\.line) == [])
    }

    @Test(
        "a sentence may end behind a comma and a preposition",
        arguments: ["The book alleges, in", "The book alleges, in.", "The book alleges, in May."])
    func endsBehindPreposition(text: String) async throws {
        #expect(try await ClaimSample.claims(text).allSatisfy { $0.content.allSatisfy { !$0.isEmpty } })
    }

    @Test(
        "a text may break off behind any word",
        arguments: [
            "The book alleges, among other things, in May, that the gate was shut for good.",
            "Mira Holm described the plan as sound, and accused Tom Reed of arming the guard with the town’s own money.",
            "Mira Holm called on the board to open the gate, and declared himself the keeper of what was left.",
            "What she called “a gap”, said Holm, was named the gate, and blamed on those who had spoken of it.",
            "Holm tells Reed about the gate that he had shut.", "He went on learning, as they had told him to.",
            "Holm, in a talk with a Saltby, Vestrey, radio station, said when asked about the wall that it would hold.",
        ])
    func breaksOff(text: String) async throws {
        let words = text.split(separator: " ")
        for count in 1...words.count {
            let claims = try await ClaimSample.claims(words.prefix(count).joined(separator: " "))
            #expect(claims.allSatisfy { $0.content.allSatisfy { !$0.isEmpty } })
        }
    }

    @Test("a subordinate claim ends where the main clause begins")
    func endsSubordinate() async throws {
        let claims = try await ClaimSample.claims("While he claims the wall is safe, the papers are full of doubt.")
        #expect(claims.map(\.line) == ["he | claims | the wall is safe"])
    }
}
