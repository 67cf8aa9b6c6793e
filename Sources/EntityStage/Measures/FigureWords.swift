/// The words by which it is found what a figure is about.
struct FigureWords: Sendable {
    static let standard = FigureWords()

    struct Category: OptionSet, Sendable {
        let rawValue: UInt64
        static let verb = Category(rawValue: 1)
        static let participle = Category(rawValue: 2)
        static let auxiliary = Category(rawValue: 4)
        static let state = Category(rawValue: 8)
        static let complement = Category(rawValue: 16)
        static let noun = Category(rawValue: 32)
        static let boundary = Category(rawValue: 64)
        static let source = Category(rawValue: 128)
        static let mute = Category(rawValue: 256)
        static let telling = Category(rawValue: 512)

        static let named: [Substring: Category] = [
            "verb": .verb, "participle": .participle, "auxiliary": .auxiliary, "state": .state,
            "complement": .complement, "noun": .noun, "boundary": .boundary, "source": .source,
            "mute": .mute, "telling": .telling,
        ]
    }

    private var words = FlatTable(capacity: 1024)

    private init() { words.insert(DataLines(Embedded.predicatesEn), as: Category.named) }

    /// What a folded word is.
    func categories(_ word: UInt64) -> Category { Category(rawValue: words[word] ?? 0) }
}
