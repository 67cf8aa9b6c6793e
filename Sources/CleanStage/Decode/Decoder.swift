import StageKit
import Text

/// Turns the bytes of a file into UTF-8 with its way back.
enum Decoder {
    /// The text of `bytes`; NUL characters are left out.
    static func decode(_ bytes: [UInt8], _ encoding: Encoding, from start: Int) -> TracedText {
        switch encoding {
        case .utf8, .utf8WithStrayBytes, .windows1252:
            narrow(bytes, from: start, wholeSequences: encoding != .windows1252)
        case .utf16LittleEndian: wide(bytes, from: start, high: 1)
        case .utf16BigEndian: wide(bytes, from: start, high: 0)
        }
    }

    private static func narrow(_ bytes: [UInt8], from start: Int, wholeSequences: Bool) -> TracedText {
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
            let width = wholeSequences ? UTF8Scan.width(bytes, at: k) : 0
            if width > 0 {
                k += width
                continue
            }
            text.append(bytes[sound..<k], from: ByteSpan(sound, k), .verbatim)
            if byte != 0 {
                text.append(Array(String(Windows1252.scalar(byte)).utf8), from: ByteSpan(k, k + 1), .oneByteEach)
            }
            k += 1
            sound = k
        }
        text.append(bytes[sound..<k], from: ByteSpan(sound, k), .verbatim)
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
