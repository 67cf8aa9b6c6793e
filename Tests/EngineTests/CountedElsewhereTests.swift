import Engine
import StageKit
import TestSupport
import Testing

@testable import Store

@Suite("Tables of folds that tasks have counted")
struct CountedElsewhereTests {
    /// Forty documents: a portion of 32 and one of eight.
    private func project() throws -> ToyProject {
        try ToyProject(
            Dictionary(uniqueKeysWithValues: (10..<50).map { ("d\($0).txt", "all w\($0) v\($0 % 7)") }))
    }

    /// Counts everything twice, which shows in a table whose it is.
    private static let twice = ToyTasks { _, handed in
        var other = HandedResults()
        for document in handed.documents { other.add(document, WriteBatch()) }
        other.batch = handed.batch
        for portion in handed.tables {
            let entries = Packing.unpacked(portion.entries) ?? []
            let double = (try? EntryMerge.merged([entries, entries])) ?? []
            other.add(HandedTables.Portion(fold: portion.fold, key: portion.key, packed: Packing.packed(double)))
        }
        return other
    }

    /// The table as a project without tasks has it.
    private func expectSame(_ project: ToyProject, as other: ToyProject) async throws {
        #expect(try project.table() == other.table())
        #expect(try await project.marks() == other.marks())
    }

    @Test("a table gets what tasks have counted of whole portions, and the run logs what it logs without tasks")
    func whole() async throws {
        let (project, here) = (try project(), try project())
        project.tasks = ToyTasks()
        let (outcome, own) = (try await project.run(), try await here.run())
        try await expectSame(project, as: here)
        #expect(outcome.ran("toy.words") == own.ran("toy.words") && outcome.log.ranCount == own.log.ranCount)
        let counted = try self.project()
        counted.tasks = Self.twice
        try await counted.run()
        #expect(try counted.table() == here.table().mapValues { 2 * $0 })
    }

    @Test("where a part of a portion was there before, the run counts the portion itself")
    func half() async throws {
        let (project, here) = (try project(), try project())
        // Of the first portion nothing arrives, and the run ends in the middle of it.
        project.tasks = ToyTasks { number, handed in number == 0 ? handed : nil }
        try await project.run()
        try project.restart(withoutState: true)
        for k in 10..<20 { try project.write("d\(k).txt", "all of it is new \(k)") }
        for k in 10..<20 { try here.write("d\(k).txt", "all of it is new \(k)") }
        project.tasks = Self.twice
        try await project.run()
        try await here.run()
        try await expectSame(project, as: here)
    }

    @Test("an edit takes out what was counted elsewhere, and a pack that is lost is counted here")
    func edits() async throws {
        let (project, here) = (try project(), try project())
        project.tasks = ToyTasks { number, handed in number == 1 ? nil : handed }
        try await project.run()
        for (round, word) in ["one", "two", "three"].enumerated() {
            for each in [project, here] {
                for k in 10 + round..<46 { try each.write("d\(k).txt", "all \(word) w\(k + round)") }
                try each.remove("d\(49 - round).txt")
            }
            try await project.run()
            try await here.run()
            try await expectSame(project, as: here)
        }
    }
}
