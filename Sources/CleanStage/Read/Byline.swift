/// A line that names who wrote a text: `By Ada Moreau, The Northern Ledger`.
struct Byline {
    /// Who wrote it, as written.
    let author: String
    /// The outlet after the name.
    let publisher: String?

    /// Reads `line`; nil for one that is no byline.
    init?(_ line: [UInt8]) {
        guard line.count <= 120 else { return nil }
        let text = String(decoding: line, as: UTF8.self)
        let lower = text.lowercased()
        guard let label = DateWords.authorship.first(where: lower.hasPrefix), let space = text.firstIndex(of: " ")
        else { return nil }
        let rest = text[text.index(after: space)...]
        let parts = rest.split(separator: ",", maxSplits: 1)
        guard let names = parts.first else { return nil }
        var words = names.split(separator: " ").map(String.init)
        if let place = words.firstIndex(where: { ["in", "for", "at", "|", "·", "-", "–", "—"].contains($0) }) {
            words = Array(words[..<place])
        }
        guard (1...10).contains(words.count), words.allSatisfy({ Self.isNameWord($0) || $0 == "and" || $0 == "&" }),
            Self.isNameWord(words[0])
        else { return nil }
        // what is `by` elsewhere begins other lines too: one name of two or more words, and nothing else
        // `By Monday` says when
        guard words.count > 1 || !DateWords.isDay(words[0].lowercased()) else { return nil }
        guard label == "by " || label.hasSuffix(": ") || Self.isName(Array(words.joined(separator: " ").utf8)) else {
            return nil
        }
        author = words.joined(separator: " ")
        let outlet = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
        publisher = outlet.first?.isUppercase == true && outlet.utf8.count <= 60 ? String(outlet) : nil
    }

    /// Whether `line` is a name of two to four words and nothing else.
    static func isName(_ line: [UInt8]) -> Bool {
        guard (5...40).contains(line.count) else { return false }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
        guard (2...4).contains(words.count), words.allSatisfy(isNameWord) else { return false }
        let articles: Set<String> = [
            "The", "A", "An", "Our", "New", "Early", "More", "No", "What", "Why", "How", "Who",
        ]
        return !articles.contains(words[0]) && words.contains { $0.utf8.count > 2 && $0 != $0.uppercased() }
    }

    private static func isNameWord(_ word: String) -> Bool {
        guard let first = word.unicodeScalars.first else { return false }
        let particles: Set<String> = ["al", "bin", "de", "der", "di", "van", "von", "la", "el", "den", "du"]
        guard first.properties.isUppercase || particles.contains(word) else { return false }
        return word.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || "-.'’".unicodeScalars.contains($0) }
    }
}

/// Whether two or three words are more likely a person's name than a place's or a thing's.
enum PersonName {
    /// `line` has to be words that begin with capitals.
    static func isLikely(_ line: [UInt8]) -> Bool {
        let words = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard (2...3).contains(words.count) else { return false }
        return words.allSatisfy { word in
            let lower = word.lowercased()
            return !things.contains(lower) && !DateWords.isDay(lower)
        }
    }

    /// Words in names of places, papers and institutions.
    private static let things = Set(
        Embedded.placeWords.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }.split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.flatMap { $0.split(separator: " ").map(String.init) })
}
