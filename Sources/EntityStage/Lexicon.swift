import StageKit
import Text

/// The words of the data files of one language, with those that every language shares.
struct Lexicon: Sendable {
    /// What a number's neighbour makes of it.
    enum Hedge: UInt64 {
        case lower, upper, more, less, about

        init?(name: Substring) {
            switch name {
            case "lower": self = .lower
            case "upper": self = .upper
            case "more": self = .more
            case "less": self = .less
            case "about": self = .about
            default: return nil
            }
        }
    }

    /// What the lists know of a phrase.
    struct Known {
        var kind: Mention.Kind
        /// The name that stands first on its line, as a normal form's index; -1 where the line has one spelling.
        var group: Int
        /// Whether it is a name in capitals only: `US`, not `us`.
        var needsCapitals: Bool
        /// Whether it is one word with a capital inside, and a name only where it is written so: `LeT`, not `Let`.
        var needsInnerCapital: Bool
    }

    static let english = Lexicon(MeasureWords.english)

    private(set) var classes = FlatTable(capacity: 32_000)
    private var values = FlatTable(capacity: 1024)
    private var phrases = FlatTable(capacity: 8192)
    private var hedges = FlatTable()
    private var glues = FlatTable()
    private var holidays = FlatTable()
    private var holidayRules: [Holiday] = []
    /// How the language writes numbers and dates.
    private(set) var style = MeasureStyle()
    /// Symbols of units and codes of currencies, by the value of their words.
    private(set) var unitNames: [String] = []
    /// The first spelling of the names that have several, in normal form.
    private(set) var groups: [String] = []
    private(set) var firstSpellings: Set<String> = []

    static let longestPhrase = 6

    private static let german = Lexicon(MeasureWords.german)
    private static let french = Lexicon(MeasureWords.french)
    private static let spanish = Lexicon(MeasureWords.spanish)
    private static let turkish = Lexicon(MeasureWords.turkish)

    /// The lexicon for a language tag: names are read with the English lists in every language, dates and numbers with
    /// those of the language, where it has any.
    static func forLanguage(_ tag: String?) -> Lexicon {
        switch MeasureWords.language(of: tag) {
        case "de": german
        case "fr": french
        case "es": spanish
        case "tr": turkish
        default: english
        }
    }

