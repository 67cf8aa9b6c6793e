import Text

/// What a word does in a text. The cases stand in the order that their names have in keys.
package enum WordClass: String, CaseIterable, Sendable {
    /// A form of a verb that says that something was said.
    case saying
    /// All that is in no list.
    case content
    /// A number in words.
    case numeral
    /// A word that carries grammar rather than matter.
    case function
}

/// The words of a language that are not content.
package struct WordClasses: Sendable {
    private var words: WordTable
    /// By the number of the word.
    private var classes: [WordClass] = []

    /// For words of a language as a BCP 47 tag. A language that is not known is taken for English; one without a list has
    /// content alone.
    package static func of(language: String?) -> WordClasses {
        guard let language, !language.isEmpty else { return english }
        let primary = String(language.lowercased().prefix { $0 != "-" && $0 != "_" })
        return all[codes[primary] ?? primary] ?? none
    }

    /// The class of the word `id` of `table`.
    package func wordClass(_ id: Int, of table: WordTable) -> WordClass {
        words.number(of: id, of: table).map { classes[$0] } ?? .content
    }

    private static let english = WordClasses(Embedded.wordClassesEn.description, language: "en")
    private static let none = WordClasses("", language: nil)
    private static let all = [
        "en": english, "de": WordClasses(Embedded.wordClassesDe.description, language: "de"),
        "es": WordClasses(Embedded.wordClassesEs.description, language: "es"),
        "fr": WordClasses(Embedded.wordClassesFr.description, language: "fr"),
        "it": WordClasses(Embedded.wordClassesIt.description, language: "it"),
        "tr": WordClasses(Embedded.wordClassesTr.description, language: "tr"),
    ]
    /// Codes of three letters (ISO 639-2).
    private static let codes = [
        "eng": "en", "deu": "de", "ger": "de", "spa": "es", "fra": "fr", "fre": "fr", "ita": "it", "tur": "tr",
    ]

    /// The lists in `text`, a line a class and its words. A word that is in two of them has the class of the first.
    private init(_ text: String, language: String?) {
        words = WordTable(WordFolding(language: language))
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            let parts = line.split(separator: UInt8(ascii: " "))
            guard let name = parts.first,
                let wordClass = WordClass(rawValue: String(decoding: name, as: UTF8.self))
            else { continue }
            for word in parts.dropFirst() {
                guard words.insert(ByteSpan(0, word.count), of: Array(word)) == classes.count else { continue }
                classes.append(wordClass)
            }
        }
    }
}
