/// What of a document's language changes how its text is cut.
///
/// A language without a file of its own is cut by the rules for English; the lists that all share hold for it too.
struct Language: Sendable {
    /// Whether a comma stands before the decimals of a number.
    let decimalComma: Bool
    /// Whether a number with a full stop is an ordinal: `3. Mai`, `XIV. yüzyıl`.
    let hasDottedOrdinals: Bool
    /// Whether a hyphen holds a word together instead of parting two.
    let joinsHyphens: Bool
    /// The words of its file; nil for English and where there is no file.
    let words: LanguageWords?

    /// The language of a BCP 47 tag; English where there is none.
    init(tag: String?) {
        let primary = String(tag?.lowercased().prefix { $0 != "-" && $0 != "_" } ?? "en")
        decimalComma = Self.withDecimalComma.contains(primary)
        hasDottedOrdinals = Self.withDottedOrdinals.contains(primary)
        joinsHyphens = Self.withJoiningHyphens.contains(primary)
        words = LanguageWords.byCode[primary]
    }

    private static let withDecimalComma: Set<String> = [
        "de", "fr", "es", "it", "pt", "nl", "tr", "ru", "uk", "pl", "cs", "sk", "el", "sv", "da", "nb", "nn", "no",
        "fi",
        "ro", "bg", "hu", "hr", "sr", "sl", "ca",
    ]
    private static let withDottedOrdinals: Set<String> = [
        "de", "tr", "pl", "cs", "sk", "da", "nb", "nn", "no", "fi", "hu", "hr", "sr", "sl", "et", "lv",
    ]
    private static let withJoiningHyphens: Set<String> = [
        "de", "nl", "tr", "ru", "uk", "bg", "pl", "cs", "sk", "el", "sv", "da", "nb", "nn", "no", "fi", "hu",
    ]
}
