import Foundation
import Words

/// The words under which a text is found, each as a number.
///
/// A word is without accents and in small letters, cut at what is no letter or digit; a letter that is not made of another one
/// and an accent stands for those that readers write instead (*ß*, *ı*, *ø*). In scripts without spaces between words every
/// sign is one. `search-index.js` has the same rules.
struct WordForms {
    /// The words by their numbers.
    private(set) var words: [String] = []
    private var numbers: [String: Int32] = [:]
    /// What a run of letters is folded to, so that each is folded once.
    private var folded: [ArraySlice<UInt8>: [Int32]] = [:]

    /// Hands over the number of each word of `text`, which is UTF-8.
    mutating func each(in text: ArraySlice<UInt8>, _ body: (Int32) -> Void) {
        var start = text.startIndex
        for place in text.indices where !Self.isPart(text[place]) {
            if start < place { for number in fold(text[start..<place]) { body(number) } }
            start = place + 1
        }
        if start < text.endIndex { for number in fold(text[start...]) { body(number) } }
    }

    /// Whether a byte belongs to a run: letters, digits and what is not ASCII.
    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
        default: false
        }
    }

    private mutating func fold(_ run: ArraySlice<UInt8>) -> [Int32] {
        if let known = folded[run] { return known }
        let forms = Self.forms(of: run).map { number(of: $0) }
        folded[ArraySlice(Array(run))] = forms
        return forms
    }

    private mutating func number(of word: String) -> Int32 {
        if let number = numbers[word] { return number }
        let number = Int32(words.count)
        words.append(word)
        numbers[word] = number
        return number
    }

    private static func forms(of run: ArraySlice<UInt8>) -> [String] {
        let text = String(decoding: run, as: UTF8.self)
        if run.allSatisfy({ $0 < 0x80 }) { return [text.lowercased()] }
        var forms: [String] = []
        var word = ""
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            if scalar.properties.isDiacritic || scalar.properties.generalCategory == .nonspacingMark { continue }
            let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            let isOwn = isWord && scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value)
            if isWord, !isOwn {
                if let plain = PlainLetters.all[scalar] { word += plain } else { word.unicodeScalars.append(scalar) }
                continue
            }
            if !word.isEmpty { forms.append(word) }
            word = ""
            if isOwn { forms.append(String(scalar)) }
        }
        if !word.isEmpty { forms.append(word) }
        return forms
    }
}
