/// The word lists of the data folder, read once.
enum Lexicon {
    static let titles = WordSet(Embedded.abbreviationsTitles, caseCounts: true)
    static let abbreviations = WordSet(Embedded.abbreviationsGeneral, caseCounts: true)
    static let beforeNumbers = WordSet(Embedded.abbreviationsBeforeNumbers, caseCounts: true)
    static let prefixes = WordSet(Embedded.prefixes)
    static let domains = WordSet(Embedded.domainsAndExtensions)
    static let units = WordSet(Embedded.units, caseCounts: true)
    static let sayingCues = WordSet(Embedded.sayingCues)
    static let slashed = WordSet(Embedded.slashed)
    static let leadingApostrophe = WordSet(Embedded.leadingApostrophe)
    static let suffixes = WordSet(Embedded.suffixes)
    static let informalOpeners = WordSet(Embedded.informalOpeners)
    static let narrationOpeners = WordSet(Embedded.narrationOpeners)
    static let firstPerson = WordSet(Embedded.firstPerson)
    static let credits = WordSet(Embedded.credits)
    static let sentenceOpeners = WordSet(Embedded.sentenceOpeners, caseCounts: true)
}
