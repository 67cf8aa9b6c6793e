import StageKit
import Text

/// Turns the bytes of a file into UTF-8 with its way back.
enum Decoder {
    /// The text of `bytes` without NUL characters, and what has to be said about how it was read.
    static func decode(
        _ bytes: [UInt8], _ encoding: Encoding, from start: Int
    ) throws(StageFailure) -> (text: TracedText, notice: String?) {
        switch encoding {
        case .utf8: return (narrow(bytes, from: start), nil)
        case .utf8WithStrayBytes:
            return (narrow(bytes, from: start), "some bytes are not UTF-8 and were read as Windows-1252")
        case .cutUTF8: return (cut(bytes), "the file begins or ends inside a character, of which a part is left")
        case .codePage(let page): return (narrow(bytes, page), nil)
        case .multiByte(let encoding):
            let decoder = MultiByteDecoder(bytes, encoding, try encoding.checkedTable())
            let count = decoder.invalid == 1 ? "1 byte stands" : "\(decoder.invalid) bytes stand"
            return (
                decoder.text,
                decoder.invalid == 0 ? nil : "\(count) for nothing in \(encoding.name) and were read as U+FFFD"
            )
        case .utf16LittleEndian: return (wide(bytes, from: start, high: 1), nil)
        case .utf16BigEndian: return (wide(bytes, from: start, high: 0), nil)
        }
    }

    /// UTF-8; a byte that belongs to no sequence is read as Windows-1252.
    private static func narrow(_ bytes: [UInt8], from start: Int) -> TracedText {
        var text = TracedText()
        text.reserve(bytes.count)
        var sound = start
        var k = start
        while k < bytes.count {
            let byte = bytes[k]
            if byte < 0x80, byte != 0 {
                k += 1
                continue
            }
            let width = UTF8Scan.width(bytes, at: k)
            if width > 0 {
                k += width
                continue
            }
            text.append(bytes[sound..<k], from: ByteSpan(sound, k), .verbatim)
            if byte != 0 {
                let read = CodePage.windows1252.encoded[Int(byte & 0x7F)]
                text.append(read, from: ByteSpan(k, k + 1), .oneByteEach)
            }
            k += 1
            sound = k
        }
        text.append(bytes[sound..<k], from: ByteSpan(sound, k), .verbatim)
        return text
    }

    /// UTF-8 with a sign in the place of what is left of characters at its ends.
    private static func cut(_ bytes: [UInt8]) -> TracedText {
        let head = UTF8Scan.cutHead(bytes, from: 0)
        let end = bytes.count - UTF8Scan.cutTail(bytes)
        var text = TracedText()
        if head > 0 { text.append("\u{FFFD}".utf8, from: ByteSpan(0, head), .whole) }
        text.append(narrow(Array(bytes[..<end]), from: head))
        if end < bytes.count { text.append("\u{FFFD}".utf8, from: ByteSpan(end, bytes.count), .whole) }
        return text
    }

    /// One byte a character. Blanks and short words of ASCII between others are not worth a run of their own.
    private static func narrow(_ bytes: [UInt8], _ page: CodePage) -> TracedText {
        var text = TracedText()
        text.reserve(bytes.count + bytes.count / 8)
        var start = 0
        while start < bytes.count {
            guard bytes[start] != 0 else {
                start += 1
                continue
            }
            var end = start
            while end < bytes.count, bytes[end] < 0x80, bytes[end] != 0 { end += 1 }
            if end - start >= 16 || end == bytes.count || (bytes[end] == 0 && end > start) {
                text.append(bytes[start..<end], from: ByteSpan(start, end), .verbatim)
                start = end
                continue
            }
            var read: [UInt8] = []
            end = start
            var plain = 0
            while end < bytes.count, end < start + 200, plain < 16, bytes[end] != 0 {
                if bytes[end] < 0x80 {
                    plain += 1
                    read.append(bytes[end])
                } else {
                    plain = 0
                    read += page.encoded[Int(bytes[end] & 0x7F)]
                }
                end += 1
            }
            text.append(read, from: ByteSpan(start, end), .oneByteEach)
            start = end
        }
        return text
    }

    private static func wide(_ bytes: [UInt8], from start: Int, high: Int) -> TracedText {
        var text = TracedText()
        text.reserve(bytes.count)
        func unit(_ k: Int) -> UInt32 { UInt32(bytes[k + high]) << 8 | UInt32(bytes[k + 1 - high]) }
        var k = start
        while k + 1 < bytes.count {
            let first = unit(k)
            var value = first
            var width = 2
            if first & 0xFC00 == 0xD800, k + 3 < bytes.count, unit(k + 2) & 0xFC00 == 0xDC00 {
                value = 0x10000 + (first & 0x3FF) << 10 + unit(k + 2) & 0x3FF
                width = 4
            }
            if value != 0 {
                let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
                let form: Origin.Form = width == 2 ? .twoBytesEach : .whole
                text.append(Array(String(scalar).utf8), from: ByteSpan(k, k + width), form)
            }
            k += width
        }
        return text
    }
}
