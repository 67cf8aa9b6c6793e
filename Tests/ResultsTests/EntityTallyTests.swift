import Results
import StageKit
import TestSupport
import Testing

@Suite struct EntityTallyTests {
    @Test("entities count documents and mentions, aliases each text of a name")
    func counts() throws {
        let fixture = try ResultsFixture()
        try fixture.write()
        #expect(
            try fixture.rows("select * from entities") == [
                "organization:harbour-board|Harbour Board|organization|1|1",
                "person:mira-sostak|Mira Šostak|person|2|3",
            ])
        #expect(
            try fixture.rows("select * from aliases") == [
                "organization:harbour-board|Harbour Board|1|first form", "person:mira-sostak|Mira Šostak|2|first form",
                "person:mira-sostak|Šostak|1|surname of Mira Šostak",
            ])
    }

    @Test("an entity that nobody names any more is gone")
    func gone() throws {
        let fixture = try ResultsFixture()
        try fixture.write()
        try fixture.write([], fresh: false) { try $0.remove(document: HandmadeCorpus.harbour.id) }
        #expect(try fixture.rows("select * from entities") == ["person:mira-sostak|Mira Šostak|person|1|1"])
        #expect(try fixture.rows("select alias from aliases") == ["Šostak"])
    }

    @Test("a decision that changes alone changes name and reason")
    func renamed() throws {
        let fixture = try ResultsFixture()
        try fixture.write()
        let digests = try fixture.write([], fresh: false) { writer in
            for form in ["Mira Šostak", "Šostak"] {
                try writer.put(
                    EntityDecision(entity: "person:mira-sostak", name: "M. Šostak", kind: .person, reason: "by hand"),
                    on: FoldKey(form))
            }
        }
        #expect(try fixture.rows("select name, mentions from entities where type = 'person'") == ["M. Šostak|3"])
        #expect(try fixture.rows("select distinct reason from aliases where entity like 'person%'") == ["by hand"])
        #expect(try fixture.database().recomputedDigests() == digests)
    }
}
