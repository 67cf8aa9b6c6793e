import StageKit
import Text

/// Cuts the sentences of a text into atoms and looks each up.
struct AtomScanner {
    private let bytes: [UInt8]
    private let classes: FlatTable
    private(set) var atoms: [Atom] = []
    private var sentence: Int32 = 0
    private var opens = true
    private var spaced = true
    private var newLine = true

    /// The atoms of `sentences`; what stands in one of `addresses` is marked so.
    static func atoms(
        of bytes: [UInt8], sentences: [ByteSpan], addresses: [ByteSpan], lexicon: Lexicon
    ) -> [Atom] {
        var scanner = AtomScanner(bytes: bytes, classes: lexicon.classes)
        // blanks are no atoms, and few words have less than three letters: seldom more than this
        scanner.atoms.reserveCapacity(bytes.count / 4)
        var address = addresses.startIndex
        for (k, span) in sentences.enumerated() where span.start >= 0 && span.end <= bytes.count {
            scanner.sentence = Int32(k)
            let first = scanner.atoms.count
            scanner.scan(span)
            if address == addresses.endIndex { continue }
            for index in first..<scanner.atoms.count {
                let atom = scanner.atoms[index]
                while address < addresses.endIndex, addresses[address].end <= Int(atom.start) { address += 1 }
                if address < addresses.endIndex, addresses[address].start < Int(atom.end) {
                    scanner.atoms[index].shape.insert(.address)
                }
            }
        }
        return scanner.atoms
    }

    /// The words of a name, as bytes.
    static func words(of name: [UInt8]) -> [ArraySlice<UInt8>] {
        var scanner = AtomScanner(bytes: name, classes: FlatTable())
        scanner.scan(ByteSpan(0, name.count))
        return scanner.atoms.filter { $0.kind != .mark }.map { name[Int($0.start)..<Int($0.end)] }
    }

    private init(bytes: [UInt8], classes: FlatTable) {
        self.bytes = bytes
        self.classes = classes
    }

    private mutating func scan(_ span: ByteSpan) {
        opens = true
        spaced = true
        newLine = true
        var k = span.start
        while k < span.end {
            let byte = bytes[k]
            if byte == 0x20 {
                spaced = true
                k += 1
            } else if byte == 0x09 {
                // a tab parts the cells of a table, and each begins anew
                spaced = true
                newLine = true
                opens = true
                k += 1
            } else if byte == 0x0A || byte == 0x0D {
                spaced = true
                newLine = true
                k += 1
            } else if byte < 0x80 {
                if Self.isDigit(byte) {
                    k = digits(from: k, to: span.end)
                } else if Self.isASCIILetter(byte) {
                    k = word(from: k, to: span.end)
                } else {
                    mark(ByteSpan(k, k + 1))
                    k += 1
                }
            } else {
                let (scalar, width) = UTF8Decoding.scalar(in: bytes, at: k)
                if Self.isSpace(scalar) {
                    spaced = true
                    k += width
                } else if Self.isLetter(scalar) {
                    k = word(from: k, to: span.end)
                } else {
                    mark(ByteSpan(k, min(k + width, span.end)))
                    k += width
                }
            }
        }
    }

    private mutating func digits(from start: Int, to limit: Int) -> Int {
        var k = start
        var hash = StableHash()
        while k < limit, Self.isDigit(bytes[k]) {
            hash.combine(bytes[k])
            k += 1
        }
        append(start, k, .digits, [], hash.value)
        return k
    }

    private mutating func word(from start: Int, to limit: Int) -> Int {
        var k = start
        var hash = StableHash()
        var shape: Atom.Shape = .allCapitals
        var letters = 0
        while k < limit {
            let byte = bytes[k]
            if byte < 0x80 {
                guard Self.isASCIILetter(byte) else {
                    guard byte == UInt8(ascii: "."), letters == 1 || shape.contains(.dotted), dotsLetters(at: k, limit)
                    else { break }
                    shape.insert(.dotted)
                    k += 1
                    continue
                }
                if byte & 0x20 == 0 { if letters == 0 { shape.insert(.capital) } } else { shape.remove(.allCapitals) }
                hash.combine(byte | 0x20)
                k += 1
            } else {
                let (scalar, width) = UTF8Decoding.scalar(in: bytes, at: k)
                guard Self.isLetter(scalar) else { break }
                if Folding.isUpper(scalar) {
                    if letters == 0 { shape.insert(.capital) }
                } else if !(0x300...0x36F).contains(scalar.value) {
                    shape.remove(.allCapitals)
                }
                Folding.standard.fold(scalar) { hash.combine($0) }
                k = min(k + width, limit)
            }
            letters += 1
        }
        append(start, k, .word, shape, hash.value)
        return k
    }

    /// Whether the dot at `k` stands inside `U.S.` or ends it.
    private func dotsLetters(at k: Int, _ limit: Int) -> Bool {
        guard k + 1 < limit else { return k >= 2 && bytes[k - 2] == UInt8(ascii: ".") }
        if Self.isASCIILetter(bytes[k + 1]) {
            return k + 2 < limit ? !Self.isASCIILetter(bytes[k + 2]) : true
        }
        return k >= 2 && bytes[k - 2] == UInt8(ascii: ".")
    }

    private mutating func mark(_ span: ByteSpan) {
        append(span.start, span.end, .mark, [], StableHash.of(bytes[span.range]))
    }

    private mutating func append(_ start: Int, _ end: Int, _ kind: Atom.Kind, _ shape: Atom.Shape, _ hash: UInt64) {
        var shape = shape
        if spaced { shape.insert(.spaced) }
        if newLine { shape.insert(.newLine) }
        if opens, kind != .mark {
            shape.insert(.opens)
            opens = false
        }
        spaced = false
        newLine = false
        let classes = WordClass(rawValue: classes[hash] ?? 0)
        atoms.append(
            Atom(
                start: Int32(clamping: start), end: Int32(clamping: end), kind: kind, shape: shape, lead: bytes[start],
                sentence: sentence, hash: hash, classes: classes))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isASCIILetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
        default: false
        }
    }

    /// Letters and the marks on them, by blocks: exact enough for cutting words.
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x80 { return isASCIILetter(UInt8(value)) }
        if value < 0xC0 { return value == 0xAA || value == 0xB5 || value == 0xBA }
        if value < 0x2000 { return value != 0xD7 && value != 0xF7 && value != 0x37E && value != 0x60C }
        if value < 0x2C00 { return value == 0x2071 || value == 0x207F || (0x2102...0x2115).contains(value) }
        if value < 0x3000 { return !(0x2E00...0x2E7F).contains(value) }
        if value < 0x3040 || (0xFF00...0xFF20).contains(value) || (0xFE10...0xFE6F).contains(value) { return false }
        return !(0x1F000...0x1FFFF).contains(value) && !(0xE000...0xF8FF).contains(value) && value != 0xFFFD
    }
}
