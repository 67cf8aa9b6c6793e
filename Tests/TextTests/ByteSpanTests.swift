import Testing
import Text

@Suite("Spans of bytes")
struct ByteSpanTests {
    @Test("spans that only touch do not overlap")
    func touching() {
        #expect(!ByteSpan(0, 3).overlaps(ByteSpan(3, 5)))
        #expect(ByteSpan(0, 4).overlaps(ByteSpan(3, 5)))
        #expect(ByteSpan(3, 5).overlaps(ByteSpan(0, 4)))
    }

    @Test("a span contains itself and whatever lies inside")
    func containing() {
        #expect(ByteSpan(2, 6).contains(ByteSpan(2, 6)))
        #expect(ByteSpan(2, 6).contains(ByteSpan(4, 4)))
        #expect(!ByteSpan(2, 6).contains(ByteSpan(1, 3)))
        #expect(!ByteSpan(2, 6).contains(ByteSpan(5, 7)))
    }

    @Test("the union covers both spans and what lies between")
    func union() {
        #expect(ByteSpan(8, 9).union(ByteSpan(1, 2)) == ByteSpan(1, 9))
        #expect(ByteSpan(1, 9).union(ByteSpan(3, 4)) == ByteSpan(1, 9))
    }

    @Test("spans sort by start, the shorter first")
    func sorting() {
        let spans = [ByteSpan(3, 4), ByteSpan(1, 9), ByteSpan(1, 2)]
        #expect(spans.sorted() == [ByteSpan(1, 2), ByteSpan(1, 9), ByteSpan(3, 4)])
    }

    @Test("a span whose end lies before its start is empty")
    func empty() {
        #expect(ByteSpan(4, 2).isEmpty)
        #expect(ByteSpan(4, 4).isEmpty)
        #expect(!ByteSpan(4, 5).isEmpty)
    }
}
