import StageKit
import Testing

@testable import CleanStage

struct EncodingTests {
    private let words = "Le café était fermé – “c’est tout” – et personne n’a dit pourquoi."

    @Test("UTF-16 with and without a mark is read, in both orders")
    func utf16() async throws {
        for (mark, high) in [([0xFF, 0xFE], 1), ([0xFE, 0xFF], 0), ([], 1), ([], 0)] as [([UInt8], Int)] {
            let units = words.utf16.flatMap { unit -> [UInt8] in
                let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                return high == 1 ? bytes.reversed() : bytes
            }
            let cleaned = try await Cleaned([("a", mark + units)])
            #expect(try cleaned.text() == words)
        }
    }

    @Test("a file that is no UTF-8 is read as Windows-1252, and says so")
    func windows1252() async throws {
        let bytes = words.unicodeScalars.compactMap(Windows1252.byte)
        let cleaned = try await Cleaned([("a", bytes)])
        #expect(try cleaned.text() == words)
        #expect(try cleaned.metadata()["encoding"] == "windows-1252")
    }

    @Test("stray bytes in UTF-8 are read as Windows-1252, and noticed")
    func strayBytes() async throws {
        let cleaned = try await Cleaned([("a", Array("Café, naïve, coöperate: caf".utf8) + [0xE9, 0x2E])])
        #expect(try cleaned.text() == "Café, naïve, coöperate: café.")
        #expect(try cleaned.metadata()["notice"] != nil)
    }

    @Test("a byte order mark is no text")
    func byteOrderMark() async throws {
        let cleaned = try await Cleaned([("a", [0xEF, 0xBB, 0xBF] + Array("Ok then.".utf8))])
        #expect(try cleaned.text() == "Ok then.")
    }

    @Test("empty, binary and blank files are failures, each of its kind")
    func failures() async throws {
        let cleaned = try await Cleaned([
            ("a", []), ("b", (0..<400).map { UInt8(truncatingIfNeeded: $0 * 7) }), ("c", Array(" \n\n\t".utf8)),
        ])
        #expect(cleaned.failure(0)?.code == "empty-file")
        #expect(cleaned.failure(1)?.code == "binary-file")
        #expect(cleaned.failure(2)?.code == "no-text")
    }

    @Test("a few NUL characters are left out")
    func zeros() async throws {
        let cleaned = try await Cleaned("A line of text with a s\0lip in it.")
        #expect(try cleaned.text() == "A line of text with a slip in it.")
    }
}
