import Testing
import Text

@Suite("The stable hash")
struct StableHashTests {
    @Test("the value of known bytes never changes")
    func known() {
        #expect(StableHash.of([]) == StableHash().value)
        #expect(StableHash.of(Array("harbour".utf8)) == StableHash.of(Array("harbour".utf8)))
        #expect(StableHash.of(Array("harbour".utf8)) != StableHash.of(Array("harbor".utf8)))
    }

    @Test("an integer counts as its eight bytes, low ones first")
    func integers() {
        var number = StableHash()
        number.combine(UInt64(0x0102_0304_0506_0708))
        #expect(number.value == StableHash.of([8, 7, 6, 5, 4, 3, 2, 1]))
    }

    @Test("neighbouring inputs spread over all bits")
    func spread() {
        let values = (0..<256).map { StableHash.of([UInt8($0)]) }
        #expect(Set(values).count == 256)
        #expect(Set(values.map { $0 >> 56 }).count > 140)
        #expect(Set(values.map { $0 & 0xFF }).count > 140)
    }
}
