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
        // a repair for each time that it was misread; those found in the wild were so four times at most
        for _ in 0..<6 {
            guard mayHold(text.bytes) else { return text }
            let edits = edits(in: text.bytes)
            if edits.isEmpty { return text }
            text = edits.applied(to: text)
        }
        return text
    }

    /// A first look: sequences begin with a character of two or three bytes, and most texts have none of its kind.
    private static func mayHold(_ bytes: [UInt8]) -> Bool {
        bytes.contains { $0 >= 0xC2 && ($0 <= 0xC5 || $0 == 0xCE || $0 == 0xD0 || $0 == 0xE2) }
    }

    private static func edits(in bytes: [UInt8]) -> TextEdits {
        var lines: [ByteSpan] = []
        var line = 0
        while line < bytes.count {
            let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.count
            if mayHold(bytes, ByteSpan(line, end)) { lines.append(ByteSpan(line, end)) }
            line = end + 1
        }
        guard !lines.isEmpty else { return TextEdits() }
        var context = MojibakeLine.Context(keepsBlanks: keepsBlanks(bytes))
        var found = lines.map { repairs(bytes, $0, context) }
        // what proves nothing by itself is believed where other lines were misread
        if found.reduce(0, { $0 + $1.count }) > 1 {
            context.hasCompany = true
            for k in lines.indices where found[k].isEmpty { found[k] = repairs(bytes, lines[k], context) }
        }
        var edits = TextEdits()
        for (line, repairs) in zip(lines, found) {
            for repair in repairs { edits.replace(repair.span, by: repair.replacement) }
            if repairs.isEmpty { controls(bytes, line, &edits) }
        }
        return edits
    }

    /// Whether blanks were kept as they were: an `à`, of which the second half has become a blank, has its own blank
    /// behind it somewhere.
    private static func keepsBlanks(_ bytes: [UInt8]) -> Bool {
        var k = 0
        while let lead = bytes[k...].firstIndex(of: 0xC3) {
            if bytes[lead...].starts(with: [0xC3, 0x83, 0x20, 0x20]) { return true }
            k = lead + 1
        }
        return false
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
            guard scalar.value < 0x2700, k < line.end,
                bytes[k] >= 0x80 || bytes[k] == 0x20 || bytes[k] == UInt8(ascii: "?")
            else {
                continue
            }
            let next = UTF8Decoding.scalar(in: bytes, at: k).scalar
            // before a blank, only what begins a sequence in western text
            if next == "?"
                ? scalar == "â"
                : next == " "
                    ? scalar.value == 0xC3 : OneByteEncoding.all.contains(where: { $0.mayBegin(scalar, next) })
            {
                return true
            }
        }
        return false
    }

    /// The repairs of one line, by the encoding that explains most of it.
    private static func repairs(
        _ bytes: [UInt8], _ span: ByteSpan, _ context: MojibakeLine.Context
    ) -> [MojibakeLine.Repair] {
        let units = MojibakeLine.units(bytes, span)
        var best: [MojibakeLine.Repair] = []
        for encoding in OneByteEncoding.all {
            let repairs = MojibakeLine(units, encoding, context).repairs
            if repairs.count > best.count { best = repairs }
        }
        return best
    }

    /// A control of the upper range is a mark of Windows-1252 that was read as Latin-1.
    private static func controls(_ bytes: [UInt8], _ line: ByteSpan, _ edits: inout TextEdits) {
        for unit in MojibakeLine.units(bytes, line) where (0x80..<0xA0).contains(unit.scalar.value) {
            let mark = CodePage.windows1252[UInt8(unit.scalar.value)]
            if mark != unit.scalar {
                edits.replace(ByteSpan(unit.start, unit.start + 2), by: Array(String(mark).utf8))
            }
        }
    }
}
