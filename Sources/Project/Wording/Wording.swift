/// Phrases that several commands use.
package enum Wording {
    /// `1 document`, `3,200 documents`; with a plural of its own, `2 entries`.
    package static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// A command on a pipeline as a user can type it: `colophon why 'my pipelines/a.yaml' --set window=3`.
    package static func command(_ name: String, _ pipeline: String, settings: [String]) -> String {
        (["colophon", name, pipeline] + settings.flatMap { ["--set", $0] }).map(shellWord).joined(separator: " ")
    }

    /// A word as a POSIX shell reads it, in quotes where it needs them.
    private static func shellWord(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "_-./=:,+@%".utf8.contains(byte) || byte >= 0x80
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }

    /// A number with a comma at every third digit.
    package static func grouped(_ number: Int) -> String {
        var digits = String(abs(number))
        var parts: [String] = []
        while digits.count > 3 {
            parts.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + parts).joined(separator: ",")
    }

    /// `0.04 s`, `12.3 s`.
    package static func seconds(_ seconds: Double) -> String {
        seconds < 10 ? "\((seconds * 100).rounded() / 100) s" : "\((seconds * 10).rounded() / 10) s"
    }

    /// A list of names, the first few of it.
    package static func names(_ names: [String], total: Int? = nil, shown: Int = 3) -> String {
        let total = total ?? names.count
        let first = names.prefix(shown).map { $0.printable() }.joined(separator: ", ")
        return total > min(shown, names.count) ? "\(first), … (\(grouped(total)) in all)" : first
    }

    /// A stage's hint, which is a phrase, as the sentence that messages end with.
    package static func sentence(_ phrase: String) -> String {
        phrase.prefix(1).uppercased() + phrase.dropFirst() + (phrase.hasSuffix(".") || phrase.hasSuffix("?") ? "" : ".")
    }
}
