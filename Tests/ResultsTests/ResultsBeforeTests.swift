import Foundation
import GRDB
import TestSupport
import Testing

@testable import Results

@Suite("Results as they stood before a writer")
struct ResultsBeforeTests {
    @Test(
        "they can be read until the writer ends, also when its pages do not fit into memory", arguments: [0, Int32.max])
    func reading(room: Int32) throws {
        let fixture = try ResultsFixture()
        try fixture.write()
        let count = try #require(Int(fixture.rows("select count(*) from documents")[0]))
        let queue = try ResultsFile.open(fixture.path, readonly: false)
        try queue.inDatabase { db in
            try db.execute(sql: "pragma cache_size = 1")
            let before = try ResultsBefore(at: fixture.path, of: db, room: room)
            try db.beginTransaction(.immediate)
            try before.keep(db)
            try db.execute(sql: "delete from _document_rows")
            // many pages, which a cache of one page does not hold
            try db.execute(sql: "create table filler (x)")
            try db.execute(
                sql: """
                    with recursive n(k) as (select 1 union all select k + 1 from n where k < 2000)
                    insert into filler select zeroblob(4000) from n
                    """)
            try before.keep(db)
            #expect(try Int.fetchOne(db, sql: "select count(*) from documents") == 0)
            #expect(try before.read { try Int.fetchOne($0, sql: "select count(*) from documents") } == count)
            try db.rollback()
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
        #expect(!names.contains { $0.hasSuffix(".part") })
    }

    @Test("a writer that ends without a commit leaves what was there")
    func settled() throws {
        let fixture = try ResultsFixture()
        let digests = try fixture.write()
        do {
            let writer = try fixture.database().begin(fresh: false)
            try writer.remove(document: HandmadeCorpus.documents[0].id)
            _ = try writer.settle(runKey: "next")
            let comparison = try #require(try writer.comparison())
            #expect(comparison.removed == [HandmadeCorpus.documents[0].id])
        }
        #expect(try fixture.database().digests() == digests)
        #expect(try fixture.database().standsFor == "key")
    }
}
