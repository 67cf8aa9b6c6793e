import Testing
import Text

@Suite("The stable hash")
struct StableHashTests {
    // Computed by another program, from the papers: FNV-1a of 64 bits, then the finalizer of MurmurHash3.
    @Test(
        "the value of known bytes never changes",
        arguments: [
            ("", 0xEFD0_1F60_BA99_2926), ("harbour", 0x1B75_49D8_D75B_9068), ("Ünïcode – 墙", 0x78E7_9D42_1835_D29F),
        ] as [(String, UInt64)])
    func known(text: String, value: UInt64) { #expect(StableHash.of(text.utf8) == value) }

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
