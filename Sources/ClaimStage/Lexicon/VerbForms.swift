/// The forms of a verb, by the rules of English spelling where the data file gives no other.
struct VerbForms {
    let base: String
    let past: String
    let participle: String
    let progressive: String

    /// `words`: the base form and, if they are irregular, past, participle and -ing form.
    init?(_ words: [Substring]) {
        guard let first = words.first else { return nil }
        base = String(first)
        let regular = Self.stem(of: base)
        past = words.count > 1 ? String(words[1]) : regular + "ed"
        participle = words.count > 2 ? String(words[2]) : past
        progressive =
            words.count > 3 ? String(words[3]) : (base.hasSuffix("e") ? String(base.dropLast()) : base) + "ing"
    }

    /// `says`, `teaches`, `implies`.
    var third: String {
        if ["s", "sh", "ch", "x", "z"].contains(where: base.hasSuffix) { return base + "es" }
        return endsInConsonantAndY ? String(base.dropLast()) + "ies" : base + "s"
    }

    private var endsInConsonantAndY: Bool { Self.endsInConsonantAndY(base) }

    private static func stem(of base: String) -> String {
        if base.hasSuffix("e") { return String(base.dropLast()) }
        return endsInConsonantAndY(base) ? String(base.dropLast()) + "i" : base
    }

    private static func endsInConsonantAndY(_ base: String) -> Bool {
        guard base.hasSuffix("y"), let before = base.utf8.dropLast().last else { return false }
        return !"aeiou".utf8.contains(before)
    }
}
