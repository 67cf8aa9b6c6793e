import StageKit
import Text

/// How the bytes of a file stand for characters.
enum Encoding: Equatable {
    case utf8
    case utf16LittleEndian
    case utf16BigEndian
    /// UTF-8 in which some bytes are Windows-1252's.
    case utf8WithStrayBytes
    /// One byte a character.
    case codePage(CodePage)

    /// The name in metadata.
    var label: String {
        switch self {
        case .utf8: "utf-8"
        case .utf16LittleEndian: "utf-16le"
        case .utf16BigEndian: "utf-16be"
        case .utf8WithStrayBytes: "utf-8 with windows-1252 bytes"
        case .codePage(let page): page.name
        }
    }

    /// The encoding of `bytes` and the length of its byte order mark: what the mark says; UTF-16 and UTF-8, which
    /// nothing else looks like; what the file declares; what its letters look like.
    static func detect(_ bytes: [UInt8], isPage: Bool) throws(StageFailure) -> (encoding: Encoding, mark: Int) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return (UTF8Scan(bytes, from: 3).bad == 0 ? .utf8 : .utf8WithStrayBytes, 3)
        }
        if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        if let wide = WideText.order(bytes) { return (wide, 0) }
        let scan = UTF8Scan(bytes, from: 0)
        if scan.bad == 0 { return (.utf8, 0) }
        if scan.wide > scan.bad { return (.utf8WithStrayBytes, 0) }
        if let label = DeclaredEncoding.label(bytes, isPage: isPage) {
            if let page = CodePage.named(label) { return (.codePage(page), 0) }
            // a page that says UTF-8 and is not says nothing
            if !label.hasPrefix("utf"), !label.hasPrefix("unicode"), scan.bad > 8 {
                throw StageFailure(
                    "the file says that its encoding is '\(label.prefix(40))', which can't be read",
                    hint: "convert it to UTF-8", code: "unknown-encoding")
            }
        }
        return (.codePage(GuessedEncoding.codePage(of: bytes)), 0)
    }
}

/// Counts what speaks for and against UTF-8.
struct UTF8Scan {
    /// Sound sequences of more than one byte.
    private(set) var wide = 0
    /// Bytes that belong to no sound sequence.
    private(set) var bad = 0

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
