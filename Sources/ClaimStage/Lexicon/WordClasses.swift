/// The closed classes that the rules ask about; a word may be in several.
struct WordClasses: OptionSet {
    let rawValue: UInt64

    static let pronoun = WordClasses(bit: 0)
    static let male = WordClasses(bit: 1)
    static let female = WordClasses(bit: 2)
    static let plural = WordClasses(bit: 3)
    static let first = WordClasses(bit: 4)
    static let neuter = WordClasses(bit: 5)
    static let determiner = WordClasses(bit: 6)
    static let possessive = WordClasses(bit: 7)
    static let auxiliary = WordClasses(bit: 8)
    static let be = WordClasses(bit: 9)
    static let copula = WordClasses(bit: 10)
    static let modal = WordClasses(bit: 11)
    static let negation = WordClasses(bit: 12)
    static let preposition = WordClasses(bit: 13)
    static let nominal = WordClasses(bit: 14)
    static let conjunction = WordClasses(bit: 15)
    static let subordinator = WordClasses(bit: 16)
    static let relative = WordClasses(bit: 17)
    static let that = WordClasses(bit: 18)
    static let clausal = WordClasses(bit: 19)
    static let adverb = WordClasses(bit: 20)
    static let opener = WordClasses(bit: 21)
    static let subject = WordClasses(bit: 22)
    static let particle = WordClasses(bit: 23)
    static let sayTo = WordClasses(bit: 24)
    static let hedge = WordClasses(bit: 25)
    static let personRole = WordClasses(bit: 26)
    static let groupRole = WordClasses(bit: 27)
    static let stop = WordClasses(bit: 28)
    static let finite = WordClasses(bit: 29)
    static let uncertain = WordClasses(bit: 30)
    /// Of roles, those that any number of people have: `official`, `witness`.
    static let anyone = WordClasses(bit: 31)
    static let says = WordClasses(bit: 32)
    static let refuses = WordClasses(bit: 33)
    static let plans = WordClasses(bit: 34)
    static let voices = WordClasses(bit: 35)
    static let denies = WordClasses(bit: 36)

    /// The classes by the names that the data file gives them.
    static let named: [Substring: WordClasses] = [
        "pronoun": .pronoun, "male": .male, "female": .female, "plural": .plural, "first": .first, "neuter": .neuter,
        "determiner": .determiner, "possessive": .possessive, "auxiliary": .auxiliary, "be": .be, "copula": .copula,
        "modal": .modal, "negation": .negation, "preposition": .preposition, "nominal": .nominal,
        "conjunction": .conjunction, "subordinator": .subordinator, "relative": .relative, "that": .that,
        "clausal": .clausal, "adverb": .adverb, "opener": .opener, "subject": .subject, "particle": .particle,
        "sayto": .sayTo, "says": .says, "refuses": .refuses, "plans": .plans, "voices": .voices, "denies": .denies,
    ]

    init(rawValue: UInt64) { self.rawValue = rawValue }
    private init(bit: UInt64) { rawValue = 1 << bit }
}
