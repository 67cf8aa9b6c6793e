import Foundation
import StatisticsStage
import Text

/// What makes a word of a text the same as a word that is looked for.
package enum SearchFolding: String, CaseIterable, Sendable {
    /// Neither capitals nor diacritics count: *Café* is *cafe*, *Straße* is *strasse*, *İ*, *I* and *ı* are *i*.
    case folded
    /// As words are counted: capitals do not count, diacritics do.
    case term
    /// Every letter counts.
    case exact
}

/// Folds words for comparison. In each way of folding one form of apostrophe and of hyphen stands for all, soft hyphens
/// go, and a possessive ending is taken off, as words are counted.
struct WordFolder {
    private let folding: SearchFolding
    /// How words of the document at hand are counted.
    private var counted = WordFolding.plain
    /// What scalars beyond ASCII become, as far as that was asked.
    private var table: [UInt32: [UInt8]] = [:]

    init(_ folding: SearchFolding) { self.folding = folding }

    /// Goes on with words of a text in `language`.
    mutating func begin(language: String?) {
        if folding == .term { counted = WordFolding(language: language) }
    }

    /// Whether the first byte of a word in ASCII tells the first byte of its folded form.
    var keepsFirstByte: Bool { folding != .term || counted == WordFolding.plain }

    /// Puts the folded form of the word at `start..<end` of `text` into `output`, in the place of what is there.
    mutating func fold(_ start: Int, _ end: Int, of text: [UInt8], to output: inout [UInt8]) {
        output.removeAll(keepingCapacity: true)
        guard folding != .term else { return counted.append(ByteSpan(start, end), of: text, to: &output) }
        let isExact = folding == .exact
        var offset = start
        while offset < end {
            let byte = text[offset]
            if byte < 0x80 {
                output.append(!isExact && byte &- 0x41 < 26 ? byte | 0x20 : byte)
                offset += 1
                continue
            }
            let (scalar, width) = UTF8Decoding.scalar(in: text, at: offset)
            offset += width
            switch scalar {
            case "\u{2019}", "\u{02BC}": output.append(UInt8(ascii: "'"))
            case "\u{2010}", "\u{2011}": output.append(UInt8(ascii: "-"))
            case "\u{AD}": break
            case _ where isExact: output.append(contentsOf: text[offset - width..<offset])
            default: output.append(contentsOf: plain(scalar))
            }
        }
        dropPossessive(&output)
    }

    /// The folded form of a word that is looked for.
    mutating func folded(_ word: String) -> [UInt8] {
        let bytes = Array(word.utf8)
        // a term is folded already
        if folding == .term { return bytes }
        var output: [UInt8] = []
        fold(0, bytes.count, of: bytes, to: &output)
        return output
    }

    private func dropPossessive(_ word: inout [UInt8]) {
        let apostrophe = UInt8(ascii: "'")
        let last = word.last
        if word.count > 2, last == UInt8(ascii: "s") || last == UInt8(ascii: "S"), word[word.count - 2] == apostrophe {
            word.removeLast(2)
        } else if word.count > 1, last == apostrophe {
            word.removeLast()
        }
    }

    /// A scalar in small letters and without diacritics.
    private mutating func plain(_ scalar: Unicode.Scalar) -> [UInt8] {
        if let known = table[scalar.value] { return known }
        let bytes = Array(Self.plain(scalar).utf8)
        table[scalar.value] = bytes
        return bytes
    }

    /// The same, worked out from the canonical decomposition; a letter that Unicode does not take apart is one of
    /// ``PlainLetters``.
    static func plain(_ scalar: Unicode.Scalar) -> String {
        // a letter of its own, which no reader takes for и
        if scalar == "й" || scalar == "Й" { return "й" }
        var result = ""
        for part in String(Character(scalar)).decomposedStringWithCanonicalMapping.unicodeScalars
        where !isDiacritic(part) {
            for small in part.properties.lowercaseMapping.unicodeScalars where !isDiacritic(small) {
                result += PlainLetters.all[small] ?? String(Character(small))
            }
        }
        return result
    }

    /// A sign over or under a letter that readers may leave out; the vowels of Indic scripts are none.
    private static func isDiacritic(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
        case 0x591...0x5BD, 0x5BF, 0x5C1...0x5C2, 0x5C4...0x5C5, 0x5C7, 0x64B...0x65F, 0x670: true
        default: false
        }
    }
}
