/// Which words a name may do without, and the countries under all their names.
struct NameWords: Sendable {
    static let standard = NameWords()

    private var words: [String: Set<Substring>] = [:]
    /// Names of countries, and of their peoples, to the name under which reports know the country.
    private var countries: [String: String] = [:]
    private var peoples: [String: String] = [:]
    private static let longest = 5

    private init() {
        for line in DataLines(Embedded.nameFormsEn) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            words[String(parts[0]), default: []].formUnion(parts[1].parts(" "))
        }
        for line in DataLines(Embedded.countries) {
            let sides = line.split(separator: "=", maxSplits: 1)
            let names = sides[0].parts("|").map(Self.form)
            guard let first = names.first else { continue }
            for name in names { countries[name] = first }
            if sides.count == 2 { for people in sides[1].parts("|") { peoples[Self.form(people)] = first } }
        }
    }

    private static func form(_ name: Substring) -> String {
        Lexicon.words(name).map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    /// Small words that join the parts of a name.
    static let small: Set<Substring> = ["of", "for", "and", "the", "a", "an", "in", "on", "at", "de", "la", "du"]

    /// Whether a name that ends with the word is often given without it.
    func isDropped(_ word: Substring) -> Bool { words["dropped"]?.contains(word) ?? false }

    /// Whether a word between two names leaves what the text says of them.
    func isBridge(_ word: String) -> Bool { has("bridge", word) }
    /// Whether a word between brackets leaves what they say of the name before them.
    func isJoint(_ word: String) -> Bool { has("joint", word) || isBridge(word) }
    /// Whether a word between two names says that they are one.
    func equates(_ word: String) -> Bool { has("equating", word) }
    /// Whether a word says that another name follows, of whatever stands before it.
    func saysAnother(_ word: String) -> Bool { has("another", word) }
    /// Whether the word is a preposition.
    func isPreposition(_ word: String) -> Bool { has("preposition", word) }

    private func has(_ category: String, _ word: String) -> Bool { words[category]?.contains(Substring(word)) ?? false }

    private func isStateBody(_ words: ArraySlice<Substring>) -> Bool {
        guard let bodies = self.words["state-body"], let first = words.first, let last = words.last else {
            return false
        }
        return bodies.contains(first) || bodies.contains(last)
    }

    /// The name of an organization with its country first and by one name, and with its field before it: "Ministry of
    /// Defence of Turkey" and "Turkish Defence Ministry" give the same.
    func standardForm(_ name: [Substring]) -> (form: String, reason: Evidence.Reason)? {
        var rest = name[...]
        var country = leading(&rest) ?? trailing(&rest)
        if let found = country, !found.isName, !isStateBody(rest) {
            country = nil
            rest = name[...]
        }
        let body = turned(rest)
        let words = (country.map { [Substring($0.country)] } ?? []) + (body ?? Array(rest))
        let form = words.joined(separator: " ")
        guard form != name.joined(separator: " ") else { return nil }
        return (form, country == nil ? .turned : .country)
    }

    /// Takes the name of a country or its people from the front.
    private func leading(_ words: inout ArraySlice<Substring>) -> (country: String, isName: Bool)? {
        for count in stride(from: min(Self.longest, words.count - 1), to: 0, by: -1) {
            let phrase = words.prefix(count).joined(separator: " ")
            let rest = words.dropFirst(count)
            guard let next = rest.first, !Self.small.contains(next) else { continue }
            if let country = countries[phrase] {
                words = rest
                return (country, true)
            }
            if let country = peoples[phrase] {
                words = rest
                return (country, false)
            }
        }
        return nil
    }

    /// Takes "of" and the name of a country from the end.
    private func trailing(_ words: inout ArraySlice<Substring>) -> (country: String, isName: Bool)? {
        for count in stride(from: min(Self.longest, words.count - 2), to: 0, by: -1) {
            var rest = words.dropLast(count)
            guard let country = countries[words.suffix(count).joined(separator: " ")] else { continue }
            if rest.last == "the" { rest = rest.dropLast() }
            guard rest.last == "of", rest.count > 1 else { return nil }
            words = rest.dropLast()
            return (country, false)
        }
        return nil
    }

    /// "Ministry of Defence" as "Defence Ministry".
    private func turned(_ words: ArraySlice<Substring>) -> [Substring]? {
        guard let head = words.first, self.words["turned"]?.contains(head) ?? false, words.count >= 3 else {
            return nil
        }
        var field = words.dropFirst(2)
        guard words.dropFirst().first == "of" || words.dropFirst().first == "for" else { return nil }
        if field.first == "the" { field = field.dropFirst() }
        guard !field.isEmpty, !field.contains("of"), !field.contains("for") else { return nil }
        return Array(field) + [head]
    }
}
