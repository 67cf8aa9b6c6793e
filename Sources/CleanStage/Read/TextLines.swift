import Text

/// The lines of a text, without their ends and without white space around them.
struct TextLines {
    /// One line.
    struct Line {
        /// From its first to its last visible byte; empty for a blank line.
        var span: ByteSpan
        /// How far it is indented, in bytes.
        var indent: Int
    }

    /// The lines in order.
    let lines: [Line]

    /// Splits `bytes` at LF, CR, CRLF, form feed, vertical tab and Unicode's line and paragraph separators.
    init(_ bytes: [UInt8]) {
        var lines: [Line] = []
        var start = 0
        var k = 0
        while k < bytes.count {
            let width = Self.endWidth(bytes, at: k)
            if width == 0 {
                k += 1
                continue
            }
            lines.append(Self.line(bytes, start, k))
            k += width
            start = k
        }
        if start < bytes.count { lines.append(Self.line(bytes, start, bytes.count)) }
        self.lines = lines
    }

    private static func endWidth(_ bytes: [UInt8], at k: Int) -> Int {
        switch bytes[k] {
        case 0x0A, 0x0B, 0x0C: 1
        case 0x0D: k + 1 < bytes.count && bytes[k + 1] == 0x0A ? 2 : 1
        case 0xE2: k + 2 < bytes.count && bytes[k + 1] == 0x80 && bytes[k + 2] & 0xFE == 0xA8 ? 3 : 0
        default: 0
        }
    }

    private static func line(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Line {
        let span = trimmed(bytes, ByteSpan(start, end))
        return Line(span: span, indent: span.start - start)
    }

    /// `span` without white space at its ends.
    static func trimmed(_ bytes: [UInt8], _ span: ByteSpan) -> ByteSpan {
        var (start, end) = (span.start, span.end)
        while start < end {
            if isBlank(bytes[start]) {
                start += 1
            } else if bytes[start] == 0xC2, start + 1 < end, bytes[start + 1] == 0xA0 {
                start += 2
            } else {
                break
            }
        }
        while start < end {
            if isBlank(bytes[end - 1]) {
                end -= 1
            } else if bytes[end - 1] == 0xA0, end - 2 >= start, bytes[end - 2] == 0xC2 {
                end -= 2
            } else {
                break
            }
        }
        return ByteSpan(start, end)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
}
