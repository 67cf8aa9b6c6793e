extension String {
    /// The text without what would move a terminal's cursor or reverse what follows: control characters, line separators
    /// and the embeddings and overrides of the direction of writing (UAX #9) are shown as U+FFFD; line breaks and tabs too
    /// unless `keepingLines`. Names of files, texts of the corpus, and what comes in packs, caches and locks are data.
    package func printable(keepingLines: Bool = false) -> String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    if keepingLines, scalar == "\n" || scalar == "\t" { return scalar }
                    switch scalar.value {
                    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: return "\u{FFFD}"
                    default: return scalar
                    }
                }))
    }
}
