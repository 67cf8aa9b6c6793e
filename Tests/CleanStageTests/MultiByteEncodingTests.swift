import StageKit
import Testing
import Text

@testable import CleanStage

@Suite("Encodings of East Asia")
struct MultiByteEncodingTests {
    struct Sample: Sendable {
        var encoding: String
        var text: String
        /// The text in the encoding, as another program than the C library has written it.
        var hexadecimal: String
        var bytes: [UInt8] { CleanStageTests.bytes(hexadecimal) }
    }

    static let samples = [
        Sample(
            encoding: "gb18030",
            text: "海港的墙昨天夜里倒塌了。委员会星期一开会，听取工程师的报告。没有人受伤，但是许多居民问为什么那条小路还开放。",
            hexadecimal:
                "baa3b8dbb5c4c7bdd7f2ccecd2b9c0efb5b9cbfac1cba1a3ceafd4b1bbe1d0c7c6dad2bbbfaabbe1a3acccfdc8a1b9a4"
                + "b3cccaa6b5c4b1a8b8e6a1a3c3bbd3d0c8cbcadcc9cba3acb5abcac7d0edb6e0bed3c3f1cecaceaacab2c3b4c4c7ccf5"
                + "d0a1c2b7bbb9bfaab7c5a1a3"),
        Sample(
            encoding: "big5",
            text: "海港的牆昨天夜裡倒塌了。委員會星期一開會，聽取工程師的報告。沒有人受傷，但是許多居民問為什麼那條小路還開放。",
            hexadecimal:
                "aefcb4e4aabac0f0ac51a4d1a95db8ccadcbb6f2a446a143a965adfbb77cac50b4c1a440b67db77ca141c5a5a8faa475"
                + "b57bae76aabab3f8a769a143a853a6b3a448a8fcb6cba141a6fdac4fb35ca668a97ea5c1b0ddacb0a4b0bbf2a8bab1f8"
                + "a470b8f4c1d9b67da9f1a143"),
        Sample(
            encoding: "shift_jis",
            text: "港の壁が昨夜崩れた。委員会は月曜日に集まり、技師の報告を聞いた。けが人はいなかったが、多くの住民は怒っている。",
            hexadecimal:
                "8d6082cc95c782aa8df096e995f682ea82bd814288cf88f589ef82cd8c8e976a93fa82c98f5782dc82e881418b5a8e74"
                + "82cc95f18d9082f095b782a282bd814282af82aa906c82cd82a282c882a982c182bd82aa814191bd82ad82cc8f5a96af"
                + "82cd937b82c182c482a282e98142"),
        Sample(
            encoding: "euc-jp",
            text: "港の壁が昨夜崩れた。委員会は月曜日に集まり、技師の報告を聞いた。けが人はいなかったが、多くの住民は怒っている。",
            hexadecimal:
                "b9c1a4cecac9a4acbaf2ccebcaf8a4eca4bfa1a3b0d1b0f7b2f1a4cfb7eecdcbc6fca4cbbdb8a4dea4eaa1a2b5bbbbd5"
                + "a4cecaf3b9f0a4f2cab9a4a4a4bfa1a3a4b1a4acbfcda4cfa4a4a4caa4aba4c3a4bfa4aca1a2c2bfa4afa4cebdbbccb1"
                + "a4cfc5dca4c3a4c6a4a4a4eba1a3"),
        Sample(
            encoding: "euc-kr",
            text: "항구의 벽이 어젯밤 무너졌다. 위원회는 월요일에 모여 기술자의 보고를 들었다. 다친 사람은 없었지만 주민들은 화가 났다.",
            hexadecimal:
                "c7d7b1b8c0c720baaec0cc20beeec1acb9e320b9abb3cac1b3b4d92e20c0a7bff8c8b8b4c220bff9bfe4c0cfbfa120b8"
                + "f0bfa920b1e2bcfac0dac0c720bab8b0edb8a620b5e9befab4d92e20b4d9c4a320bbe7b6f7c0ba20bef8befac1f6b8b8"
                + "20c1d6b9ceb5e9c0ba20c8adb0a120b3b5b4d92e"),
        Sample(
            encoding: "iso-2022-jp",
            text: "港の壁が昨夜崩れた。委員会は月曜日に集まり、技師の報告を聞いた。けが人はいなかったが、多くの住民は怒っている。",
            hexadecimal:
                "1b24423941244e4a49242c3a724c6b4a78246c243f2123305130773271244f376e4d4b467c244b3d38245e246a212235"
                + "3b3b55244e4a73397024724a392424243f21232431242c3f4d244f2424244a242b2443243f242c2122423f242f244e3d"
                + "3b4c31244f455c244324462424246b21231b2842"),
    ]

