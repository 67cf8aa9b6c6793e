import TestSupport
import Testing

@testable import StageKit

@Suite struct SummaryTests {
    @Test("a summary reads back from its bytes")
    func roundTrip() throws {
        let summary = Summary([
            SummaryEntry(FoldKey("terms", "wall"), Array("documents".utf8)),
            SummaryEntry(FoldKey("terms", "wall"), Array("repeats".utf8), -3),
            SummaryEntry(FoldKey("terms", "walls")), SummaryEntry(FoldKey(""), [0, 255], Int.max),
        ])
        #expect(try Summary(encoded: summary.encoded) == summary)
    }

    @Test("cut or damaged bytes of a summary are an error or another summary, never a crash")
    func damaged() {
        let bytes = Summary([SummaryEntry(FoldKey("terms", "wall")), SummaryEntry(FoldKey("terms", "way"))]).encoded
        for k in bytes.indices {
            let cut = try? Summary(encoded: Array(bytes[..<k]))
            #expect(cut == nil || cut?.entries.count ?? 0 < 2)
            var other = bytes
            other[k] ^= 0xFF
            _ = try? Summary(encoded: other)
        }
    }

    @Test("lists that are merged are one list, counts added up, nothing kept that adds up to nothing")
    func merge() {
        forSeeds(40) { random in
            var all: [SummaryEntry] = []
            let runs = (0..<random.below(12)).map { _ in
                let entries = (0..<random.below(20)).map { _ in
                    SummaryEntry(
                        FoldKey("k\(random.below(5))"), random.bytes(random.below(3)).map { $0 & 3 },
                        random.below(5) - 2)
                }
                all += entries
                return Summary(entries).encoded
            }
            guard (try? EntryMerge.merged(runs)) == Summary(all).encoded else { return "the sum is another" }
            guard let merged = try? EntryMerge.merged(runs), let negated = try? EntryMerge.negated(merged) else {
                return "a list can't be read"
            }
            return (try? EntryMerge.merged([merged, negated])) == [] ? nil : "something is left"
        }
    }
}