    private init(_ measures: MeasureWords) {
        read(words: Embedded.nameWordsEn)
        read(list: Embedded.commonWordsEn, as: .common)
        for file in [measures.numbers, measures.dates] { read(words: file) }
        if style.joinsNumbers { for (word, value) in JoinedNumbers(measures.numbers).all { add(number: word, value) } }
        read(list: Embedded.firstNames, as: .firstName)
        for line in DataLines(Embedded.peoples) {
            for word in line.parts(" ") { add(phrase: word, .group, first: "") }
        }
        read(countries: Embedded.countries)
        for line in DataLines(Embedded.places) { add(spellings: line.parts("|"), .place) }
        for line in DataLines(Embedded.regions) { add(spellings: line.parts("|"), .place) }
        for line in DataLines(Embedded.organizations) { add(spellings: line.parts("|"), .organization) }
        for line in DataLines(Embedded.famousNames) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let kind = Mention.Kind(label: parts[0].trimmed) else { continue }
            add(spellings: parts[1].parts("|"), kind)
        }
        for line in DataLines(measures.hedges) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let hedge = Hedge(name: parts[0]) else { continue }
            add(hedge: parts[1], hedge)
        }
        for file in measures.units { read(units: file, as: .unitOfMeasure) }
        for file in measures.currencies { read(units: file, as: .currency) }
        for line in DataLines(measures.holidays) { add(holiday: line) }
    }

    // MARK: Looking up

    /// The categories of a folded word.
    func classes(of word: NameWord) -> WordClass { WordClass(rawValue: classes[word.key] ?? 0) }

    /// The value of a word in one category.
    func value(_ hash: UInt64, _ category: WordClass) -> Double? {
        values[Self.mix(hash, category.rawValue)].map { Double(bitPattern: $0) }
    }

    /// The value of a word in one category, as a whole number.
    func integer(_ hash: UInt64, _ category: WordClass) -> Int? { value(hash, category).map { Int($0) } }

    /// The symbol of a unit or the code of a currency.
    func unit(_ hash: UInt64, _ category: WordClass) -> String? {
        guard let index = integer(hash, category), unitNames.indices.contains(index) else { return nil }
        return unitNames[index]
    }

    /// What is known of the words whose hashes were chained to `chain`.
    func known(_ chain: UInt64) -> Known? {
        guard let packed = phrases[chain], let kind = Mention.Kind(rawValue: UInt8(packed & 0xF)) else { return nil }
        return Known(
            kind: kind, group: Int(packed >> 8) - 1, needsCapitals: packed & 0x10 != 0,
            needsInnerCapital: packed & 0x20 != 0)
    }

    /// The hedge whose words' hashes were chained to `chain`.
    func hedge(_ chain: UInt64) -> Hedge? { hedges[chain].flatMap(Hedge.init(rawValue:)) }

    /// What a word does between the parts of a date.
    func glue(_ hash: UInt64) -> Glue { Glue(rawValue: glues[hash] ?? 0) }

    /// The holiday whose words' hashes were chained to `chain`.
    func holiday(_ chain: UInt64) -> Holiday? { holidays[chain].map { holidayRules[Int($0)] } }

    /// The hash of two words one after the other; begins with zero.
    @inline(__always)
    static func chain(_ previous: UInt64, _ word: UInt64) -> UInt64 { mix(previous &+ 0x9E37_79B9_7F4A_7C15, word) }

    static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        var x = a ^ (b &* 0xFF51_AFD7_ED55_8CCD)
        x ^= x >> 32
        x = x &* 0xC4CE_B9FE_1A85_EC53
        return x ^ (x >> 29)
    }

    // MARK: Reading the data files

    private mutating func mark(_ hash: UInt64, _ category: WordClass) {
        classes.insert(hash, category.rawValue) { $0 | $1 }
    }

    private static func hash(_ word: some StringProtocol) -> UInt64 {
        Folding.standard.hash(of: word.utf8)
    }

    private mutating func read(words file: StaticString) {
        for line in DataLines(file) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let name = String(parts[0])
            if name == "style" { style.read(parts[1]) }
            if let role = Glue.named[name] { add(glue: parts[1], role) }
            guard let category = WordClass.named[name] else { continue }
            for entry in parts[1].parts(" ") {
                let pair = entry.split(separator: "=", maxSplits: 1)
                let hash = Self.hash(pair[0])
                mark(hash, category)
                if pair.count == 2, let value = Double(pair[1]) {
                    values.insert(Self.mix(hash, category.rawValue), value.bitPattern)
                }
            }
        }
    }

    private mutating func read(list file: StaticString, as category: WordClass) {
        for line in DataLines(file) { for word in line.parts(" ") { mark(Self.hash(word), category) } }
    }

    private mutating func read(countries file: StaticString) {
        for line in DataLines(file) {
            let sides = line.split(separator: "=", maxSplits: 1)
            add(spellings: sides[0].parts("|"), .place)
            if sides.count == 2 { for people in sides[1].parts("|") { add(phrase: people, .group, first: "") } }
        }
    }

    private mutating func read(units file: StaticString, as category: WordClass) {
        for line in DataLines(file) {
            let sides = line.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { continue }
            unitNames.append(String(sides[0].trimmed))
            for name in sides[1].parts(" ") {
                let hash = Self.unitHash(name)
                if let space = name.utf8.firstIndex(of: UInt8(ascii: "+")) {
                    mark(Self.hash(name[..<space]), .beginsUnit)
                }
                mark(hash, category)
                values.insert(Self.mix(hash, category.rawValue), Double(unitNames.count - 1).bitPattern)
            }
        }
    }

    /// Of one word its hash, of a sign that of its bytes, of several words those of the words, chained.
    private static func unitHash(_ name: Substring) -> UInt64 {
        let words = name.parts("+")
        if words.count > 1 { return words.reduce(0) { chain($0, hash($1)) } }
        let folded = Folding.standard.folded(Array(name.utf8))
        let isSign = !name.unicodeScalars.allSatisfy(AtomScanner.isLetter)
        return StableHash.of(isSign ? Array(name.utf8) : folded)
    }

    private mutating func add(spellings: [Substring], _ kind: Mention.Kind) {
        let first = spellings.count > 1 ? spellings[0] : ""
        for spelling in spellings { add(phrase: spelling, kind, first: first) }
    }

    private mutating func add(phrase: Substring, _ kind: Mention.Kind, first: Substring) {
        let words = Self.words(phrase).map { StableHash.of($0) }
        guard let opener = words.first else { return }
        mark(opener, .beginsPhrase)
        let chain = words.reduce(0) { Self.chain($0, $1) }
        var group = 0
        if !first.isEmpty {
            let form = Self.words(first).map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
            if groups.last != form {
                groups.append(form)
                firstSpellings.insert(form)
            }
            group = groups.count
        }
        let capitals = phrase.utf8.allSatisfy { !(0x61...0x7A).contains($0) } && phrase.utf8.count <= 8
        // Listed as "Daesh" and as "DAESH", a name needs no capitals.
        let inner = words.count == 1 && Self.hasInnerCapital(phrase)
        phrases.insert(
            chain, UInt64(kind.rawValue) | (capitals ? 0x10 : 0) | (inner ? 0x20 : 0) | UInt64(group) << 8
        ) { old, new in
            old | 0x30 == new | 0x30 ? old & new : new
        }
        if kind == .group, words.count == 1 { mark(opener, .people) }
    }

    /// Whether a word of few letters begins with a capital and has another one behind a small letter.
    private static func hasInnerCapital(_ word: Substring) -> Bool {
        let letters = Array(word.utf8)
        guard letters.count <= 5, letters.contains(where: { (0x61...0x7A).contains($0) }) else { return false }
        return letters.dropFirst().contains { (0x41...0x5A).contains($0) }
    }

    /// Words with a role, parted by blanks; those of several words have a + for the blank between.
    private mutating func add(glue words: Substring, _ role: Glue) {
        for entry in words.parts(" ") {
            let parts = entry.parts("+")
            let chain = parts.count == 1 ? Self.hash(entry) : parts.reduce(0) { Self.chain($0, Self.hash($1)) }
            if parts.count > 1 { mark(Self.hash(parts[0]), .beginsUnit) }
            glues.insert(chain, role.rawValue) { $0 | $1 }
        }
    }

    private mutating func add(holiday line: Substring) {
        let sides = line.split(separator: "=", maxSplits: 1)
        guard sides.count == 2, let rule = Holiday(rule: sides[0].trimmed) else { return }
        holidayRules.append(rule)
        for name in sides[1].parts("|") {
            let words = Self.words(name)
            guard let first = words.first else { continue }
            mark(StableHash.of(first), .holiday)
            let chain = words.reduce(UInt64(0)) { Self.chain($0, StableHash.of($1)) }
            holidays.insert(chain, UInt64(holidayRules.count - 1))
        }
    }

    private mutating func add(number word: String, _ value: Double) {
        let hash = Self.hash(word)
        mark(hash, .small)
        values.insert(Self.mix(hash, WordClass.small.rawValue), value.bitPattern)
    }

    private mutating func add(hedge: Substring, _ kind: Hedge) {
        var chain: UInt64 = 0
        for (k, word) in hedge.parts(" ").enumerated() {
            let hash = Self.hash(word)
            if k == 0 { mark(hash, .beginsHedge) }
            chain = Self.chain(chain, hash)
        }
        hedges.insert(chain, kind.rawValue)
    }

    /// The folded words of a name as the scanner cuts them: at blanks and marks, dotted letters kept together.
    static func words(_ name: Substring) -> [[UInt8]] {
        AtomScanner.words(of: Array(name.utf8)).map { Folding.standard.folded($0) }
    }
}

extension Mention.Kind {
    /// The kind of that name in results.
    init?(label: some StringProtocol) {
        guard let kind = Self.allCases.first(where: { $0.label == label }) else { return nil }
        self = kind
    }
}
