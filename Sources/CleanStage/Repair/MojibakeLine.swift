import Text

/// The sequences of one line under one encoding, and which of them are repaired.
struct MojibakeLine {
    /// A scalar and the byte at which it begins.
    struct Unit {
        var scalar: Unicode.Scalar
        var start: Int
        var width: Int
        var end: Int { start + width }
    }

    /// A stretch and what it was before it was misread.
    struct Repair {
        var span: ByteSpan
        var replacement: [UInt8]
    }

    /// A sequence: which units it takes and what it says; nil for one that lost a byte.
    private struct Sequence {
        var first: Int
        var count: Int
        var value: Unicode.Scalar?
        var absorbsSpace = false
    }

    private let units: [Unit]
    private let encoding: OneByteEncoding
    private var sequences: [Sequence] = []
    /// Scalars beyond ASCII that belong to no sequence: signs that the line was read rightly.
    private var soundCount = 0

    init(_ units: [Unit], _ encoding: OneByteEncoding) {
        self.units = units
        self.encoding = encoding
        var k = 0
        while k < units.count {
            if let sequence = sequence(at: k) {
                sequences.append(sequence)
                k += sequence.count
            } else {
                if units[k].scalar.value >= 0x80, units[k].scalar.value != 0xA0 { soundCount += 1 }
                k += 1
            }
        }
    }

    /// The scalars of a line.
    static func units(_ bytes: [UInt8], _ span: ByteSpan) -> [Unit] {
        var units: [Unit] = []
        units.reserveCapacity(span.count)
        var k = span.start
        while k < span.end {
            let (scalar, width) = UTF8Decoding.scalar(in: bytes, at: k)
            units.append(Unit(scalar: scalar, start: k, width: width))
            k += width
        }
        return units
    }

    /// What to replace, in order.
    var repairs: [Repair] {
        var repairs: [Repair] = []
        for (k, sequence) in sequences.enumerated() where isBelievable(k) {
            let last = units[sequence.first + sequence.count - 1]
            var replacement = Array(String(sequence.value ?? "\u{FFFD}").utf8)
            if sequence.absorbsSpace { replacement.append(0x20) }
            // what came out as a control of the upper range was read wrongly once more
            if let value = sequence.value, (0x80..<0xA0).contains(value.value) {
                replacement = Array(String(CodePage.windows1252[UInt8(value.value)]).utf8)
            }
            repairs.append(Repair(span: ByteSpan(units[sequence.first].start, last.end), replacement: replacement))
        }
        return repairs
    }

    private func sequence(at k: Int) -> Sequence? {
        guard let lead = encoding.byte(units[k].scalar), lead >= 0xC2, lead <= 0xF4 else { return nil }
        let width = UTF8Decoding.width(lead: lead)
        var bytes = [lead]
        var lost = false
        for i in k + 1..<k + width {
            guard i < units.count else { break }
            let scalar = units[i].scalar
            if let byte = encoding.byte(scalar), UTF8Decoding.isContinuation(byte) {
                bytes.append(byte)
            } else if scalar == " ", encoding.isWestern {
                // a no-break space is often made plain on the way
                bytes.append(0xA0)
            } else if scalar == "\u{FFFD}" {
                bytes.append(0x80)
                lost = true
            } else {
                break
            }
        }
        guard bytes.count == width else { return nil }
        let spaces = (k + 1..<k + width).filter { units[$0].scalar == " " }
        if lost { return Sequence(first: k, count: width, value: nil) }
        guard UTF8Scan.width(bytes, at: 0) == width else { return nil }
        let value = UTF8Decoding.scalar(in: bytes, at: 0).scalar
        if let space = spaces.first {
            guard spaces.count == 1 else { return nil }
            if lead == 0xC3, space == k + 1 { return grave(at: k) }
            // elsewhere only within a run of one script
            guard value.value >= 0x370, k > 0 || width > 2 || units.count > 3 else { return nil }
        }
        return Sequence(first: k, count: width, value: value)
    }

    /// `Ã` and a space at the end of a word in small letters was `à`, and the space its no-break space.
    private func grave(at k: Int) -> Sequence? {
        guard encoding.isWestern, k > 0, Self.isSmall(units[k - 1].scalar) else { return nil }
        let two = k + 2 < units.count && units[k + 2].scalar == " "
        return Sequence(first: k, count: two ? 3 : 2, value: "à", absorbsSpace: true)
    }

