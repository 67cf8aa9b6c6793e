/// The word lists of a language, from its file in the data folder: words between white space under the heading of
/// their list, `#` begins a comment. Case counts.
struct LanguageWords: Sendable {
    /// With a full stop, never the end of a sentence.
    let titles: WordSet
    /// With a full stop, which also ends the sentence where one of `openers` follows.
    let abbreviations: WordSet
    /// Words that begin sentences often and names hardly ever.
    let openers: WordSet
    /// What an apostrophe parts from the word behind it: `l'`, `dell'`.
    let elisions: WordSet

    init(_ data: StaticString) {
        var lists: [[UInt8]: [UInt8]] = [:]
        var heading: [UInt8] = []
        for line in data.withUTF8Buffer({ Array($0) }).split(separator: 0x0A) where line.first != UInt8(ascii: "#") {
            if line.first == UInt8(ascii: "[") {
                heading = line.filter { (0x61...0x7A).contains($0) }
            } else {
                lists[heading, default: []] += line.map { $0 == 0x20 ? 0x0A : $0 } + [0x0A]
            }
        }
        func list(_ name: StaticString) -> WordSet {
            WordSet(lines: lists[name.withUTF8Buffer { Array($0) }] ?? [], caseCounts: true)
        }
        titles = list("titles")
        abbreviations = list("abbreviations")
        openers = list("openers")
        elisions = list("elisions")
    }

    /// By the code of the language.
    static let byCode: [String: LanguageWords] = [
        "ar": LanguageWords(Embedded.languageAr), "de": LanguageWords(Embedded.languageDe),
        "el": LanguageWords(Embedded.languageEl), "es": LanguageWords(Embedded.languageEs),
        "fr": LanguageWords(Embedded.languageFr), "it": LanguageWords(Embedded.languageIt),
        "nl": LanguageWords(Embedded.languageNl), "pl": LanguageWords(Embedded.languagePl),
        "pt": LanguageWords(Embedded.languagePt), "ru": LanguageWords(Embedded.languageRu),
        "tr": LanguageWords(Embedded.languageTr),
    ]
}
