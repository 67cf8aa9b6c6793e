import StageKit
import Testing

@testable import EntityStage

@Suite("Who is who")
struct AliasTests {
    @Test(
        "names that a text equates are one entity",
        arguments: [
            ("The Coastal Watch Forces (CWF) landed. The CWF left.", "Coastal Watch Forces", "CWF"),
            ("The CWF (Coastal Watch Forces) landed. The CWF left.", "Coastal Watch Forces", "CWF"),
            ("The Harbour Guild, also known as the Quay Brigade, met.", "Harbour Guild", "Quay Brigade"),
            ("Liman Yolu Kurumu (LYK) built it. LYK denied it.", "Liman Yolu Kurumu", "LYK"),
            ("We met Yusuf Çelik. Celik left early, said the report.", "Yusuf Çelik", "Celik"),
            ("We met Ada Weir in town. Ms Weir left early.", "Ada Weir", "Weir"),
            ("The Storm Front is feared. Reports on \"SF\" are rare.", "Storm Front", "SF"),
            ("The Northern Tide Army (NTAX) fell there. Later NTXA rose.", "NTAX", "NTXA"),
            ("The Guild of Bell Founders and the Tuners (GBFT) met.", "Guild of Bell Founders and the Tuners", "GBFT"),
            (
                "The Harbour Guild, known by its Turkish name as the Liman Birliği, met.", "Harbour Guild",
                "Liman Birliği"
            ),
            ("The Harbour Guild (Turkish: Liman Birliği) met.", "Harbour Guild", "Liman Birliği"),
            ("The Harbour Guild, formerly the Quay Brigade, met.", "Harbour Guild", "Quay Brigade"),
            (
                "The Danish Harbour Ministry met. The Harbour Ministry said no.", "Danish Harbour Ministry",
                "Harbour Ministry"
            ),
            ("The Ministry of Defence met. The Defence Ministry said no.", "Ministry of Defence", "Defence Ministry"),
            ("The U.S. Congress met. The United States Congress said no.", "U.S. Congress", "United States Congress"),
            ("They called Dame Ada Weir DBE. Ada Weir came.", "Ada Weir DBE", "Ada Weir"),
            ("We met Robert Weir. Bob Weir left early.", "Robert Weir", "Bob Weir"),
            ("We met Orbel Viktor in town. Viktor Orbel left.", "Orbel Viktor", "Viktor Orbel"),
        ])
    func equated(text: String, first: String, second: String) async throws {
        let tagged = try await Tagged(text)
        let entity = try tagged.entity(first)
        #expect(entity != nil)
        #expect(try tagged.entity(second) == entity)
    }

    @Test(
        "names that only stand near each other stay two",
        arguments: [
            ("A wing of the Harbour Guild called the Quay Brigade met.", "Harbour Guild", "Quay Brigade"),
            ("We saw Varnholt, which is known as Ostrelia's oldest town.", "Varnholt", "Ostrelia"),
            ("The Ministry of Health met. The Ministry of Defence met.", "Ministry of Health", "Ministry of Defence"),
            ("They left the University of Varnholt for the town of Varnholt.", "University of Varnholt", "Varnholt"),
            ("We met James Thomas. Thomas James left.", "James Thomas", "Thomas James"),
            ("George W. Weir met George H. W. Weir.", "George W. Weir", "George H. W. Weir"),
            ("Helen C. Weir met Clarence Weir.", "Helen C. Weir", "Clarence Weir"),
            ("A barn in the town of Copenhagen, known as Odense, fell.", "Copenhagen", "Odense"),
            ("Reports of the PIAS (Port Inspectors' Association) and of SAIP came.", "PIAS", "SAIP"),
        ])
    func apart(text: String, first: String, second: String) async throws {
        let tagged = try await Tagged(text)
        let entity = try tagged.entity(first)
        #expect(entity != nil)
        #expect(try tagged.entity(second) != entity)
    }

    @Test("a surname that two people share is told by the title before it")
    func titles() async throws {
        let tagged = try await Tagged(
            "Ms Ada Weir met Captain Tomas Weir. Captain Weir said no, and Ms Weir said yes.",
            "The mayor, Ada Weir, came. She asked what Captain Weir had said.",
            "We saw that Captain Weir had left. Weir said so.")
        let captain = try tagged.entity("Tomas Weir")
        let mayor = try tagged.entity("Ada Weir")
        #expect(captain != mayor)
        #expect(try tagged.nameEntities() == [mayor, captain, captain, mayor])
        #expect(try tagged.nameEntities(1) == [mayor, captain])
        #expect(try tagged.nameEntities(2) == [captain, captain])
    }

