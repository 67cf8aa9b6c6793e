import Foundation
import StageKit
import TestSupport
import Testing

@testable import Store

@Suite("Sorted lists that wait to be added to a table")
struct EntryPileTests {
    @Test("a pile that holds little in memory gives what one gives that holds all, and leaves no file behind")
    func spilling() throws {
        let project = try TemporaryProject()
        let state = try StateDatabase(path: project.path("state/a.sqlite"))
        let before = try FileManager.default.contentsOfDirectory(atPath: project.path("state")).sorted()
        var random = SplitMix64(seed: 3)
        let (small, large) = (EntryPile(of: state, most: 2000), EntryPile(of: state))
        for _ in 0..<200 {
            let entries = (0..<random.below(60)).map { _ in
                SummaryEntry(FoldKey("key \(random.below(900))"), random.bytes(random.below(40)), random.below(5) - 2)
            }
            try small.add([Summary(entries).encoded])
            try large.add([Summary(entries).encoded])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: project.path("state")).sorted() == before)
        #expect(!small.isEmpty && !large.isEmpty)
        let (few, many) = (small.take(), large.take())
        #expect(few.count < many.count)
        #expect(try list(few) == list(many))
        #expect(small.isEmpty && small.take().isEmpty)
    }

    private func list(_ runs: [EntryMerge.Run]) throws -> [UInt8] {
        let merge = try EntryMerge(runs: runs)
        var writer = EntryWriter()
        while try merge.next() { writer.append(merge.entry) }
        return writer.bytes
    }
}
