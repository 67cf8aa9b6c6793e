import StageKit
import TestSupport
import Testing
import Text

@Suite("The way back to the source")
struct OriginTests {
    /// `Tür €5 – ok`, read from a file with a mark of two bytes before it.
    private let text = Array("Tür €5 – ok".utf8)

    private func source(_ origin: Origin, of word: String) -> ByteSpan? {
        let bytes = Array(word.utf8)
        guard let start = (0...text.count - bytes.count).first(where: { text[$0...].starts(with: bytes) }) else {
            return nil
        }
        return origin.source(of: ByteSpan(start, start + bytes.count), in: text)
    }

    @Test("verbatim runs shift bytes")
    func verbatim() {
        let origin = Origin([.init(length: text.count, source: ByteSpan(2, 2 + text.count), form: .verbatim)])
        #expect(source(origin, of: "Tür") == ByteSpan(2, 6))
        #expect(source(origin, of: "ok") == ByteSpan(2 + text.count - 2, 2 + text.count))
    }

    @Test("in an encoding of one byte each, code points count")
    func oneByteEach() {
        let origin = Origin([.init(length: text.count, source: ByteSpan(2, 13), form: .oneByteEach)])
        #expect(source(origin, of: "Tür") == ByteSpan(2, 5))
        #expect(source(origin, of: "€") == ByteSpan(6, 7))
        #expect(source(origin, of: "ok") == ByteSpan(11, 13))
    }

    @Test("in UTF-16 each code point has two bytes")
    func twoBytesEach() {
        let origin = Origin([.init(length: text.count, source: ByteSpan(2, 24), form: .twoBytesEach)])
        #expect(source(origin, of: "Tür") == ByteSpan(2, 8))
        #expect(source(origin, of: "€5") == ByteSpan(10, 14))
        #expect(source(origin, of: "ok") == ByteSpan(20, 24))
    }

    @Test("any part of a whole run leads to all of its source")
    func whole() {
        let origin = Origin([
            .init(length: 5, source: ByteSpan(0, 5), form: .verbatim),
            // an entity: &euro;
            .init(length: 3, source: ByteSpan(5, 11), form: .whole),
            .init(length: text.count - 8, source: ByteSpan(11, 11 + text.count - 8), form: .verbatim),
        ])
        #expect(source(origin, of: "€") == ByteSpan(5, 11))
        #expect(source(origin, of: "€5") == ByteSpan(5, 12))
        #expect(origin.source(of: ByteSpan(6, 7), in: text) == ByteSpan(5, 11))
        #expect(source(origin, of: "Tür €") == ByteSpan(0, 11))
    }

    @Test("an empty span leads to an empty place, and a map without runs to the beginning")
    func empty() {
        let origin = Origin([.init(length: text.count, source: ByteSpan(2, 2 + text.count), form: .verbatim)])
        #expect(origin.source(of: ByteSpan(5, 5), in: text) == ByteSpan(7, 7))
        #expect(origin.source(of: ByteSpan(text.count, text.count), in: text).isEmpty)
        #expect(Origin([]).source(of: ByteSpan(0, 0), in: []) == ByteSpan(0, 0))
    }

    @Test("a map reads as it was written, and runs of absurd length are an error")
    func codec() throws {
        let origin = Origin([
            .init(length: 3, source: ByteSpan(9, 12), form: .verbatim),
            .init(length: 1, source: ByteSpan(2, 4), form: .whole),
            .init(length: 4, source: ByteSpan(4, 8), form: .twoBytesEach),
        ])
        #expect(try Origin(encoded: origin.encoded) == origin)
        var writer = ByteWriter()
        writer.write(list: [1, 2, 3]) { writer, _ in
            writer.write(UInt64.max - 1)
            writer.write(0)
            writer.write(1)
        }
        #expect(throws: LayerError.self) { try Origin(encoded: writer.bytes) }
    }
}
