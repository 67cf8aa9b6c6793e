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
        /// Whether the word goes on behind the space that it absorbs.
        var isInside = false
    }

    /// What the rest of the text says.
    struct Context {
        /// Whether blanks were kept as they were.
        var keepsBlanks: Bool
        /// Whether other lines were misread beyond doubt.
        var hasCompany = false
    }

    private let units: [Unit]
    private let encoding: OneByteEncoding
    private let context: Context
    private var sequences: [Sequence] = []
    /// Scalars beyond ASCII that belong to no sequence: signs that the line was read rightly.
    private var soundCount = 0
    /// Whether accented letters are among them.
    private var hasSoundLetters = false

    init(_ units: [Unit], _ encoding: OneByteEncoding, _ context: Context) {
        self.units = units
        self.encoding = encoding
        self.context = context
        var k = 0
        while k < units.count {
            if let sequence = sequence(at: k) {
                sequences.append(sequence)
                k += sequence.count
            } else {
                if units[k].scalar.value >= 0x80, units[k].scalar.value != 0xA0 {
                    soundCount += 1
                    if (0xC0..<0x250).contains(units[k].scalar.value) { hasSoundLetters = true }
                }
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
            if sequence.absorbsSpace, !sequence.isInside { replacement.append(0x20) }
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
        if let mark = lossyMark(at: k, lead) { return mark }
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

    /// `â€` of which the last part was lost was the closing quotation mark, whose last byte stands for nothing in
    /// Windows-1252; `â??` within a word was an apostrophe.
    private func lossyMark(at k: Int, _ lead: UInt8) -> Sequence? {
        guard encoding.isWestern, lead == 0xE2, k + 1 < units.count else { return nil }
        let third = k + 2 < units.count ? units[k + 2].scalar : " "
        if units[k + 1].scalar == "?", third == "?" {
            guard k > 0, Self.isSmall(units[k - 1].scalar), k + 3 < units.count, Self.isSmall(units[k + 3].scalar)
            else { return nil }
            return Sequence(first: k, count: 3, value: "’")
        }
        guard units[k + 1].scalar == "€" else { return nil }
        if third == "?", k + 3 < units.count {
            // a sign for the lost byte, if the sentence goes on behind it
            let next = units[k + 3].scalar
            if Self.isLetter(next) || ".,;:!?".unicodeScalars.contains(next) {
                return Sequence(first: k, count: 3, value: "”")
            }
        }
        return third.value < 0x80 ? Sequence(first: k, count: 2, value: "”") : nil
    }

    /// `Ã` and a space was `à`, and the space its no-break space: at the end of a word in small letters, or as a word
    /// of its own. Where the text has lost one of two spaces, it stands for both.
    private func grave(at k: Int) -> Sequence? {
        guard encoding.isWestern else { return nil }
        let two = k + 2 < units.count && units[k + 2].scalar == " "
        guard k > 0, Self.isLetter(units[k - 1].scalar) else {
            // at the beginning of a word, it takes others of its kind to tell it from a letter `Ã`
            return (k == 0 || units[k - 1].scalar == " ") && hasOthers(than: k)
                ? Sequence(first: k, count: two ? 3 : 2, value: "à", absorbsSpace: true) : nil
        }
        guard Self.isSmall(units[k - 1].scalar) else { return nil }
        let isInside = context.keepsBlanks && !two
        return Sequence(first: k, count: two ? 3 : 2, value: "à", absorbsSpace: true, isInside: isInside)
    }

    /// Whether `Ã` or `Â` with a mark of their sequences stands elsewhere in the line.
    private func hasOthers(than k: Int) -> Bool {
        context.hasCompany
            || units.indices.dropLast().contains { j in
                j != k && (units[j].scalar == "Ã" || units[j].scalar == "â") && units[j + 1].scalar.value >= 0x80
                    && encoding.byte(units[j + 1].scalar).map(UTF8Decoding.isContinuation) ?? false
            }
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
            // a letter within quotation marks
            if !touches(k), before.map(Self.opens) ?? false, Self.closes(units[first + 1].scalar) { return false }
            return !(before.map(Self.isCapital) ?? false)
        case 0xC0..<0x100:
            let mark = units[first + 1].scalar
            let inWord = before.map(Self.isLetter) ?? false
            if !inWord, Self.closes(mark), !touches(k), !(Self.isGlue(mark) && isFollowedBySmall(k)) { return false }
            return isAllowed(k)
        case 0x100..<0x250:
            if joined { return true }
            let small = before.map(Self.isSmall) ?? false
            let glued = Self.isGlue(units[first + 1].scalar) && isFollowedBySmall(k)
            if small || touches(k) || glued { return isAllowed(k) }
            // a word does not change from capitals to small letters twice
            if before.map(Self.isCapital) ?? false, isFollowedBySmall(k), sequences.count > 1 { return isAllowed(k) }
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

    /// Whether a sequence for a letter of Latin script is believed beside what else stands in the line: nothing that was
    /// read rightly, others of its kind, or accented letters where this one has a capital within a word of small ones.
    private func isAllowed(_ k: Int) -> Bool {
        if soundCount == 0 || sequences.count > 1 || context.hasCompany { return true }
        let first = sequences[k].first
        guard hasSoundLetters, Self.isCapital(units[first].scalar) else { return false }
        let before = first > 0 ? units[first - 1].scalar : " "
        return Self.isSmall(before)
            || (!Self.isLetter(before) && Self.isGlue(units[first + 1].scalar) && isFollowedBySmall(k))
    }

    private func isFollowedBySmall(_ k: Int) -> Bool {
        let next = sequences[k].first + sequences[k].count
        return next < units.count && Self.isSmall(units[next].scalar)
    }

    /// Signs that no word begins with.
    private static func isGlue(_ scalar: Unicode.Scalar) -> Bool { "©®™°´…".unicodeScalars.contains(scalar) }

    /// An encoding whose characters are rarer in western text asks for letters of one script, or for several.
    private func isForeignBelievable(_ k: Int, _ value: Unicode.Scalar, _ joined: Bool) -> Bool {
        let sequence = sequences[k]
        let parts = (sequence.first..<sequence.first + sequence.count).map { units[$0].scalar }
        // quotation marks and dashes: what stands for their first two bytes meets in no language
        if (0x2010..<0x2070).contains(value.value), parts.count == 3 { return true }
        let isBox = { (scalar: Unicode.Scalar) in (0x2500..<0x25A0).contains(scalar.value) }
        let isLatin = (0xC0..<0x180).contains(value.value) || (0x1E00..<0x1F00).contains(value.value)
        let before = sequence.first > 0 ? units[sequence.first - 1].scalar : nil
        // a root or a corner within a word
        let begins = (!(before.map(Self.isLetter) ?? false) && sequences.count > 1) || touches(k)
        let isWordly = isInWord(sequence.first) || (begins && isFollowedBySmall(k))
        if isLatin, soundCount == 0, parts.count == 2, isWordly, Self.isSmall(value),
            parts[0] == "√" || parts[0] == "├", !isBox(parts[1]), !Self.isMathematical(parts[1])
        {
            return true
        }
        guard sequences.count > 1, soundCount * 4 <= sequences.count else { return false }
        if joined { return value.value >= 0x370 && value.value < 0x800 && sequences.count > 2 }
        // box drawing beside letters is no table
        return isLatin && parts.contains(where: isBox) && parts.contains(where: Self.isLetter)
    }

    /// Whether two small letters, or a capital and a small one, stand before a unit.
    private func isInWord(_ k: Int) -> Bool {
        k > 1 && Self.isSmall(units[k - 1].scalar) && Self.isLetter(units[k - 2].scalar)
    }

    private static func isMathematical(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .mathSymbol || (0x370..<0x400).contains(scalar.value)
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
    /// Marks that stand before a word in sound text.
    private static func opens(_ scalar: Unicode.Scalar) -> Bool { "«“‘„‚‹\"'([".unicodeScalars.contains(scalar) }
    /// Marks that stand behind a word in sound text.
    private static func closes(_ scalar: Unicode.Scalar) -> Bool { "’”…»™®©–—“‘´°".unicodeScalars.contains(scalar) }
}