    @Test("text of which nothing says the encoding is told by its bytes and characters", arguments: samples)
    func told(sample: Sample) async throws {
        let cleaned = try await Cleaned([("a", sample.bytes)])
        #expect(try cleaned.text() == sample.text)
        #expect(try cleaned.metadata()["encoding"] == sample.encoding)
        #expect(try OriginCheck.problems(cleaned, source: sample.bytes).isEmpty)
    }

    @Test("a declared encoding is read, by a page, by the metadata file and by the pipeline", arguments: samples)
    func declared(sample: Sample) async throws {
        let page = Array("<html><head><meta charset=\(sample.encoding)></head><body><p>".utf8) + sample.bytes
        let read = try await Cleaned([("a", page)], format: .html)
        #expect(try read.text() == sample.text)
        #expect(try OriginCheck.problems(read, source: page).isEmpty)
        // too short to be told
        let bytes = sample.encoding == "iso-2022-jp" ? sample.bytes : Array(sample.bytes.prefix(8))
        let start = sample.encoding == "iso-2022-jp" ? sample.text : String(sample.text.prefix(4))
        let byRow = try await Cleaned([("a", bytes)], row: [MetadataField("encoding", sample.encoding.uppercased())])
        #expect(try byRow.text().hasPrefix(start.trimmingSuffix(".")))
        let byOption = try await Cleaned([("a", bytes)], options: ["encoding": .string(sample.encoding)])
        #expect(try byOption.text() == byRow.text())
    }

    @Test("a page that says it is of East Asia and is not is read as what it looks like")
    func wronglyDeclared() async throws {
        let text = "Le gardien a noté que la nuit était passée sans un bruit, déjà, là-bas."
        let body = try #require(CodePage.windows1252.encode("<p>" + text))
        let page = Array("<html><head><meta charset=gb2312></head><body>".utf8) + body
        #expect(try await Cleaned([("a", page)], format: .html).text() == text)
    }

    @Test("every code point of the text leads to its bytes", arguments: samples)
    func wayBack(sample: Sample) async throws {
        let source = sample.bytes
        let cleaned = try await Cleaned([("a", source)])
        let text = Array(try cleaned.text().utf8)
        let origin = try cleaned.origin()
        var k = 0
        var last = 0
        while k < text.count {
            let width = UTF8Decoding.width(lead: text[k])
            let span = origin.source(of: ByteSpan(k, k + width), in: text)
            #expect(span.count == (text[k] < 0x80 ? 1 : 2))
            #expect(span.start >= last)
            last = span.end
            k += width
        }
    }

    @Test(
        "characters of one, three and four bytes, and those that are two code points, are read",
        arguments: [
            ("gb18030", "€㐀😀é", "a2e38139ee399439fc36a8a6"),
            ("shift_jis", "ｶﾞ①～髙", "b6de87408160eee0"),
            ("euc-kr", "똠방각하", "8c63b9e6b0a2c7cf"),
            ("big5", "Ê̄碁銹", "8862f9d6f9d7"),
            ("euc-jp", "ｶﾞ丂", "8eb68ede8fb0a1"),
        ])
    func rare(encoding: String, text: String, hexadecimal: String) async throws {
        let source = Array("A: ".utf8) + bytes(hexadecimal) + Array(" b.".utf8)
        let cleaned = try await Cleaned([("a", source)], row: [MetadataField("encoding", encoding)])
        #expect(Array(try cleaned.text().utf8) == Array("A: \(text) b.".utf8))
        let origin = try cleaned.origin()
        let read = Array(try cleaned.text().utf8)
        let place = origin.source(of: ByteSpan(3, read.count - 3), in: read)
        #expect(Array(source[place.range]) == bytes(hexadecimal))
    }

