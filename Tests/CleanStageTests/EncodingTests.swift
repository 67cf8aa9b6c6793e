import StageKit
import Testing
import Text

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
        let bytes = try #require(CodePage.windows1252.encode(words))
        let cleaned = try await Cleaned([("a", bytes)])
        #expect(try cleaned.text() == words)
        #expect(try cleaned.metadata()["encoding"] == "windows-1252")
    }

    private static let samples: [(page: String, text: String)] = [
        ("windows-1250", "Wieża ratuszowa była zamknięta, bo ktoś zgubił klucze. Więcej nikt nie powiedział."),
        ("iso-8859-2", "Wieża ratuszowa była zamknięta, bo ktoś zgubił klucze. Śnieg leżał na ścieżce."),
        ("windows-1250", "Příliš dlouhá řeč starosty skončila až večer, když už nikdo neposlouchal."),
        ("windows-1250", "A régi torony ajtaja zárva volt, ezért az őr egész éjjel a küszöbön ült és fázott."),
        ("windows-1251", "Смотритель маяка записал в журнал, что ночь прошла спокойно и кораблей не было."),
        ("koi8-r", "Смотритель маяка записал в журнал, что ночь прошла спокойно и кораблей не было."),
        ("koi8-u", "Доглядач маяка записав у журнал, що ніч минула спокійно і жодного корабля не було."),
        ("iso-8859-5", "Смотритель маяка записал в журнал, что ночь прошла спокойно и кораблей не было."),
        ("x-mac-cyrillic", "Смотритель маяка записал в журнал, что ночь прошла спокойно и кораблей не было."),
        ("ibm866", "Смотритель маяка записал в журнал, что ночь прошла спокойно и кораблей не было."),
        ("windows-1253", "Ο φύλακας του φάρου έγραψε στο ημερολόγιο ότι η νύχτα πέρασε ήσυχα."),
        (
            "windows-1254",
            "Fener bekçisi deftere gecenin sessiz geçtiğini yazdı; hiçbir gemi görünmemişti, ışık sönmedi."
        ),
        ("windows-1255", "שומר המגדלור כתב ביומן שהלילה עבר בשקט ושום ספינה לא נראתה"),
        ("windows-1256", "كتب حارس المنارة في الدفتر أن الليلة مرت بهدوء ولم تظهر أي سفينة"),
        ("windows-1257", "Švyturio prižiūrėtojas užrašė žurnale, kad naktis praėjo ramiai ir jokių laivų nebuvo."),
        ("macintosh", "Le gardien a noté que la nuit était passée sans un bruit – “pas même une mouette”, l’été déjà."),
        ("windows-1252", "Le gardien a noté que la nuit était passée sans un bruit – “pas même une mouette”."),
        ("windows-1252", "Der Wärter schrieb, die Nacht sei ruhig gewesen; über die Brücke fuhr niemand."),
        ("windows-1252", "It wasn’t the gulls that didn’t sleep. “Nobody does,” she said."),
        ("windows-1252", "El farero anotó que la noche había pasado sin ningún ruido. ¿Quién lo creería?"),
    ]

    @Test("an encoding of one byte a character is told from its letters", arguments: samples)
    func guessed(page: String, text: String) async throws {
        let bytes = try #require(CodePage.known(page).encode(text))
        let cleaned = try await Cleaned([("a", bytes)])
        #expect(try cleaned.text() == text)
        #expect(try cleaned.metadata()["encoding"] == page)
    }

    @Test(
        "a page is read in the encoding that it declares",
        arguments: [
            "<html><head><meta charset=\"#\">", "<head><META CHARSET = '#' >",
            "<html><head><!-- charset=utf-8 --><meta http-equiv=Content-Type content=\"text/html; charset=#\">",
            "<?xml version=\"1.0\" encoding=\"#\"?><html><head>",
        ])
    func declared(head: String) async throws {
        for (page, text) in Self.samples {
            let parts = head.split(separator: "#").map { Array($0.utf8) }
            let body = try #require(CodePage.known(page).encode("</head><body><p>" + text + "</p>"))
            let bytes = parts[0] + Array(page.utf8) + parts[1] + body
            #expect(try await Cleaned([("a", bytes)], format: .html).text() == text)
        }
    }

    @Test(
        "other names of an encoding are understood", arguments: [("latin1", "é"), ("ISO-8859-9", "ğ"), ("CP1251", "ж")])
    func labels(label: String, letter: String) async throws {
        let page = try #require(CodePage.named(label.lowercased()))
        let letters = try #require(page.encode("<p>Letters: " + letter + letter))
        let bytes = Array("<meta charset=\(label)>".utf8) + letters
        #expect(try await Cleaned([("a", bytes)], format: .html).text() == "Letters: " + letter + letter)
    }

    @Test("a page that declares one encoding and is in UTF-8 is read as UTF-8")
    func wronglyDeclared() async throws {
        let text = try await Cleaned("<meta charset=windows-1251><p>“\(words)”</p>", format: .html).text()
        #expect(text == "“\(words)”")
    }

    @Test("a page in an encoding that can't be read is refused, and the message says which")
    func unreadable() async throws {
        let bytes = Array("<meta charset=X-Mac-Hebrew><p>".utf8) + Array(repeating: [0x93, 0xFA], count: 20).joined()
        let failure = try #require(try await Cleaned([("a", bytes)], format: .html).failure())
        #expect(failure.code == "unknown-encoding")
        #expect(failure.summary.contains("x-mac-hebrew"))
    }

    @Test("UTF-16 without a mark is told in other scripts too", arguments: samples.filter { $0.page != "macintosh" })
    func wideScripts(page: String, text: String) async throws {
        for high in [0, 1] {
            let bytes = text.utf16.flatMap { unit -> [UInt8] in
                let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                return high == 1 ? bytes.reversed() : bytes
            }
            #expect(try await Cleaned([("a", bytes)]).text() == text)
        }
    }

    @Test("in every encoding a span leads to the bytes of its characters", arguments: samples)
    func wayBack(page: String, text: String) async throws {
        let codePage = CodePage.known(page)
        let cleaned = try await Cleaned([("a", try #require(codePage.encode(text)))])
        let bytes = Array(text.utf8)
        let origin = try cleaned.origin()
        let source = try #require(codePage.encode(text))
        for span in bytes.words {
            #expect(
                codePage.decode(source[origin.source(of: span, in: bytes).range]) == UTF8Decoding.string(bytes, span))
        }
    }

    @Test("stray bytes in UTF-8 are read as Windows-1252, and noticed")
    func strayBytes() async throws {
        let cleaned = try await Cleaned([("a", Array("Café, naïve, coöperate: caf".utf8) + [0xE9, 0x2E])])
        #expect(try cleaned.text() == "Café, naïve, coöperate: café.")
        #expect(try cleaned.metadata()["notice"] != nil)
    }

    @Test(
        "UTF-8 that was cut inside a character is UTF-8",
        arguments: [
            ("It fell near the café. Nobody was at the caf", [0xC3], ""), ("Ç’est tout, déj", [0xC3], ""),
            ("Ein schöner Gruß ", [0xF0, 0x9F, 0x98], ""), ("So viel für 5 ", [0xE2, 0x82], ""),
            ("", [0xA9], " and a café, far from here"), ("", [0x9F, 0x98, 0x80], " and a café, far from here"),
            ("", [0x82, 0xAC], " für 5 Stück"),
        ] as [(String, [UInt8], String)])
    func cut(before: String, cut: [UInt8], after: String) async throws {
        let source = Array(before.utf8) + cut + Array(after.utf8)
        let cleaned = try await Cleaned([("a", source)])
        let text = Array(try cleaned.text().utf8)
        #expect(String(decoding: text, as: UTF8.self) == before + "\u{FFFD}" + after)
        let place = try cleaned.origin().source(of: ByteSpan(before.utf8.count, before.utf8.count + 3), in: text)
        #expect(Array(source[place.range]) == cut)
        #expect(try cleaned.metadata()["notice"] != nil)
        #expect(try cleaned.metadata()["encoding"] == nil)
    }

    @Test("a letter of Latin-1 at the end is no cut character", arguments: ["Voilà le café", "Nous étions à l’été"])
    func latinEnd(text: String) async throws {
        let source = try #require(CodePage.windows1252.encode(text))
        #expect(try await Cleaned([("a", source)]).text() == text)
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

extension [UInt8] {
    /// The stretches without white space.
    fileprivate var words: [ByteSpan] {
        var words: [ByteSpan] = []
        var start = 0
        for k in 0...count where k == count || self[k] <= 0x20 {
            if k > start { words.append(ByteSpan(start, k)) }
            start = k + 1
        }
        return words
    }
}
