import StageKit
import Text

/// How the bytes of a file stand for characters.
enum Encoding: Equatable {
    case utf8
    case utf16LittleEndian
    case utf16BigEndian
    /// UTF-8 in which some bytes are Windows-1252's.
    case utf8WithStrayBytes
    /// UTF-8 that begins or ends inside a character.
    case cutUTF8
    /// One byte a character.
    case codePage(CodePage)
    /// Mostly two bytes a character.
    case multiByte(MultiByteEncoding)

    /// The name in metadata.
    var label: String {
        switch self {
        case .utf8, .cutUTF8: "utf-8"
        case .utf16LittleEndian: "utf-16le"
        case .utf16BigEndian: "utf-16be"
        case .utf8WithStrayBytes: "utf-8 with windows-1252 bytes"
        case .codePage(let page): page.name
        case .multiByte(let encoding): encoding.name
        }
    }

    /// The encoding of a name that a file or its metadata declares; nil for one that is not known.
    static func named(_ label: String) -> Encoding? {
        let label = label.lowercased()
        switch label {
        case "utf-8", "utf8": return .utf8
        case "utf-16le", "utf-16": return .utf16LittleEndian
        case "utf-16be": return .utf16BigEndian
        default: break
        }
        return CodePage.named(label).map(Encoding.codePage) ?? MultiByteEncoding.named(label).map(Encoding.multiByte)
    }

    /// The encoding of `bytes` and the length of its byte order mark: what the mark says; what is `declared` for the
    /// document, with who says so; UTF-16 and UTF-8, which nothing else looks like; what the file declares; what the pipeline declares for
    /// files that say nothing; what its characters look like.
    static func detect(
        _ bytes: [UInt8], isPage: Bool, declared label: (name: String, by: String)? = nil, pipeline: String? = nil
    ) throws(StageFailure) -> (encoding: Encoding, mark: Int) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return (UTF8Scan(bytes, from: 3).bad == 0 ? .utf8 : .utf8WithStrayBytes, 3)
        }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        let scan = UTF8Scan(bytes, from: 0)
        if let label, let declared = try declared(label.name, by: label.by) {
            if declared != .utf8 { return (declared, 0) }
            return (scan.bad == 0 ? .utf8 : scan.isCut ? .cutUTF8 : .utf8WithStrayBytes, 0)
        }
        if let wide = WideText.order(bytes) { return (wide, 0) }
        if scan.bad == 0 { return (MultiByteDecoder.isEscaped(bytes) ? .multiByte(.iso2022JP) : .utf8, 0) }
        if scan.isCut { return (.cutUTF8, 0) }
        if scan.wide > scan.bad { return (.utf8WithStrayBytes, 0) }
        if let label = DeclaredEncoding.label(bytes, isPage: isPage) {
            if let encoding = named(label), encoding != .utf8 {
                // no page that can say so is UTF-16
                if encoding != .utf16LittleEndian, encoding != .utf16BigEndian, encoding.fits(bytes) {
                    return (encoding, 0)
                }
            } else if !label.hasPrefix("utf"), !label.hasPrefix("unicode"), scan.bad > 8 {
                // a page that says UTF-8 and is not says nothing
                throw unknown(label, by: "the file says")
            }
        }
        if let pipeline, let declared = try declared(pipeline, by: "the pipeline says"), declared != .utf8 {
            return (declared, 0)
        }
        try BinaryFile.refuse(bytes)
        let guess = GuessedEncoding.guess(bytes)
        switch EastAsianText.answer(bytes, oneByte: guess.worth) {
        case .encoding(let encoding): return (.multiByte(encoding), 0)
        case .no: return (.codePage(guess.page), 0)
        case .unclear(let encodings):
            throw StageFailure(
                "the encoding can't be told: it may be \(encodings.map(\.name).joined(separator: ", ")), and the text "
                    + "holds too little to say which",
                hint: "name it in a column 'encoding' of the metadata file, or in the option 'encoding' of 'clean', or "
                    + "convert the file to UTF-8", code: "unclear-encoding")
        }
    }

    /// Whether a declaration may be true.
    private func fits(_ bytes: [UInt8]) -> Bool {
        if case .multiByte(let encoding) = self { EastAsianText.fits(bytes, encoding) } else { true }
    }

    private static func declared(_ label: String, by whom: String) throws(StageFailure) -> Encoding? {
        guard !label.isEmpty else { return nil }
        guard let encoding = named(label) else { throw unknown(label, by: whom) }
        return encoding
    }

    private static func unknown(_ label: String, by whom: String) -> StageFailure {
        StageFailure(
            "\(whom) that its encoding is '\(label.prefix(40))', which can't be read", hint: "convert it to UTF-8",
            code: "unknown-encoding")
    }
}

/// Counts what speaks for and against UTF-8.
struct UTF8Scan {
    /// Sound sequences of more than one byte.
    private(set) var wide = 0
    /// Bytes that belong to no sound sequence.
    private(set) var bad = 0
    /// Whether these are the end of a sequence at the beginning or the beginning of one at the end, and nothing else: the
    /// text was cut to a number of bytes.
    private(set) var isCut = false

    /// Scans `bytes` from `start`.
    init(_ bytes: [UInt8], from start: Int) {
        var k = start
        while k < bytes.count {
            if bytes[k] < 0x80 {
                k += 1
                continue
            }
            let width = Self.width(bytes, at: k)
            if width == 0 { bad += 1 } else { wide += 1 }
            k += max(1, width)
        }
        guard wide > 0, bad > 0, bad <= 6 else { return }
        let (head, tail) = (Self.cutHead(bytes, from: start), Self.cutTail(bytes))
        isCut = bad == head + tail && wide >= (head > 0 ? 1 : 0) + (tail > 0 ? 1 : 0)
    }

    /// How many bytes at `start` end a sequence that began before.
    static func cutHead(_ bytes: [UInt8], from start: Int) -> Int {
        let head = bytes[start...].prefix(4).prefix(while: UTF8Decoding.isContinuation)
        return head.count <= 3 ? head.count : 0
    }

    /// How many bytes at the end begin a sequence that does not end.
    static func cutTail(_ bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let lead = bytes[bytes.count - count]
            if UTF8Decoding.isContinuation(lead) { continue }
            guard lead >= 0xC2, lead <= 0xF4, UTF8Decoding.width(lead: lead) > count else { return 0 }
            return count
        }
        return 0
    }

    /// The width of the sound sequence of more than one byte at `offset`; 0 where there is none.
    static func width(_ bytes: [UInt8], at offset: Int) -> Int {
        let lead = bytes[offset]
        guard lead >= 0xC2, lead <= 0xF4 else { return 0 }
        let width = UTF8Decoding.width(lead: lead)
        guard offset + width <= bytes.count else { return 0 }
        for k in 1..<width where !UTF8Decoding.isContinuation(bytes[offset + k]) { return 0 }
        let second = bytes[offset + 1]
        switch lead {
        case 0xE0: return second >= 0xA0 ? width : 0
        case 0xED: return second < 0xA0 ? width : 0
        case 0xF0: return second >= 0x90 ? width : 0
        case 0xF4: return second < 0x90 ? width : 0
        default: return width
        }
    }
}
