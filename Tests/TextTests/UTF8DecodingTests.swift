import TestSupport
import Testing
import Text

@Suite("Reading scalars from bytes")
struct UTF8DecodingTests {
    @Test("reading forwards and backwards gives the scalars of the string")
    func scalars() {
        forSeeds(10) { random in
            let bytes = random.text(200)
            let expected = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
            var forwards: [Unicode.Scalar] = []
            var at = 0
            while at < bytes.count {
                let (scalar, width) = UTF8Decoding.scalar(in: bytes, at: at)
                forwards.append(scalar)
                at += width
            }
            var backwards: [Unicode.Scalar] = []
            while let (scalar, width) = UTF8Decoding.scalar(in: bytes, before: at) {
                backwards.append(scalar)
                at -= width
            }
            if forwards != expected { return "forwards differ" }
            return backwards.reversed() == expected ? nil : "backwards differ"
        }
    }

    @Test("bytes that are no UTF-8 give replacement characters, and never an end of the program")
    func invalid() {
        forSeeds(20) { random in
            let bytes = random.bytes(64)
            for k in bytes.indices where UTF8Decoding.scalar(in: bytes, at: k).width < 1 {
                return "no progress at \(k)"
            }
            for k in 1...bytes.count where UTF8Decoding.scalar(in: bytes, before: k) == nil {
                return "none before \(k)"
            }
            return nil
        }
        #expect(UTF8Decoding.scalar(in: [0xE2, 0x82], at: 0).scalar == "\u{FFFD}")
        #expect(UTF8Decoding.scalar(in: [0x82], at: 0).scalar == "\u{FFFD}")
    }

    @Test("a border stands before each scalar and at both ends, not inside")
    func boundaries() {
        let bytes = Array("aé€😀".utf8)
        let borders = (-1...bytes.count + 1).filter { UTF8Decoding.isBoundary($0, in: bytes) }
        #expect(borders == [0, 1, 3, 6, 10])
    }
}
