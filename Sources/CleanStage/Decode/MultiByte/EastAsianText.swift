import Text

/// Tells text in the encodings of East Asia that nothing declares, by how its bytes go together and by how frequent the
/// characters are that they would stand for.
struct EastAsianText {
    /// What can be said of a text.
    enum Answer: Equatable {
        case encoding(MultiByteEncoding)
        /// It may be in one of these, and holds too little to say which.
        case unclear([MultiByteEncoding])
        /// It is in none of them.
        case no
    }

    /// Bytes that are looked at.
    private static let sample = 1 << 16
    /// Characters that are enough to tell an encoding.
    private static let enough = 5
    /// What a character is worth on average in running text of the right encoding (2 and more) and at the most under a
    /// wrong one (1.2).
    private static let plausible = 1.6
    private static let conceivable = 1.0
    private static let margin = 0.7

    /// What a text looks like under one encoding.
    private struct Reading {
        var encoding: MultiByteEncoding
        /// Characters beyond ASCII.
        var count = 0
        /// Bytes that belong to none.
        var invalid = 0
        var worth = 0
        var average: Double { count == 0 ? 0 : Double(worth) / Double(count) }
        var isSound: Bool { count > 0 && invalid * 50 <= count }
    }

    /// What encoding `bytes` are in, which are not UTF-8. `oneByte` is how plausible each byte above ASCII is in the best
    /// encoding of one byte a character (``GuessedEncoding``).
    static func answer(_ bytes: [UInt8], oneByte: Double) -> Answer {
        let bytes = bytes.count > sample ? Array(bytes[..<sample]) : bytes
        let readings = MultiByteEncoding.allCases.filter { $0 != .iso2022JP }.compactMap { read(bytes, $0) }
            .filter(\.isSound)
            .sorted { ($0.average, $1.encoding.name) > ($1.average, $0.encoding.name) }
        guard let best = readings.first else { return .no }
        let fitting = readings.filter { $0.average >= best.average - 1.5 }.map(\.encoding)
        let isApart = readings.count < 2 || best.average - readings[1].average >= margin
        guard best.average >= plausible else {
            return best.average >= conceivable && oneByte < strong ? .unclear(fitting) : .no
        }
        // where a few bytes would be sound in an encoding of one byte as well, more of them are asked for
        let isEnough = best.count >= (oneByte < strong ? enough : 2 * enough)
        return isEnough && isApart ? .encoding(best.encoding) : .unclear(fitting)
    }

    /// Whether `bytes` may be in an encoding that they are said to be in: nearly all of them belong to characters of it.
    static func fits(_ bytes: [UInt8], _ encoding: MultiByteEncoding) -> Bool {
        // what is made of seven bits says nothing against it, and a missing table is reported elsewhere
        guard encoding != .iso2022JP, let reading = read(Array(bytes.prefix(sample)), encoding) else { return true }
        return reading.invalid * 10 <= reading.count
    }

    /// From here on a text of one byte a character is what it looks like.
    private static let strong = 1.5

    private static func read(_ bytes: [UInt8], _ encoding: MultiByteEncoding) -> Reading? {
        guard let table = encoding.table else { return nil }
        var reading = Reading(encoding: encoding)
        var k = 0
        while k < bytes.count {
            switch encoding.unit(bytes, at: k, table) {
            case .ascii: k += 1
            case .single:
                // half-width letters: rare, and what bytes of other encodings look like
                reading.count += 1
                reading.worth -= 1
                k += 1
            case .double(let scalar):
                reading.count += 1
                reading.worth += worth(scalar, bytes[k], bytes[k + 1], encoding)
                k += 2
            case .other(let width, _):
                reading.count += 1
                reading.worth -= 3
                k += width
            case .invalid:
                reading.invalid += 1
                k += 1
            case .cut: k = bytes.count
            }
        }
        return reading
    }

    /// What a character says for its encoding, from -3 to 3.
    private static func worth(_ scalar: UInt32, _ lead: UInt8, _ trail: UInt8, _ encoding: MultiByteEncoding) -> Int {
        if marks.contains(scalar) { return 2 }
        if (0xFF01...0xFF5E).contains(scalar) { return 1 }
        let isFrequent = frequent[encoding]?.contains(scalar) ?? false
        let isHan = (0x4E00...0x9FFF).contains(scalar)
        // whether it is of the set that the encoding began with, where rare characters stand apart from usual ones
        let isOfSet = lead >= 0xA1 && trail >= 0xA1
        switch encoding {
        case .gb18030:
            guard isHan, isOfSet else { return -3 }
            return isFrequent ? 3 : lead <= 0xD7 ? 1 : -1
        case .big5:
            guard isHan, lead >= 0xA4, lead <= 0xF9 else { return -3 }
            return isFrequent ? 3 : lead <= 0xC6 ? 1 : -1
        case .eucKR:
            if (0xAC00...0xD7A3).contains(scalar) { return !isOfSet ? -3 : isFrequent ? 3 : 1 }
            return isHan ? -2 : -3
        case .shiftJIS, .eucJP, .iso2022JP:
            if (0x3041...0x3093).contains(scalar) { return 3 }
            if (0x30A1...0x30F6).contains(scalar) { return 2 }
            guard isHan else { return -3 }
            let isUsual = encoding == .shiftJIS ? lead <= 0x97 : lead >= 0xB0 && lead <= 0xCF
            return isFrequent ? 2 : isUsual ? 1 : -2
        }
    }

    private static let marks = Set("，。、：；？！“”‘’「」『』（）《》・ー…—　·".unicodeScalars.map(\.value))

    private static let frequent: [MultiByteEncoding: Set<UInt32>] = {
        var frequent: [MultiByteEncoding: Set<UInt32>] = [:]
        for line in Embedded.eastAsianLetters.withUTF8Buffer({ Array($0) }).split(separator: 0x0A)
        where line.first != UInt8(ascii: "#") {
            let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 2, let encoding = MultiByteEncoding(rawValue: words[0]) else { continue }
            frequent[encoding, default: []].formUnion(words[1].unicodeScalars.map(\.value))
        }
        frequent[.eucJP] = frequent[.shiftJIS]
        return frequent
    }()
}
