import Text

/// Which words a name may do without, and the countries under all their names.
///
/// Single words are asked for by the hashes of their folded letters, names by the chain of those of their words.
struct NameWords: Sendable {
    static let standard = NameWords()

    /// The categories of words, by their names in the data file.
    private struct Category: OptionSet, Sendable {
        let rawValue: UInt64
        static let dropped = Category(rawValue: 1)
        static let turned = Category(rawValue: 2)
        static let stateBody = Category(rawValue: 4)
        static let bridge = Category(rawValue: 8)
        static let joint = Category(rawValue: 16)
        static let equating = Category(rawValue: 32)
        static let another = Category(rawValue: 64)
        static let preposition = Category(rawValue: 128)
        static let compound = Category(rawValue: 256)
        static let initialism = Category(rawValue: 512)
        static let lawHead = Category(rawValue: 1 << 10)
        static let prizeHead = Category(rawValue: 1 << 11)
        static let eventHead = Category(rawValue: 1 << 12)
        static let storm = Category(rawValue: 1 << 13)
        static let ship = Category(rawValue: 1 << 14)
        static let road = Category(rawValue: 1 << 15)
        static let body = Category(rawValue: 1 << 16)
        static let peopleNoun = Category(rawValue: 1 << 17)
        static let described = Category(rawValue: 1 << 18)
        static let field = Category(rawValue: 1 << 19)
        static let officials = Category(rawValue: 1 << 20)
        static let government = Category(rawValue: 1 << 21)
        static let bearer = Category(rawValue: 1 << 22)
        static let disease = Category(rawValue: 1 << 23)
        static let thingHead = Category(rawValue: 1 << 24)
        static let roadHead = Category(rawValue: 1 << 25)

        static let named: [Substring: Category] = [
            "dropped": .dropped, "turned": .turned, "state-body": .stateBody, "bridge": .bridge, "joint": .joint,
            "equating": .equating, "another": .another, "preposition": .preposition,
            "compound": .compound, "initialism": .initialism, "law-head": .lawHead, "prize-head": .prizeHead,
            "event-head": .eventHead, "storm": .storm, "ship": .ship, "road": .road, "body": .body,
            "people-noun": .peopleNoun, "described": .described, "field": .field,
            "officials": .officials, "government": .government, "bearer": .bearer,
            "disease": .disease, "thing-head": .thingHead, "road-head": .roadHead,
        ]
    }

    private var words = FlatTable(capacity: 512)
    /// Names of countries, and of their peoples, to the name under which reports know the country.
    private var countries: [UInt64: NameWord] = [:]
    private var peoples: [UInt64: NameWord] = [:]
    /// By the name under which reports know a country, as the list writes it.
    private var writtenCountries: [NameWord: String] = [:]
    /// Capitals, to the country whose government they stand for.
    private var capitals: [UInt64: NameWord] = [:]
    private static let longest = 5

    private init() {
        words.insert(DataLines(Embedded.nameFormsEn), as: Category.named)
        for line in DataLines(Embedded.countries) {
            let sides = line.split(separator: "=", maxSplits: 1)
            let names = sides[0].parts("|").map(Self.words)
            guard let first = names.first.map({ NameWord($0.map(\.text).joined(separator: " ")) }) else { continue }
            writtenCountries[first] = sides[0].parts("|").first.map(String.init)
            for name in names { countries[name.chained] = first }
            if sides.count == 2 { for people in sides[1].parts("|") { peoples[Self.words(people).chained] = first } }
        }
        for line in DataLines(Embedded.capitals) {
            let sides = line.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, let town = sides[0].parts("|").first, let land = sides[1].parts("|").first,
                let country = countries[Self.words(land).chained]
            else { continue }
            capitals[Self.words(town).chained] = country
        }
    }

    /// The country whose capital a town is.
    func country(ofCapital words: [NameWord]) -> NameWord? { capitals[words.chained] }

    private static func words(_ name: Substring) -> [NameWord] {
        Lexicon.words(name).filter { !$0.isEmpty }.map { NameWord(String(decoding: $0, as: UTF8.self)) }
    }

    /// Small words that join the parts of a name.
    private static let small = Set(
        ["of", "for", "and", "the", "a", "an", "in", "on", "at", "de", "la", "du"].map(SmallWord.hash))

    /// Whether a word is one of those that join the parts of a name.
    static func isSmall(_ word: UInt64) -> Bool { small.contains(word) }

    /// Whether a name that ends with the word is often given without it.
    func isDropped(_ word: NameWord) -> Bool { has(.dropped, word.key) }

    /// Whether a word between two names leaves what the text says of them.
    func isBridge(_ word: UInt64) -> Bool { has(.bridge, word) }
    /// Whether a word between brackets leaves what they say of the name before them.
    func isJoint(_ word: UInt64) -> Bool { has([.joint, .bridge], word) }
    /// Whether a word between two names says that they are one.
    func equates(_ word: UInt64) -> Bool { has(.equating, word) }
    /// Whether a word says that another name follows, of whatever stands before it.
    func saysAnother(_ word: UInt64) -> Bool { has(.another, word) }
    /// Whether a word behind a name and a hyphen makes an adjective of it: "Merkel-led".
    func endsCompound(_ word: UInt64) -> Bool { has(.compound, word) }
    /// Whether the word is a preposition.
    func isPreposition(_ word: UInt64) -> Bool { has(.preposition, word) }

