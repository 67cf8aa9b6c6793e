import TestSupport
import Testing
import Text

@Suite("Offsets in code points")
struct CodePointOffsetsTests {
    @Test("every border of a mixed text is counted as the string's scalars count it")
    func mixed() {
        forSeeds(10) { random in
            let text = random.text(700)
            let offsets = CodePointOffsets(text)
            var scalars = 0
            for offset in 0...text.count where UTF8Decoding.isBoundary(offset, in: text) {
                guard offsets.codePoints(before: offset) == scalars else { return "wrong at byte \(offset)" }
                scalars += 1
            }
            return offsets.count == scalars - 1 ? nil : "wrong in all: \(offsets.count)"
        }
    }

    @Test("in a text of ASCII bytes are code points")
    func ascii() {
        let offsets = CodePointOffsets(Array(repeating: 0x61, count: 1000))
        #expect(offsets.count == 1000)
        #expect(offsets.codePoints(before: 777) == 777)
    }

    @Test("an empty text has none, and an offset behind the end gives all")
    func borders() {
        #expect(CodePointOffsets([]).count == 0)
        #expect(CodePointOffsets([]).codePoints(before: 0) == 0)
        #expect(CodePointOffsets(Array("é".utf8)).codePoints(before: 99) == 1)
    }
}
