extension String {
    /// The text without what would move a terminal's cursor: control characters are shown as U+FFFD, line breaks and tabs
    /// too unless `keepingLines`. Names of files and texts of the corpus are data.
    package func printable(keepingLines: Bool = false) -> String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    if keepingLines, scalar == "\n" || scalar == "\t" { return scalar }
                    return scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar
                }))
    }
}
