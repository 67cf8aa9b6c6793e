/// The data of Normalization Form C, read once.
struct NFCTables: Sendable {
    /// What two scalars compose to.
    private var pairs: [UInt64: Unicode.Scalar] = [:]
    /// What a scalar decomposes to, one step.
    private var decompositions: [UInt32: [Unicode.Scalar]] = [:]
    /// Scalars that the form never keeps.
    private(set) var excluded: [UInt32: Bool] = [:]
    /// Scalars that compose with the one before them.
    private(set) var seconds: Set<UInt32> = []

    static let shared = NFCTables()

    private init() {
        let table = CanonicalDecompositions.table.withUTF8Buffer { Array($0) }
        for entry in table.split(separator: UInt8(ascii: ";")) {
            let composes = entry.first != UInt8(ascii: "!")
            let values = entry.dropFirst(composes ? 0 : 1).split(separator: UInt8(ascii: " "))
                .compactMap { UInt32(String(decoding: $0, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init) }
            guard let whole = values.first else { continue }
            decompositions[whole.value] = Array(values.dropFirst())
            if composes, values.count == 3 {
                pairs[Self.key(values[1], values[2])] = whole
                seconds.insert(values[2].value)
            } else {
                excluded[whole.value] = true
            }
        }
    }

    private static func key(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> UInt64 {
        UInt64(a.value) << 32 | UInt64(b.value)
    }

    /// Adds the full canonical decomposition of `scalar`.
    func decompose(_ scalar: Unicode.Scalar, into scalars: inout [Unicode.Scalar]) {
        if let parts = hangulParts(scalar) ?? decompositions[scalar.value] {
            for part in parts { decompose(part, into: &scalars) }
        } else {
            scalars.append(scalar)
        }
    }

    /// Composes a canonically ordered, decomposed sequence.
    func compose(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var starter: Int?
        var lastClass: UInt8 = 0
        for scalar in scalars {
            let order = scalar.properties.canonicalCombiningClass.rawValue
            if let at = starter, result.count == at + 1 || (lastClass != 0 && lastClass < order),
                let whole = hangul(result[at], scalar) ?? pairs[Self.key(result[at], scalar)]
            {
                result[at] = whole
                continue
            }
            if order == 0 { starter = result.count }
            lastClass = order
            result.append(scalar)
        }
        return result
    }

    /// A syllable's first half and its last consonant, or its consonant and vowel.
    private func hangulParts(_ scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        guard (0xAC00..<0xD7A4).contains(scalar.value) else { return nil }
        let index = scalar.value - 0xAC00
        let last = index % 28
        let parts =
            last > 0 ? [scalar.value - last, 0x11A7 + last] : [0x1100 + index / 588, 0x1161 + index % 588 / 28]
        return parts.compactMap(Unicode.Scalar.init)
    }

    /// The syllable of a consonant and a vowel, or of an open syllable and a last consonant.
    private func hangul(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Unicode.Scalar? {
        if (0x1100..<0x1113).contains(a.value), (0x1161..<0x1176).contains(b.value) {
            return Unicode.Scalar(0xAC00 + ((a.value - 0x1100) * 21 + b.value - 0x1161) * 28)
        }
        if (0xAC00..<0xD7A4).contains(a.value), (a.value - 0xAC00) % 28 == 0, (0x11A8..<0x11C3).contains(b.value) {
            return Unicode.Scalar(a.value + b.value - 0x11A7)
        }
        return nil
    }
}
