import StageKit
import TestSupport
import Testing
import Text

@Suite("Canonical bytes")
struct ByteCodecTests {
    private func written(_ body: (inout ByteWriter) -> Void) -> [UInt8] {
        var writer = ByteWriter()
        body(&writer)
        return writer.bytes
    }

    @Test(
        "unsigned numbers take seven bits a byte",
        arguments: [(0, 1), (127, 1), (128, 2), (16383, 2), (16384, 3), (UInt64.max, 10)] as [(UInt64, Int)])
    func unsigned(value: UInt64, width: Int) throws {
        let bytes = written { $0.write(value) }
        #expect(bytes.count == width)
        var reader = ByteReader(bytes)
        #expect(try reader.unsigned() == value)
        #expect(reader.isAtEnd)
    }

    @Test(
        "signed numbers of small size are short, whatever their sign",
        arguments: [(0, 1), (-1, 1), (63, 1), (-64, 1), (64, 2), (Int.min, 10), (Int.max, 10)])
    func signed(value: Int, width: Int) throws {
        let bytes = written { $0.write(value) }
        #expect(bytes.count == width)
        var reader = ByteReader(bytes)
        #expect(try reader.integer() == value)
    }

    @Test("a number that never ends is an error")
    func endless() {
        var reader = ByteReader(Array(repeating: 0x80, count: 20))
        #expect(throws: LayerError.self) { try reader.unsigned() }
    }

    @Test("numbers with a fraction keep every bit, and all zeros and all NaNs are one")
    func doubles() throws {
        for value in [0.1, -1e300, .infinity, .leastNonzeroMagnitude] {
            var reader = ByteReader(written { $0.write(value) })
            #expect(try reader.double() == value)
        }
        #expect(written { $0.write(-0.0) } == written { $0.write(0.0) })
        #expect(written { $0.write(-Double.nan) } == written { $0.write(Double.nan) })
    }

    @Test("a string that is no UTF-8 is an error")
    func strings() throws {
        var reader = ByteReader(written { $0.write("Šostak ☠️") })
        #expect(try reader.string() == "Šostak ☠️")
        var broken = ByteReader([2, 0xC3, 0x28])
        #expect(throws: LayerError.self) { try broken.string() }
    }

    @Test("a length beyond the bytes is an error, not an allocation")
    func lengths() {
        let bytes = written { $0.write(UInt64.max) }
        #expect(throws: LayerError.self) {
            var reader = ByteReader(bytes)
            _ = try reader.blob()
        }
        #expect(throws: LayerError.self) {
            var reader = ByteReader(bytes)
            _ = try reader.list { reader throws(LayerError) in try reader.byte() }
        }
    }

    @Test("spans that rise, repeat or fall back read as they were written")
    func spans() throws {
        let spans = [ByteSpan(0, 0), ByteSpan(5, 9), ByteSpan(5, 7), ByteSpan(2, 300), ByteSpan(100_000, 100_001)]
        var reader = ByteReader(written { $0.write(spans: spans) })
        #expect(try reader.spans() == spans)
        try reader.finish()
    }

    @Test("a span before the text or with its end before its start is an error")
    func badSpans() {
        for (start, length) in [(-1, 3), (4, -1), (Int.max, Int.max), (Int.min, 0)] {
            var reader = ByteReader(
                written {
                    $0.write(start)
                    $0.write(length)
                })
            var previous = 0
            #expect(throws: LayerError.self) { try reader.span(after: &previous) }
        }
    }

    @Test("bytes behind the end are an error")
    func tooMany() throws {
        var reader = ByteReader([1, 2])
        _ = try reader.byte()
        #expect(throws: LayerError("1 bytes too many")) { try reader.finish() }
    }
}
