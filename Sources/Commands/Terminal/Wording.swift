/// Small turns of phrase that several commands use.
enum Wording {
    /// `1 document`, `3,200 documents`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// A number with a comma at every third digit.
    static func grouped(_ number: Int) -> String {
        var digits = String(abs(number))
        var parts: [String] = []
        while digits.count > 3 {
            parts.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + parts).joined(separator: ",")
    }

    /// `0.04 s`, `12.3 s`.
    static func seconds(_ seconds: Double) -> String {
        seconds < 10 ? "\((seconds * 100).rounded() / 100) s" : "\((seconds * 10).rounded() / 10) s"
    }

    /// A list of names, the first few of it.
    static func names(_ names: [String], total: Int? = nil, shown: Int = 3) -> String {
        let total = total ?? names.count
        let first = names.prefix(shown).map { $0.printable() }.joined(separator: ", ")
        return total > min(shown, names.count) ? "\(first), … (\(grouped(total)) in all)" : first
    }

    /// A stage's hint, which is a phrase, as the sentence that messages end with.
    static func sentence(_ phrase: String) -> String {
        phrase.prefix(1).uppercased() + phrase.dropFirst() + (phrase.hasSuffix(".") || phrase.hasSuffix("?") ? "" : ".")
    }
}
