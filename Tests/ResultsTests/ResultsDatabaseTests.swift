import Foundation
import GRDB
import Model
import Results
import StageKit
import TestSupport
import Testing

@Suite struct ResultsDatabaseTests {
    let fixture: ResultsFixture
    init() throws { fixture = try ResultsFixture() }

    @Test("a file that is no database is moved aside, and said to be")
    func foreign() throws {
        try Data("no database".utf8).write(to: URL(filePath: fixture.path))
        let database = try fixture.database()
        #expect(database.note == "a file that is no results database was moved to '\(fixture.path).aside'")
        #expect(database.standsFor == nil)
        #expect(FileManager.default.contents(atPath: "\(fixture.path).aside") == Data("no database".utf8))
    }

    @Test("a writer that does not finish changes nothing")
    func unfinished() throws {
        let before = try fixture.write()
        do {
            let writer = try fixture.database().begin(fresh: false)
            try writer.remove(document: HandmadeCorpus.harbour.id)
        }
        do { try fixture.database().begin(fresh: true).put(DocumentResult(HandmadeCorpus.ferry)) }
        #expect(try fixture.database().recomputedDigests() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path) == ["results.sqlite"])
    }

    @Test("what a process that was killed had begun to write is taken back, and nothing is moved aside")
    func killed() throws {
        let before = try fixture.write()
        // As it stands when the process is killed: the journal is there, and some of the pages are in the file.
        let killed = try ResultsFixture()
        let queue = try DatabaseQueue(path: fixture.path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "pragma cache_size = 1; begin immediate; delete from digests; create table t(x)")
            for _ in 0..<300 { try db.execute(sql: "insert into t values (zeroblob(1000))") }
            for suffix in ["", "-journal"] {
                try FileManager.default.copyItem(atPath: fixture.path + suffix, toPath: killed.path + suffix)
            }
            try db.execute(sql: "rollback")
        }
        let database = try killed.database()
        #expect(database.note == nil)
        #expect(try database.recomputedDigests() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: killed.folder.path) == ["results.sqlite"])
    }

    @Test("what is left out stands with stage, reason and advice")
    func leftOut() throws {
        let failure = StageFailure("it is no text", hint: "take it out of the corpus", code: "binary-file")
        try fixture.write(leftOut: [LeftOut(id: "b.bin", stage: "clean", failure: failure)])
        #expect(
            try fixture.rows("select * from left_out")
                == ["b.bin|clean|it is no text|take it out of the corpus|binary-file"])
        #expect(try fixture.rows("select key, value from about") == ["release|1.0"])
    }

    @Test("a document that is taken out leaves no byte in the file")
    func secureDelete() throws {
        try fixture.write()
        try fixture.write([], fresh: false) { try $0.remove(document: HandmadeCorpus.ferry.id) }
        let bytes = try Data(contentsOf: URL(filePath: fixture.path))
        #expect(bytes.range(of: Data("The ferry runs again".utf8)) == nil)
        #expect(bytes.range(of: Data("Nobody warned".utf8)) != nil)
    }

    @Test("a folder that can't be written is named in the error")
    func unwritable() throws {
        let database = try ResultsDatabase(at: fixture.path + "/no/such/folder.sqlite")
        #expect(throws: ResultsError.self) { _ = try database.begin(fresh: true) }
    }
}
