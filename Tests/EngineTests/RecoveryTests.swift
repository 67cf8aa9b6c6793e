import Engine
import Foundation
import Model
import StageKit
import Store
import TestSupport
import Testing

@Suite("Nothing stale is served and nothing is lost")
struct RecoveryTests {
    private let files = ["a.txt": "one two", "b.txt": "Two three", "c.txt": "four"]

    @Test("without the state the results in the store are put together again, and nothing runs")
    func lostState() async throws {
        let project = try ToyProject(files)
        try await project.run()
        let before = (try await project.marks(), try project.table())
        try project.restart(withoutState: true)
        let outcome = try await project.run()
        #expect(outcome.log.ranCount == 0)
        #expect(try await project.marks() == before.0)
        #expect(try project.table() == before.1)
    }

    @Test("without the store everything is computed again, to the same end")
    func lostStore() async throws {
        let project = try ToyProject(files)
        try await project.run()
        let before = try await project.marks()
        try project.restart(withoutStore: true)
        let outcome = try await project.run()
        #expect(outcome.ran("toy.read") == ["a.txt", "b.txt", "c.txt"])
        #expect(try await project.marks() == before)
    }

    @Test("a damaged object is found when it is read, told, and computed again")
    func damagedObject() async throws {
        let project = try ToyProject(files)
        try await project.run()
        let before = try await project.marks()
        try project.store.damageEveryObject()
        let after = try await project.marks()
        #expect(after == before)
        #expect(!project.store.takeDamage().isEmpty)

        try project.store.damageEveryObject()
        try project.write("c.txt", "two")
        let outcome = try await project.run()
        #expect(!outcome.notes.isEmpty)
        #expect(try await project.marks() == ["a.txt": "two", "b.txt": "two", "c.txt": "two"])
    }

    @Test("what a fold adds up is not kept, and can be taken out again all the same")
    func summaries() async throws {
        let project = try ToyProject(files)
        try await project.run()
        let size = try project.store.size()
        #expect(size.steps["toy.words"]?.results.count == 3 && size.steps["toy.words"]?.objects.count == 0)
        try project.write("c.txt", "five")
        try project.remove("a.txt")
        let outcome = try await project.run()
        #expect(outcome.log.rebuilt.isEmpty)
        #expect(try project.table() == ["two": 1, "three": 1, "five": 1])

        // Where the layers that it was made of are lost, the table is put together again from the other documents.
        try project.store.damageEveryObject()
        try project.remove("c.txt")
        #expect(try await project.run().log.rebuilt == ["toy.words"])
        #expect(try project.table() == ["two": 1, "three": 1])
    }

    @Test("a store in memory serves several jobs, to the same end")
    func inMemory() async throws {
        let files = Dictionary(uniqueKeysWithValues: (0..<70).map { ("d\($0).txt", "one w\($0 % 7)") })
        let project = try ToyProject(files)
        project.jobs = 1
        try await project.run()
        let (marks, table) = (try await project.marks(), try project.table())
        let other = try ToyProject(files)
        try other.close()
        other.jobs = 4
        try await other.run()
        #expect(try await other.marks() == marks)
        #expect(try other.table() == table)
    }

    @Test("a run that fails on its way leaves the state as it was")
    func failedRun() async throws {
        let project = try ToyProject(files)
        try await project.run()
        try project.write("c.txt", "two")
        let task = Task { [project = UnsafeTransfer(project)] in
            // From within, so that the run can't be over before it is stopped.
            withUnsafeCurrentTask { $0?.cancel() }
            return try await project.value.run()
        }
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(try project.table() == ["one": 1, "two": 2, "three": 1, "four": 1])
        try await project.run()
        #expect(try project.table() == ["one": 1, "two": 3, "three": 1])
    }

    @Test("a document that the last run had and the state does not find is damage, and nothing new")
    func lostDocument() async throws {
        let project = try ToyProject(files)
        try await project.run()
        try project.state.remove(["corpus/c.txt"])
        try project.write("c.txt", "two")
        await #expect(throws: StoreProblem.self) { try await project.run() }
        #expect(try project.table() == ["one": 1, "two": 2, "three": 1, "four": 1])
    }

    @Test("a table whose page the index does not lead to is damage, and no empty table")
    func lostPage() async throws {
        let project = try ToyProject(files)
        try await project.run()
        try project.close()
        // A flipped bit in the name of the table, in the index alone: SQLite finds no page of it any more.
        let path = project.folder + "/.colophon/state.sqlite"
        var bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
        let (index, name) = (UInt8(0x0A), Array("fold \(StepID(stage: "toy", name: "words").key)".utf8))
        let size = Int(bytes[16]) << 8 | Int(bytes[17])
        var flips = 0
        for page in stride(from: 0, to: bytes.count, by: size) where bytes[page] == index {
            for k in page...page + size - name.count where bytes[k..<k + name.count].elementsEqual(name) {
                bytes[k] ^= 1
                flips += 1
            }
        }
        try #require(flips > 0)
        try Data(bytes).write(to: URL(filePath: path))
        try project.restart()
        try project.write("c.txt", "two")
        await #expect(throws: StoreProblem.self) { try await project.run() }
    }

    @Test("after any series of changes the results are those of a run from nothing", arguments: 1...6)
    func oracle(seed: Int) async throws {
        var random = UInt64(seed)
        func next(_ bound: Int) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(random >> 33) % bound
        }
        let words = ["alpha", "beta", "gamma", "delta", "REFUSE", "Alpha", "epsilon"]
        func text() -> String { (0..<1 + next(4)).map { _ in words[next(words.count)] }.joined(separator: " ") }

        let project = try ToyProject(["d0.txt": "alpha beta"])
        var present: [String: String] = ["d0.txt": "alpha beta"]
        for _ in 0..<12 {
            for _ in 0..<1 + next(3) {
                let name = "d\(next(9)).txt"
                if present[name] != nil, next(3) == 0, present.count > 1 {
                    try project.remove(name)
                    present[name] = nil
                } else {
                    present[name] = text()
                    try project.write(name, present[name] ?? "")
                }
            }
            if next(4) == 0 { project.options["common"] = .integer(1 + next(3)) }
            if next(5) == 0 { try project.restart(withoutState: next(2) == 0) }
            try await project.run()
            let fresh = try ToyProject(present)
            fresh.options = project.options
            try await fresh.run()
            let (marks, table) = (try await fresh.marks(), try fresh.table())
            #expect(try await project.marks() == marks, "seed \(seed)")
            #expect(try project.table() == table, "seed \(seed)")
        }
    }
}

/// Carries the project into the one task that uses it while the test waits.
private struct UnsafeTransfer: @unchecked Sendable {
    let value: ToyProject
    init(_ value: ToyProject) { self.value = value }
}