    @Test("a surname means whom the text named before, and nobody where it named two as often")
    func perMention() async throws {
        let tagged = try await Tagged(
            "We met Ada Weir in town. Weir said no. Later Tomas Weir came. Nobody knew what Weir meant.")
        let entities = try tagged.nameEntities()
        #expect(entities.count == 4)
        #expect(entities[1] == entities[0])
        #expect(entities[3] != entities[0] && entities[3] != entities[2])
    }

    @Test("a short form of a first name is no other's in another text")
    func nicknames() async throws {
        let tagged = try await Tagged("We met Robert Weir in town.", "We met Bob Weir in town.")
        #expect(try tagged.entity("Robert Weir") != tagged.entity("Bob Weir", in: 1))
    }

    @Test("a title before a surname means the person who has this title in another text, and no other")
    func leader() async throws {
        let tagged = try await Tagged(
            "We met Chancellor Ada Weir in town.", "They waited for Chancellor Weir all day.",
            "They waited for Colonel Weir all day.")
        #expect(try tagged.entity("Weir", in: 1) == tagged.entity("Ada Weir"))
        #expect(try tagged.entity("Weir", in: 2) != tagged.entity("Ada Weir"))
    }

    @Test("two people with one surname stay two, each with the surname of its document")
    func surnames() async throws {
        let tagged = try await Tagged(
            "We met Ada Weir in town. Weir said no.", "We met Tomas Weir in town. Weir said yes.",
            "Nobody asked Mr Weir about it.")
        #expect(try tagged.entity("Weir", in: 0) == tagged.entity("Ada Weir", in: 0))
        #expect(try tagged.entity("Weir", in: 1) == tagged.entity("Tomas Weir", in: 1))
        #expect(try tagged.entity("Weir", in: 0) != tagged.entity("Weir", in: 1))
        let alone = try tagged.entity("Weir", in: 2)
        #expect(alone != nil)
        #expect(try alone != tagged.entity("Weir", in: 0) && alone != tagged.entity("Weir", in: 1))
    }

    @Test("an acronym that two documents explain differently is neither where a third does not explain it")
    func acronyms() async throws {
        let tagged = try await Tagged(
            "The Coastal Watch Forces (CWF) landed.", "The Central Wine Federation (CWF) met.", "The CWF was silent.")
        let bare = try tagged.entity("CWF", in: 2)
        #expect(try tagged.entity("CWF", in: 0) == tagged.entity("Coastal Watch Forces", in: 0))
        #expect(try tagged.entity("CWF", in: 1) == tagged.entity("Central Wine Federation", in: 1))
        #expect(try tagged.entity("CWF", in: 0) != tagged.entity("CWF", in: 1))
        #expect(try bare != nil && bare != tagged.entity("CWF", in: 0) && bare != tagged.entity("CWF", in: 1))
    }

    @Test("a people is not its country")
    func demonyms() async throws {
        let tagged = try await Tagged("Danish boats left Denmark with the Danes.")
        #expect(try tagged.kind("Danes") == .group)
        #expect(try tagged.kind("Denmark") == .place)
        #expect(try tagged.entity("Danes") != tagged.entity("Denmark"))
    }

    @Test("marks on letters and the Turkish i make no other name")
    func folding() async throws {
        let tagged = try await Tagged("The agency MİT denied it.", "The agency MIT denied it.")
        #expect(try tagged.entity("MİT", in: 0) == tagged.entity("MIT", in: 1))
    }

    @Test("every alias has its reason in words")
    func reasons() async throws {
        let tagged = try await Tagged("The Coastal Watch Forces (CWF) landed. The CWF left.")
        let reasons = try tagged.decisions().map(\.reason)
        #expect(reasons.contains("defined in brackets: Coastal Watch Forces (CWF)"))
    }

    @Test("an id comes from the defining form, whatever else the corpus holds")
    func stableId() async throws {
        let text = "The Coastal Watch Forces (CWF) landed."
        let alone = try await Tagged(text)
        let more = try await Tagged(text, "The CWF was silent.", "Ada Weir met the Danes.")
        #expect(try alone.entity("CWF") == "organization:coastal-watch-forces")
        #expect(try more.entity("CWF") == "organization:coastal-watch-forces")
    }
}