    @Test("bytes that belong to no character are told and stand as a sign")
    func invalid() async throws {
        let source = Self.samples[0].bytes + [0xFF, 0x0A] + Self.samples[0].bytes + [0xBA]
        let cleaned = try await Cleaned([("a", source)])
        #expect(try cleaned.text().filter { $0 == "\u{FFFD}" }.count == 2)
        #expect(try cleaned.metadata()["notice"] == "2 bytes stand for nothing in gb18030 and were read as U+FFFD")
    }

    @Test(
        "a text of which too little is there to tell its encoding is refused, with those that fit",
        arguments: [("c4e3bac3", "gb18030"), ("c7d7b1b8c0c7", "euc-kr"), ("a4dfa4ca", "euc-jp")])
    func unclear(hexadecimal: String, encoding: String) async throws {
        let failure = try #require(try await Cleaned([("a", bytes(hexadecimal))]).failure())
        #expect(failure.code == "unclear-encoding")
        #expect(failure.summary.contains(encoding))
        #expect(failure.hint?.contains("option 'encoding'") == true)
    }

    @Test(
        "short texts in encodings of one byte are not taken for text of East Asia",
        arguments: [
            ("windows-1251", "Да"), ("windows-1251", "Привет"), ("koi8-r", "Порт закрыт"), ("windows-1253", "Λιμάνι"),
            ("windows-1252", "Größe"), ("windows-1252", "déjà vu, été"), ("windows-1250", "Żółw"),
            ("windows-1254", "Işık ağırdı"), ("windows-1255", "שלום לכולם"), ("windows-1256", "مرحبا"),
            ("windows-874", "ท่าเรือปิดแล้ว"), ("windows-1251", "МОСКВА"),
        ])
    func oneByte(page: String, text: String) async throws {
        let source = try #require(CodePage.known(page).encode(text))
        let cleaned = try await Cleaned([("a", source)])
        #expect(cleaned.failure() == nil)
        let encoding = try cleaned.metadata()["encoding"] ?? ""
        #expect(MultiByteEncoding.named(encoding) == nil, "\(encoding)")
    }

    @Test("a pipeline can't declare an encoding that can't be read")
    func unknownOption() async throws {
        await #expect(throws: OptionProblem.self) {
            _ = try await Cleaned([("a", [0x61])], options: ["encoding": .string("ebcdic-x")])
        }
    }

    @Test("the tables of the C library are those that results were checked with")
    func tables() throws {
        var digests: [String: String] = [:]
        for encoding in MultiByteEncoding.allCases where encoding != .iso2022JP {
            let table = try #require(encoding.table, "\(IconvTable.library) has no table for \(encoding.name)")
            var hash = StableHash()
            for lead in UInt8(0x81)...0xFE {
                for trail in UInt8(0x30)...0xFE {
                    let scalars = table.scalar(lead, trail).map { [$0] } ?? table.scalars([lead, trail])
                    for scalar in scalars { hash.combine(String(scalar, radix: 16).utf8) }
                    hash.combine(UInt8(0x2C))
                }
            }
            digests[encoding.name] = String(hash.value, radix: 16)
        }
        #expect(digests == Self.digests)
    }

    /// By glibc 2.36.
    private static let digests = [
        "gb18030": "80da7558c1393d1e", "big5": "1a173887c395f907", "shift_jis": "888af2bb0679e068",
        "euc-jp": "e299c3247072e917", "euc-kr": "30464bde9be96033",
    ]
}

/// The bytes that are written in hexadecimal.
private func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal.utf8).map { $0 <= 0x39 ? $0 - 0x30 : $0 - 0x61 + 10 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

extension String {
    fileprivate func trimmingSuffix(_ sign: Character) -> String { last == sign ? String(dropLast()) : self }
}