    /// Whether a run of capitals is a common noun: `DNA`, `MP`.
    func isInitialism(_ word: UInt64) -> Bool { has(.initialism, word) }
    /// Whether the word closes the name of a law, a prize or an event.
    func closesLaw(_ word: UInt64) -> Bool { has(.lawHead, word) }
    func closesPrize(_ word: UInt64) -> Bool { has(.prizeHead, word) }
    func closesEvent(_ word: UInt64) -> Bool { has(.eventHead, word) }
    /// Whether the word opens the name of a storm, a ship, a road with a number.
    func opensStorm(_ word: UInt64) -> Bool { has(.storm, word) }
    func opensShip(_ word: UInt64) -> Bool { has(.ship, word) }
    func opensRoad(_ word: UInt64) -> Bool { has(.road, word) }
    /// Whether the word closes the name of a law or an event that may begin like a person's; of a road or a county.
    func closesThing(_ word: UInt64) -> Bool { has(.thingHead, word) }
    func closesRoad(_ word: UInt64) -> Bool { has(.roadHead, word) }
    /// Whether the word means a thing that is called like a person: "the tanker Ada Weir".
    func bearsName(_ word: UInt64) -> Bool { has(.bearer, word) }
    /// Whether the word behind a name makes it that of a disease: "the Weir virus".
    func closesDisease(_ word: UInt64) -> Bool { has(.disease, word) }
    /// Whether the word alone means a body that the text has named: "the Ministry".
    func isBody(_ word: UInt64) -> Bool { has(.body, word) }
    /// Whether the word, in small letters, is a body of a state: "government"; or the field of one: "foreign".
    func isStateBody(_ word: UInt64) -> Bool { has(.described, word) }
    /// Whether the word means people who speak for a state: "officials"; or its government, by whichever name.
    func isOfficials(_ word: UInt64) -> Bool { has(.officials, word) }
    func isGovernment(_ word: UInt64) -> Bool { has(.government, word) }
    func isField(_ word: UInt64) -> Bool { has(.field, word) }
    /// Whether the word behind a name tells that it is a people: "Houthi rebels".
    func tellsPeople(_ word: UInt64) -> Bool { has(.peopleNoun, word) }

    private func has(_ category: Category, _ word: UInt64) -> Bool { (words[word] ?? 0) & category.rawValue != 0 }

    private func isStateBody(_ words: ArraySlice<NameWord>) -> Bool {
        guard let first = words.first, let last = words.last else { return false }
        return has(.stateBody, first.key) || has(.stateBody, last.key)
    }

    /// The name of an organization with its country first and by one name, and with its field before it: "Ministry of
    /// Defence of Turkey" and "Turkish Defence Ministry" give the same.
    func standardForm(_ name: [NameWord]) -> (form: String, reason: Evidence.Reason)? {
        var rest = name[...]
        var country = leading(&rest) ?? trailing(&rest)
        if let found = country, !found.isName, !isStateBody(rest) {
            country = nil
            rest = name[...]
        }
        let body = turned(rest)
        if country == nil, body == nil { return nil }
        let words = (country.map { [$0.country] } ?? []) + (body ?? Array(rest))
        let form = words.map(\.text).joined(separator: " ")
        guard form != name.map(\.text).joined(separator: " ") else { return nil }
        return (form, country == nil ? .turned : .country)
    }

    /// The name under which reports know the country of a people.
    func country(ofPeople words: [NameWord]) -> NameWord? { peoples[words.chained] }

    /// The name under which reports know a country.
    func country(named words: [NameWord]) -> NameWord? { countries[words.chained] }

    /// A country as its name is written: `United States`.
    func written(_ country: NameWord) -> String? { writtenCountries[country] }

    /// The country whose state has a body of this name: "Turkish Ministry of Defence", "Parliament of Turkey".
    func country(ofBody words: [NameWord]) -> NameWord? {
        var rest = words[...]
        guard let found = leading(&rest) ?? trailing(&rest),
            isStateBody(rest) || rest.last.map({ has(.described, $0.key) }) ?? false
        else { return nil }
        return found.country
    }

    /// Takes the name of a country or its people from the front.
    private func leading(_ words: inout ArraySlice<NameWord>) -> (country: NameWord, isName: Bool)? {
        for count in stride(from: min(Self.longest, words.count - 1), to: 0, by: -1) {
            let phrase = words.prefix(count).chained
            let rest = words.dropFirst(count)
            guard let next = rest.first, !Self.isSmall(next.key) else { continue }
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
    private func trailing(_ words: inout ArraySlice<NameWord>) -> (country: NameWord, isName: Bool)? {
        for count in stride(from: min(Self.longest, words.count - 2), to: 0, by: -1) {
            var rest = words.dropLast(count)
            guard let country = countries[words.suffix(count).chained] else { continue }
            if rest.last?.key == SmallWord.the { rest = rest.dropLast() }
            guard rest.last?.key == SmallWord.of, rest.count > 1 else { return nil }
            words = rest.dropLast()
            return (country, false)
        }
        return nil
    }

    /// "Ministry of Defence" as "Defence Ministry".
    private func turned(_ words: ArraySlice<NameWord>) -> [NameWord]? {
        guard let head = words.first, words.count >= 3, has(.turned, head.key) else { return nil }
        func isJoint(_ word: NameWord?) -> Bool { word?.key == SmallWord.of || word?.key == SmallWord.for }
        var field = words.dropFirst(2)
        guard isJoint(words.dropFirst().first) else { return nil }
        if field.first?.key == SmallWord.the { field = field.dropFirst() }
        guard !field.isEmpty, !field.contains(where: isJoint) else { return nil }
        return Array(field) + [head]
    }
}
