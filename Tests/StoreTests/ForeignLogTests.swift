import Digests
import Foundation
import GRDB
import StageKit
import TestSupport
import Testing

@testable import Store

/// What SQLite applies to a database because it stands beside it, and where it came from.
@Suite("Logs of other states")
struct ForeignLogTests {
    /// A state with some documents and a table, whose log still stands beside it; `window` tells its pipeline from others.
    private func fill(_ state: StateDatabase, window: UInt8, documents: Int) throws {
        try state.begin()
        var digest = SetDigest()
        let pile = EntryPile(of: state)
        try pile.add([
            Summary((0..<400).map { SummaryEntry(FoldKey("word \($0)"), [], Int(window) + $0) }).encoded
        ])
        try state.add(pile, to: "count.words", digest: &digest) { _ in }
        let content = ContentDigest(of: [window])
        try state.put((0..<documents).map { ("corpus/d\($0).txt", DocumentState(content: content)) })
        try state.set("run", [window])
        try state.sealIndexes()
        try state.commit()
    }

    /// Every row that a run may read, as far as the state gives it out; throws where it finds damage.
    private func read(_ state: StateDatabase) throws -> Set<UInt8> {
        try state.holdIndexes()
        var windows: Set<UInt8> = []
        if let run = try state.meta("run")?.first { windows.insert(run) }
        for number in 0..<400 {
            guard let row = try state.row(FoldKey("word \(number)"), of: "count.words") else { continue }
            windows.insert(UInt8(row.count() - number))
        }
        try state.eachDocument { _, document in
            for window in 0..<UInt8(10) where document.content == ContentDigest(of: [window]) { windows.insert(window) }
        }
        return windows
    }

    @Test("nothing of another pipeline's state is read, whatever of its log SQLite takes in")
    func foreignLog() throws {
        for (own, other) in [(40, 40), (40, 400), (400, 40), (1, 900)] {
            let folder = try TemporaryProject([:])
            var logs: [String: [UInt8]] = [:]
            for (name, window, documents) in [("own", UInt8(2), own), ("other", UInt8(9), other)] {
                try folder.write("", to: "state/keep")
                let path = folder.path("state/\(name).sqlite")
                let state = try StateDatabase(path: path)
                try fill(state, window: window, documents: documents)
                logs[name] = FileWriting.contents(of: path + "-wal")
                try withExtendedLifetime(state) { try fill(state, window: window, documents: documents) }
            }
            let log = try #require(logs["other"])
            try #require(!log.isEmpty)
            let path = folder.path("state/own.sqlite")
            try folder.write(log, to: "state/own.sqlite-wal")
            do {
                let found = try read(StateDatabase(path: path))
                #expect(found.isSubset(of: [2]), "the other state's rows were read: \(found)")
            } catch StoreProblem.damaged {
                // Found, so that the run begins a new one.
            } catch StoreProblem.suspect {
                // The run has a checkup made of it.
                continue
            }
        }
    }

    @Test("a state of another name is not taken for this one's, row by row or as a whole")
    func copied() throws {
        let folder = try TemporaryProject(["state/keep": ""])
        do { try fill(StateDatabase(path: folder.path("state/other.sqlite")), window: 9, documents: 3) }
        try folder.write(try folder.bytes(of: "state/other.sqlite"), to: "state/own.sqlite")
        let state = try StateDatabase(path: folder.path("state/own.sqlite"))
        #expect(throws: StoreProblem.damaged(path: folder.path("state/own.sqlite"))) { try state.meta("run") }
        #expect(throws: StoreProblem.self) { try state.documents(["corpus/d0.txt"]) }
        #expect(throws: StoreProblem.self) { try state.row(FoldKey("word 1"), of: "count.words") }
    }

    @Test("a constraint that fails is no damage: only a checkup may say so")
    func constraints() async throws {
        let folder = try TemporaryProject(["state/keep": ""])
        let path = folder.path("state/own.sqlite")
        let state = try StateDatabase(path: path)
        try fill(state, window: 2, documents: 3)
        #expect(throws: StoreProblem.suspect(path: path, reason: "UNIQUE constraint failed: documents.id")) {
            try state.access { try $0.execute(sql: "INSERT INTO documents(id, state) SELECT id, state FROM documents") }
        }
        #expect(try await state.checkup(jobs: 1).problems.isEmpty)
        try state.access { try $0.execute(sql: "UPDATE documents SET state = x'00' WHERE id = 'corpus/d1.txt'") }
        #expect(try await state.checkup(jobs: 1).problems.count == 1)
    }
}
