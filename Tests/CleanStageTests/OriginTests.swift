import StageKit
import Testing
import Text

@testable import CleanStage

/// A generator whose numbers are the same in every run (Steele, Lea and Flood 2014, SplitMix64).
struct Seeded {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(max(1, bound)))
    }
}

struct OriginTests {
    private static let pieces = [
        "The wall gave way on Saturday.", "Orle’s stall", "café au lait", "Işıkdere", "\n", "\n\n", "  ", "&amp;",
        "&#233;",
        "e\u{301}", "soft\u{AD}hyphen", "zero\u{200B}width", "ﬁsh", "* item", "> quoted", "# Heading", "who-\never",
        "<p>", "</p>", "<b>bold</b>", "<br>", "<li>one", "<table><tr><td>a<td>b</table>", "日本語", "🎉", "Share this",
        "By Ada Moreau", "\r\n", "\t", "price: €12", "İstanbul",
    ]

    /// The letters and digits of a text, in one normal form.
    private func letters(_ text: String) -> [Unicode.Scalar] {
        let form = NFC.normalized(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
        return form.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }

    @Test(
        "each byte of the text leads to the bytes that it came from",
        arguments: [DocumentFormat.text, .markdown, .html])
    func wayBack(format: DocumentFormat) async throws {
        var random = Seeded(state: 7)
        for _ in 0..<150 {
            var source = ""
            for _ in 0..<(2 + random.next(40)) {
                source += Self.pieces[random.next(Self.pieces.count)]
                if random.next(3) == 0 { source += " " }
            }
            let bytes = Array(source.utf8)
            let cleaned = try await Cleaned([("a", bytes)], format: format)
            guard cleaned.failure() == nil else { continue }
            let text = try #require(try cleaned.run.documents[0].layers.value(DocumentText.self)).bytes
            let origin = try cleaned.origin()
            #expect(origin.runs.reduce(0) { $0 + $1.length } == text.count)
            var at = 0
            for run in origin.runs {
                #expect(run.source.start >= 0 && run.source.end <= bytes.count)
                let said = text[at..<at + run.length]
                let written = bytes[run.source.range]
                if run.form == .verbatim {
                    #expect(said.elementsEqual(written))
                } else if !said.allSatisfy({ $0 <= 0x20 }) {
                    let decoded = TracedText(
                        bytes: Array(written),
                        runs: [.init(length: written.count, source: ByteSpan(0, written.count), form: .verbatim)])
                    let read = CharacterRepair.repaired(decoded, references: true).bytes
                    #expect(
                        letters(String(decoding: read, as: UTF8.self)) == letters(String(decoding: said, as: UTF8.self))
                    )
                }
                at += run.length
            }
        }
    }

    private static let words = "First line, plain and long enough.\n\nDas Café in Österreich – “so” hieß es – ist zu."

    @Test("in Windows-1252 a span leads to the bytes of its characters")
    func windows1252() async throws {
        try await follow(try #require(CodePage.windows1252.encode(Self.words))) { CodePage.windows1252.decode($0) }
    }

    @Test("in UTF-16 a span leads to the bytes of its characters")
    func utf16() async throws {
        var source: [UInt8] = [0xFF, 0xFE]
        for unit in Self.words.utf16 { source += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        try await follow(source) { bytes in
            let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map {
                UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
            }
            return String(decoding: units, as: UTF16.self)
        }
    }

    private func follow(_ source: [UInt8], _ decode: (ArraySlice<UInt8>) -> String) async throws {
        let cleaned = try await Cleaned([("a", source)])
        let text = Array(try cleaned.text().utf8)
        let origin = try cleaned.origin()
        for word in ["Café", "Österreich", "“so”", "zu"] {
            let needle = Array(word.utf8)
            let start = try #require(text.indices.first { text[$0...].starts(with: needle) })
            let found = origin.source(of: ByteSpan(start, start + needle.count), in: text)
            #expect(decode(source[found.range]) == word)
        }
    }

    private static let changes: [(written: String, read: String)] = [
        ("caf&eacute;", "café"), ("&#8220;yes&#x201D;", "“yes”"), ("e\u{301}t\u{E9}", "été"),
        ("soft\u{AD}hyphen", "softhyphen"),
        ("zero\u{200B}width", "zerowidth"), ("bell\u{7}s", "bells"), ("\u{FB01}sh", "fish"), ("theyâ€™re", "they’re"),
        ("plain", "plain"), ("Tom &amp; Ada", "Tom & Ada"), ("日本語", "日本語"),
    ]

    @Test(
        "a word that was repaired leads to what was written, whatever stands around it",
        arguments: [DocumentFormat.text, .markdown, .html])
    func repairs(format: DocumentFormat) async throws {
        var random = Seeded(state: 11)
        for _ in 0..<40 {
            let order = (0..<12).map { _ in Self.changes[random.next(Self.changes.count)] }
            let ends = ["\n\n", "\r\n\r\n", "\r\r", " "]
            let lines = order.map { "word \($0.written) stands here" }
            let source = Array(lines.joined(separator: ends[random.next(ends.count)]).utf8)
            let cleaned = try await Cleaned([("a", source)], format: format)
            let text = Array(try cleaned.text().utf8)
            let origin = try cleaned.origin()
            var (at, from) = (0, 0)
            for change in order {
                let said = try #require(
                    text.indices.dropFirst(at).first { text[$0...].starts(with: "word \(change.read) ".utf8) })
                let written = try #require(
                    source.indices.dropFirst(from).first { source[$0...].starts(with: "word \(change.written) ".utf8) })
                let span = ByteSpan(said + 5, said + 5 + change.read.utf8.count)
                let bytes = source[origin.source(of: span, in: text).range]
                #expect(bytes.elementsEqual(change.written.utf8), "\(change) in \(format)")
                (at, from) = (said + 1, written + 1)
            }
            #expect(try OriginCheck.problems(cleaned, source: source) == [])
        }
    }

    @Test("layers read back as they were written")
    func roundTrip() async throws {
        let cleaned = try await Cleaned(
            "A headline for a story\n\nBy Ada Moreau\n\nThe café closed. It was late.\n\nShare this")
        let page = try #require(try cleaned.run.documents[0].layers.value(Page.self))
        #expect(try Page(encoded: page.encoded) == page)
    }
}
