import Digests
import GRDB
import StageKit
import TestSupport
import Testing

@testable import Results

@Suite struct EntityTallyTests {
    @Test("entities count documents and mentions, aliases each text of a name")
    func counts() throws {
        let fixture = try ResultsFixture()
        try fixture.write()
        #expect(
            try fixture.rows("select * from entities") == [
                "organization:harbour-board|Harbour Board|organization|1|1|-",
                "person:mira-sostak|Mira Šostak|person|2|3|-",
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
        #expect(try fixture.rows("select * from entities") == ["person:mira-sostak|Mira Šostak|person|1|1|-"])
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

    @Test("a decision that ties an entity to a country tells it, and nothing else moves")
    func country() throws {
        let fixture = try ResultsFixture()
        try fixture.write()
        let digests = try fixture.write([], fresh: false) { writer in
            try writer.put(
                EntityDecision(
                    entity: "organization:harbour-board", name: "Harbour Board", kind: .organization,
                    reason: "first form", country: "Norway"),
                on: FoldKey("Harbour Board"))
        }
        #expect(
            try fixture.rows("select * from entities") == [
                "organization:harbour-board|Harbour Board|organization|1|1|Norway",
                "person:mira-sostak|Mira Šostak|person|2|3|-",
            ])
        #expect(try fixture.database().recomputedDigests() == digests)
    }

    @Test("counts that are too many for memory come out the same")
    func spilled() throws {
        func tables(most: Int) throws -> [String] {
            let queue = try DatabaseQueue()
            return try queue.inDatabase { db in
                try ResultsFile.create(in: db)
                let tally = EntityTally(most: most)
                for round in 0..<3 {
                    for n in 0..<5 {
                        let name = EntityName(entity: "person:\((n * 7) % 5)", words: "Name \(n) of \(round % 2)")
                        try tally.add([name: n + 1], in: db)
                    }
                }
                var sums: [String: SetDigest] = [:]
                _ = try tally.apply(in: db, fresh: true, moved: [], to: &sums)
                let rows = try ["aliases", "entities"].flatMap { try Row.fetchAll(db, sql: "select * from \($0)") }
                return rows.map(\.description) + sums.map { "\($0.key) \($0.value.description)" }.sorted()
            }
        }
        let expected = try tables(most: 1000)
        #expect(expected.count == 17)
        #expect(try tables(most: 1) == expected)
        #expect(try tables(most: 4) == expected)
    }
}
