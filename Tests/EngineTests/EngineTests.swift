import Engine
import Foundation
import Model
import StageKit
import Store
import TestSupport
import Testing

@Suite("The engine runs what changed and nothing else")
struct EngineTests {
    private let files = ["a.txt": "one two", "b.txt": "Two three", "c.txt": "four"]

    @Test("a first run runs every step over every document")
    func firstRun() async throws {
        let project = try ToyProject(files)
        let outcome = try await project.run()
        for step: StepID in ["toy.read", "toy.words", "toy.marks"] {
            #expect(outcome.ran(step) == ["a.txt", "b.txt", "c.txt"])
        }
        #expect(outcome.log.steps["toy.read"]?.ran.first?.causes == [.new])
        #expect(try await project.marks() == ["a.txt": "two", "b.txt": "two", "c.txt": ""])
        #expect(try project.table() == ["one": 1, "two": 2, "three": 1, "four": 1])
    }

    @Test("a second run over the same corpus runs nothing")
    func secondRun() async throws {
        let project = try ToyProject(files)
        try await project.run()
        let outcome = try await project.run()
        #expect(outcome.log.ranCount == 0)
        #expect(outcome.changed.isEmpty && outcome.removed.isEmpty)
        #expect(outcome.movedRows["toy.words"]?.count == 0)
    }

    @Test("an edit runs that document's steps, moves its rows, and joins again only who asked for a moved decision")
    func edit() async throws {
        let project = try ToyProject(files)
        try await project.run()
        try project.write("c.txt", "three five")
        let outcome = try await project.run()
        #expect(outcome.ran("toy.read") == ["c.txt"])
        #expect(outcome.ran("toy.words") == ["c.txt"])
        #expect(outcome.log.rowsMoved["toy.words"] == 3)
        #expect(outcome.log.decisionsMoved["toy.common"] == 1)
        #expect(outcome.ran("toy.marks") == ["b.txt", "c.txt"])
        #expect(outcome.log.steps["toy.marks"]?.ran.map(\.causes) == [[.decision], [.layer("text"), .decision]])
        #expect(try await project.marks() == ["a.txt": "two", "b.txt": "three two", "c.txt": "three"])
        #expect(try project.table() == ["one": 1, "two": 2, "three": 2, "five": 1])
    }

    @Test("an edit that a step undoes runs nothing behind that step")
    func earlyCutOff() async throws {
        let project = try ToyProject(files)
        try await project.run()
        try project.write("a.txt", "ONE two")
        let outcome = try await project.run()
        #expect(outcome.ran("toy.read") == ["a.txt"])
        #expect(outcome.ran("toy.words").isEmpty && outcome.ran("toy.marks").isEmpty)
    }

    @Test("a renamed document reuses every cached result")
    func rename() async throws {
        let project = try ToyProject(files)
        try await project.run()
        try project.rename("a.txt", to: "z.txt")
        let outcome = try await project.run()
        #expect(outcome.log.ranCount == 0)
        #expect(outcome.removed == ["corpus/a.txt"] && outcome.changed == ["corpus/z.txt"])
        #expect(try await project.marks() == ["b.txt": "two", "c.txt": "", "z.txt": "two"])
    }

    @Test("a removed document leaves no trace in tables, decisions and other documents")
    func removal() async throws {
        let project = try ToyProject(files)
        try await project.run()
        try project.remove("a.txt")
        let outcome = try await project.run()
        #expect(outcome.ran("toy.read").isEmpty)
        #expect(outcome.ran("toy.marks") == ["b.txt"])
        #expect(try project.table() == ["two": 1, "three": 1, "four": 1])
        #expect(try await project.marks() == ["b.txt": "", "c.txt": ""])
    }

    @Test("an option runs only the steps that read it")
    func option() async throws {
        let project = try ToyProject(files)
        try await project.run()
        project.options = ["common": .integer(1)]
        let outcome = try await project.run()
        #expect(outcome.ran("toy.read").isEmpty && outcome.ran("toy.words").isEmpty)
        #expect(outcome.ran("toy.marks") == ["a.txt", "b.txt", "c.txt"])
        #expect(try await project.marks() == ["a.txt": "one two", "b.txt": "three two", "c.txt": "four"])
        #expect(outcome.log.finishCauses == ["toy.common": [.option("common")]])

        project.options["read"] = .string("x")
        let second = try await project.run()
        #expect(second.log.steps["toy.read"]?.ran.map(\.causes) == Array(repeating: [.option("read")], count: 3))
        #expect(second.ran("toy.marks").isEmpty)
    }

    @Test("a document that a step refuses is left out, and comes back when it is mended")
    func refusal() async throws {
        let project = try ToyProject(files)
        try await project.run()
        try project.write("a.txt", "two REFUSE")
        let outcome = try await project.run()
        #expect(outcome.leftOut.map(\.id) == ["corpus/a.txt"])
        #expect(outcome.leftOut.first?.failure.code == "refused")
        #expect(try await project.marks() == ["b.txt": "", "c.txt": ""])
        #expect(try project.table() == ["two": 1, "three": 1, "four": 1])

        let again = try await project.run()
        #expect(again.log.ranCount == 0 && again.leftOut == outcome.leftOut)

        try project.write("a.txt", "one two")
        let mended = try await project.run()
        #expect(mended.leftOut.isEmpty)
        #expect(try await project.marks() == ["a.txt": "two", "b.txt": "two", "c.txt": ""])
    }

    @Test("one job and eight give the same tables and results")
    func jobs() async throws {
        let many = Dictionary(uniqueKeysWithValues: (0..<200).map { ("d\($0).txt", "w\($0 % 7) w\($0 % 11) v\($0)") })
        var results: [[String: String]] = []
        var tables: [[String: Int]] = []
        for jobs in [1, 8] {
            let project = try ToyProject(many)
            project.jobs = jobs
            try await project.run()
            results.append(try await project.marks())
            tables.append(try project.table())
        }
        #expect(results[0] == results[1] && tables[0] == tables[1])
        #expect(results[0].count == 200)
    }

    @Test("what a plan says will run is what the run then runs")
    func prediction() async throws {
        let project = try ToyProject(files)
        try await project.run()
        try project.write("c.txt", "three five")
        try project.remove("a.txt")
        let prediction = try await project.predict()
        #expect(prediction.edited == ["corpus/c.txt"] && prediction.removed == ["corpus/a.txt"])
        #expect(prediction.steps["toy.read"]?.certain.map(\.document) == ["corpus/c.txt"])
        #expect(prediction.steps["toy.words"]?.possible == ["corpus/c.txt"])
        #expect(try await project.run().ran("toy.read") == ["c.txt"])
    }
}
