/// What the data files say of a word: one bit a category.
struct WordClass: OptionSet, Sendable, Hashable {
    let rawValue: UInt64

    // numbers
    static let small = WordClass(bit: 0)
    static let ten = WordClass(bit: 1)
    static let hundred = WordClass(bit: 2)
    static let scale = WordClass(bit: 3)
    static let pluralScale = WordClass(bit: 4)
    static let suffix = WordClass(bit: 5)
    static let dozen = WordClass(bit: 6)
    static let ordinal = WordClass(bit: 7)
    static let fraction = WordClass(bit: 8)
    static let ordinalSuffix = WordClass(bit: 9)
    static let percent = WordClass(bit: 10)
    static let negative = WordClass(bit: 11)
    // units
    static let unitOfMeasure = WordClass(bit: 12)
    static let currency = WordClass(bit: 13)
    // dates
    static let month = WordClass(bit: 14)
    static let monthShort = WordClass(bit: 15)
    static let weekday = WordClass(bit: 16)
    static let weekdayShort = WordClass(bit: 17)
    static let season = WordClass(bit: 18)
    static let day = WordClass(bit: 19)
    static let timeUnit = WordClass(bit: 20)
    static let daypart = WordClass(bit: 21)
    static let clock = WordClass(bit: 22)
    static let next = WordClass(bit: 23)
    static let last = WordClass(bit: 24)
    static let this = WordClass(bit: 25)
    static let early = WordClass(bit: 26)
    static let mid = WordClass(bit: 27)
    static let late = WordClass(bit: 28)
    static let ago = WordClass(bit: 29)
    static let earlier = WordClass(bit: 30)
    static let later = WordClass(bit: 31)
    static let era = WordClass(bit: 32)
    static let holiday = WordClass(bit: 33)
    static let clockHalf = WordClass(bit: 34)
    static let every = WordClass(bit: 35)
    static let frequency = WordClass(bit: 36)
    static let decade = WordClass(bit: 37)
    static let several = WordClass(bit: 38)
    // names
    static let common = WordClass(bit: 39)
    static let firstName = WordClass(bit: 40)
    static let people = WordClass(bit: 41)
    static let organizationHead = WordClass(bit: 42)
    static let organizationLead = WordClass(bit: 43)
    static let placeHead = WordClass(bit: 44)
    static let placeLead = WordClass(bit: 45)
    static let eventHead = WordClass(bit: 46)
    static let title = WordClass(bit: 47)
    static let speech = WordClass(bit: 48)
    static let locative = WordClass(bit: 49)
    static let inner = WordClass(bit: 50)
    static let particle = WordClass(bit: 51)
    static let never = WordClass(bit: 52)
    static let knownAs = WordClass(bit: 53)
    static let beginsPhrase = WordClass(bit: 54)
    static let beginsHedge = WordClass(bit: 55)

    static let stop = WordClass(bit: 56)
    static let plural = WordClass(bit: 57)
    static let age = WordClass(bit: 58)
    static let beginsUnit = WordClass(bit: 59)
    static let eventLead = WordClass(bit: 60)
    static let groupHead = WordClass(bit: 61)
    static let houseHead = WordClass(bit: 62)
    static let surname = WordClass(bit: 63)

    init(rawValue: UInt64) { self.rawValue = rawValue }
    private init(bit: UInt64) { rawValue = 1 << bit }

    /// The categories under the names that data files use.
    static let named: [String: WordClass] = [
        "small": .small, "ten": .ten, "hundred": .hundred, "scale": .scale, "plural-scale": .pluralScale,
        "suffix": .suffix, "dozen": .dozen, "ordinal": .ordinal, "fraction": .fraction,
        "ordinal-suffix": .ordinalSuffix, "percent": .percent, "negative": .negative, "month": .month,
        "month-short": .monthShort, "weekday": .weekday, "weekday-short": .weekdayShort, "season": .season,
        "day": .day, "unit": .timeUnit, "daypart": .daypart, "clock": .clock, "next": .next, "last": .last,
        "this": .this, "early": .early, "mid": .mid, "late": .late, "ago": .ago, "earlier": .earlier,
        "later": .later, "era": .era, "clock-half": .clockHalf,
        "every": .every, "daily": .frequency, "decade": .decade, "several": .several,
        "organization-head": .organizationHead, "organization-lead": .organizationLead, "place-head": .placeHead,
        "place-lead": .placeLead, "event-head": .eventHead, "event-lead": .eventLead, "group-head": .groupHead,
        "house-head": .houseHead, "surname": .surname, "title": .title, "speech": .speech,
        "locative": .locative, "inner": .inner, "particle": .particle, "never": .never, "known-as": .knownAs,
        "stop": .stop, "plural": .plural, "age": .age,
    ]
}
