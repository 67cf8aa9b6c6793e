import StageKit
import Text

/// Tells the language of a text from its script and its small words.
enum LanguageGuess {
    /// How many words are looked at.
    private static let enough = 400

    /// The language of `blocks` as a BCP 47 tag; nil for a text too short or too mixed to tell.
    static func language(of blocks: [Page.Block]) -> String? {
        var count = Count()
        for block in blocks where block.reason.isEmpty && block.kind != .code {
            count.add(block.text.bytes)
            if count.words >= enough { break }
        }
        return count.language
    }

    /// What was met so far.
    private struct Count {
        var words = 0
        private var scripts = Array(repeating: 0, count: Script.allCases.count)
        private var scores = Array(repeating: 0, count: LanguageGuess.languages.count)

        mutating func add(_ bytes: [UInt8]) {
            var word = StableHash()
            var length = 0
            var k = 0
            while k <= bytes.count, words < LanguageGuess.enough {
                let (scalar, width) = k < bytes.count ? UTF8Decoding.scalar(in: bytes, at: k) : (" ", 1)
                k += width
                if scalar.value < 0x80 {
                    let byte = UInt8(scalar.value)
                    let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
                    if isLetter || (byte == UInt8(ascii: "'") && length > 0) {
                        word.combine(isLetter ? byte | 0x20 : byte)
                        length += 1
                        continue
                    }
                } else if scalar == "’", length > 0 {
                    word.combine(UInt8(ascii: "'"))
                    length += 1
                    continue
                } else if scalar.properties.isAlphabetic {
                    scripts[Script(scalar).rawValue] += 1
                    for byte in scalar.properties.lowercaseMapping.utf8 { word.combine(byte) }
                    length += 1
                    continue
                }
                if length > 0 { close(word.value) }
                word = StableHash()
                length = 0
            }
        }

        private mutating func close(_ word: UInt64) {
            words += 1
            scripts[Script.latin.rawValue] += 1
            var languages = LanguageGuess.words[word]
            guard languages != 0 else { return }
            // a word that several languages have says less for each
            let weight = 12 / min(languages.nonzeroBitCount, 4)
            while languages != 0 {
                scores[languages.trailingZeroBitCount] += weight
                languages &= languages - 1
            }
        }

        var language: String? {
            if let own = Script.own(scripts) { return own }
            // letters that are no word of a list say nothing
            guard words >= 4 else { return nil }
            let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
            let (best, second) = (scores[order[0]], scores[order[1]])
            guard best >= max(24, words), best * 5 > second * 6 else { return nil }
            return LanguageGuess.languages[order[0]]
        }
    }

    /// Languages of the word lists, in their order.
    private static let languages: [String] = lists.map(\.language)

    private static let words = WordLanguages(lists.map(\.words))

    private static let lists: [(language: String, words: [[UInt8]])] =
        Embedded.languages.withUTF8Buffer { Array($0) }.split(separator: 0x0A)
        .filter { $0.first != UInt8(ascii: "#") }
        .compactMap { line in
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let words = line[(colon + 1)...].split(separator: 0x20).map { Array($0) }
            return (String(decoding: line[..<colon], as: UTF8.self), words)
        }
}

/// What a letter beyond ASCII is written in.
private enum Script: Int, CaseIterable {
    case latin, greek, arabic, persian, hebrew, kana, han, hangul, thai, armenian, georgian, devanagari, other

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x370..<0x400, 0x1F00..<0x2000: self = .greek
        case 0x67E, 0x686, 0x698, 0x6AF, 0x6CC: self = .persian
        case 0x600..<0x780, 0xFB50..<0xFE00, 0xFE70..<0xFEFF: self = .arabic
        case 0x590..<0x600: self = .hebrew
        case 0x3040..<0x3100: self = .kana
        case 0x3400..<0xA000, 0x20000..<0x32000: self = .han
        case 0x1100..<0x1200, 0xAC00..<0xD7B0: self = .hangul
        case 0xE00..<0xE80: self = .thai
        case 0x530..<0x590: self = .armenian
        case 0x10A0..<0x1100: self = .georgian
        case 0x900..<0x980: self = .devanagari
        default: self = .other
        }
    }

    /// The language of a script that has one, if most of a text is written in it.
    static func own(_ counts: [Int]) -> String? {
        func count(_ script: Script) -> Int { counts[script.rawValue] }
        // letters here, whole words there: a script that outnumbers the words is the text's
        let all = counts.reduce(0, +)
        func isMost(_ letters: Int) -> Bool { letters >= 8 && letters * 2 > all }
        if isMost(count(.arabic) + count(.persian)) {
            return count(.persian) * 25 > count(.arabic) ? "fa" : "ar"
        }
        if isMost(count(.kana) + count(.han)) { return count(.kana) * 20 > count(.han) ? "ja" : "zh" }
        let languages: [(Script, String)] = [
            (.greek, "el"), (.hebrew, "he"), (.hangul, "ko"), (.thai, "th"), (.armenian, "hy"), (.georgian, "ka"),
            (.devanagari, "hi"),
        ]
        return languages.first { isMost(count($0.0)) }?.1
    }
}
