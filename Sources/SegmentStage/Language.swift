/// What of a document's language changes how its text is cut.
struct Language: Sendable {
    /// Whether a comma stands before the decimals of a number.
    let decimalComma: Bool

    /// The language of a BCP 47 tag; English where there is none.
    init(tag: String?) {
        let primary = tag?.lowercased().prefix { $0 != "-" && $0 != "_" } ?? "en"
        decimalComma = Self.commaLanguages.contains(String(primary))
    }

    private static let commaLanguages: Set<String> = [
        "de", "fr", "es", "it", "pt", "nl", "tr", "ru", "uk", "pl", "cs", "el", "sv", "da", "nb", "no", "fi", "ro",
        "bg",
    ]
}
