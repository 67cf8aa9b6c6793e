import StageKit
import Testing

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
            #expect(throws: LayerError.self) { try Summary(encoded: Array(bytes[..<k])) }
            var other = bytes
            other[k] ^= 0xFF
            _ = try? Summary(encoded: other)
        }
    }
}