    /// Whether a sequence is misread text beyond doubt.
    private func isBelievable(_ k: Int) -> Bool {
        let sequence = sequences[k]
        if sequence.absorbsSpace { return true }
        let first = sequence.first
        let before = first > 0 ? units[first - 1].scalar : nil
        let joined = isJoined(k)
        let hasSpace = (first..<first + sequence.count).contains { units[$0].scalar == " " }
        guard let value = sequence.value else {
            return joined || (encoding.isWestern && before.map(Self.isSmall) ?? false)
        }
        if hasSpace { return joined }
        guard encoding.isWestern else { return isForeignBelievable(k, value, joined) }

        switch value.value {
        case 0x80..<0xC0:
            return !(before.map(Self.isCapital) ?? false)
        case 0xC0..<0x100:
            let mark = units[first + 1].scalar
            if !(before.map(Self.isLetter) ?? false), Self.closes(mark), !touches(k) { return false }
            return soundCount == 0 || sequences.count > 1
        case 0x100..<0x250:
            if joined { return true }
            let small = before.map(Self.isSmall) ?? false
            if small { return soundCount == 0 || sequences.count > 1 }
            return soundCount == 0 && sequences.count > 1 && !(before.map(Self.isCapital) ?? false)
                && units[first + 1].scalar != "\u{A0}"
        case 0x250..<0x800:
            return joined
        case 0x1E00..<0x2000, 0x2010..<0x2070, 0x20A0..<0x20D0, 0x2100..<0x2700, 0xFB00..<0xFB07, 0xFEFF, 0xFFFD:
            return true
        case 0x1F000..<0x20000: return true
        default:
            return joined || (before.map { !Self.isLetter($0) } ?? true && !endsWithMarks(sequence))
        }
    }

    /// An encoding whose characters are rarer in western text asks for letters of one script, or for several.
    private func isForeignBelievable(_ k: Int, _ value: Unicode.Scalar, _ joined: Bool) -> Bool {
        let sequence = sequences[k]
        guard sequences.count > 1, soundCount * 4 <= sequences.count else { return false }
        if joined { return value.value >= 0x370 && value.value < 0x800 && sequences.count > 2 }
        let parts = (sequence.first..<sequence.first + sequence.count).map { units[$0].scalar }
        let isLatin = (0xC0..<0x180).contains(value.value) || (0x1E00..<0x1F00).contains(value.value)
        // box drawing beside letters is no table
        return isLatin && parts.contains { (0x2500..<0x25A0).contains($0.value) }
            && parts.contains(where: Self.isLetter)
    }

    /// Whether the next or the last sequence follows without a gap and is of the same script.
    private func isJoined(_ k: Int) -> Bool {
        func same(_ a: Sequence, _ b: Sequence) -> Bool {
            guard a.first + a.count == b.first else { return false }
            guard let x = a.value, let y = b.value else { return true }
            return x.value >> 8 == y.value >> 8 || (x.value >= 0x2E80 && y.value >= 0x2E80)
        }
        return (k > 0 && same(sequences[k - 1], sequences[k]))
            || (k + 1 < sequences.count && same(sequences[k], sequences[k + 1]))
    }

    /// Whether another sequence stands right before or behind.
    private func touches(_ k: Int) -> Bool {
        func meet(_ a: Sequence, _ b: Sequence) -> Bool { a.first + a.count == b.first }
        return (k > 0 && meet(sequences[k - 1], sequences[k]))
            || (k + 1 < sequences.count && meet(sequences[k], sequences[k + 1]))
    }

    private func endsWithMarks(_ sequence: Sequence) -> Bool {
        (sequence.first + 1..<sequence.first + sequence.count).allSatisfy { Self.closes(units[$0].scalar) }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }
    private static func isSmall(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isLowercase }
    private static func isCapital(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isUppercase }
    /// Marks that stand behind a word in sound text.
    private static func closes(_ scalar: Unicode.Scalar) -> Bool { "’”…»™®©–—“‘´°".unicodeScalars.contains(scalar) }
}
