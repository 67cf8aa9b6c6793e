import Text

/// Repairs UTF-8 that was read in a one-byte encoding, once or several times.
///
/// A sequence is a character that stands for the first byte of a UTF-8 sequence with the characters of its other bytes
/// behind it. How likely sound text holds such a sequence decides whether one is enough, whether it takes neighbours
/// of its kind, or whether it is left alone.
enum Mojibake {
    /// `text` with the sequences repaired.
    static func repaired(_ text: TracedText) -> TracedText {
        var text = text
        // reading wrongly twice needs two repairs; a third is for what was mended by hand between them
        for _ in 0..<3 {
            guard mayHold(text.bytes) else { return text }
            let edits = edits(in: text.bytes)
            if edits.isEmpty { return text }
            text = edits.applied(to: text)
        }
        return text
    }

    /// A first look: sequences begin with a character of two or three bytes, and most texts have none of its kind.
    private static func mayHold(_ bytes: [UInt8]) -> Bool {
        bytes.contains { $0 == 0xC2 || $0 == 0xC3 || $0 == 0xC4 || $0 == 0xC5 || $0 == 0xE2 }
    }

    private static func edits(in bytes: [UInt8]) -> TextEdits {
        var edits = TextEdits()
        var line = 0
        while line < bytes.count {
            let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.count
            if mayHold(bytes, ByteSpan(line, end)) { repair(bytes, ByteSpan(line, end), &edits) }
            line = end + 1
        }
        return edits
    }

    /// Whether a line holds two characters in a row that could begin a sequence, or a stray control.
    private static func mayHold(_ bytes: [UInt8], _ line: ByteSpan) -> Bool {
        var k = line.start
        while k < line.end {
            guard bytes[k] >= 0x80 else {
                k += 1
                continue
            }
            let (scalar, width) = UTF8Decoding.scalar(in: bytes, at: k)
            k += width
            if scalar.value < 0xA0 { return true }
            guard scalar.value < 0x2700, k < line.end, bytes[k] >= 0x80 || bytes[k] == 0x20 else { continue }
            let next = UTF8Decoding.scalar(in: bytes, at: k).scalar
            // before a blank, only what begins a sequence in western text
            if next == " " ? scalar.value == 0xC3 : OneByteEncoding.all.contains(where: { $0.mayBegin(scalar, next) }) {
                return true
            }
        }
        return false
    }

    /// Repairs one line with the encoding that explains most of it.
    private static func repair(_ bytes: [UInt8], _ span: ByteSpan, _ edits: inout TextEdits) {
        let units = MojibakeLine.units(bytes, span)
        var best: [MojibakeLine.Repair] = []
        for encoding in OneByteEncoding.all {
            let repairs = MojibakeLine(units, encoding).repairs
            if repairs.count > best.count { best = repairs }
        }
        for repair in best { edits.replace(repair.span, by: repair.replacement) }
        guard best.isEmpty else { return }
        // a control of the upper range is a mark of Windows-1252 that was read as Latin-1
        for unit in units where (0x80..<0xA0).contains(unit.scalar.value) {
            let mark = CodePage.windows1252[UInt8(unit.scalar.value)]
            if mark != unit.scalar {
                edits.replace(ByteSpan(unit.start, unit.start + 2), by: Array(String(mark).utf8))
            }
        }
    }
}
