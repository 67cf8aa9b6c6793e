/// The context of a keyword, cut to one width on both sides.
enum Concordance {
    private static let width = 60

    /// The last code points before a keyword, from the beginning of a word.
    static func left(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count > width else { return text }
        let kept = scalars.suffix(width)
        return "…" + string(kept.firstIndex(of: " ").map { kept[$0...] } ?? kept)
    }

    /// The first code points behind a keyword, to the end of a word.
    static func right(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count > width else { return text }
        let kept = scalars.prefix(width)
        return string(kept.lastIndex(of: " ").map { kept[..<$0] } ?? kept) + "…"
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
