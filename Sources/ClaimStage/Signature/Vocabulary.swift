import Text

/// What the data files say of words when statements are compared: which are one, how much each tells, and which say the
/// contrary of each other.
enum Vocabulary {
    /// The 24 bits that stand for a word: inflections of one word, and words that the files declare one, have the same.
    static func stem(_ folded: inout [UInt8]) -> UInt32 {
        let hash = hash(&folded)
        return same[UInt64(hash)] ?? hash
    }

    /// How much a stem tells of what a statement is about: 1 for words of one text in ten, 2 for those of one in 33,
    /// 3 for all others.
    static func weight(_ stem: UInt32) -> UInt32 { weights[UInt64(stem)] ?? 3 }

    /// The stems that say the contrary of `stem`.
    static func antonyms(_ stem: UInt32) -> [UInt32] { contraries[UInt64(stem)] ?? [] }

    /// The word for what is so, where `stem` says that it is not: *lawful* for *unlawful*. Nil for all others.
    static func opposite(_ stem: UInt32) -> UInt32? { opposites[UInt64(stem)] }

    /// Whether what `later` says undoes what `earlier` says: *was reopened* after *was closed*.
    static func undoes(_ later: UInt32, _ earlier: UInt32) -> Bool {
        reversals[UInt64(earlier)]?.contains(later) ?? false
    }

    /// An expression of two words, of which the first is known.
    struct Expression {
        /// The stem of the second word.
        var second: UInt32
        /// The stem of the word that says the same.
        var same: UInt32
    }

    /// The expressions of two words of which `stem` may be the first; nil for none.
    static func expressions(_ stem: UInt32) -> [Expression]? { phrases[UInt64(stem)] }

    /// The stems of what is done to people and counted by them: *killed*, *injured*, *arrested*. A noun of such a word
    /// (*53 deaths*) counts the same people as its verb.
    static let tolls = Set(["killed", "hurt", "arrested", "infected"].map { stem(of: $0) })
    /// Of these, what *the toll* means where no other word tells.
    static let death = stem(of: "killed")
    /// What is lost or claimed where somebody dies.
    static let life = Set(["life", "lives"].map { stem(of: $0) })
    /// The nouns that say no more than that people are counted.
    static let people = stem(of: "people")
    /// What a toll is called itself.
    static let toll = stem(of: "toll")

    /// Whether what the predicate says happens to somebody or something at most once.
    static func happensOnce(_ predicate: UInt32) -> Bool { once.contains(predicate) }

    /// Whether what the predicate says is done by one, whoever else had a part in it: an order has one giver, a book one
    /// author. What many do (*voted*, *visited*, *signed*) is not.
    static func hasOneAgent(_ predicate: UInt32) -> Bool { done.contains(predicate) }

    private static let done = Set(
        """
        gave ordered commanded authorised authorized commissioned killed shot murdered stabbed poisoned wrote drafted
        designed built painted composed directed won appointed nominated hired dismissed sacked launched started caused
        founded established created invented assassinated
        sank stole leaked bought sold planted lit fired issued proposed named discovered
        """.split { $0 == " " || $0 == "\n" }.map { stem(of: $0) })

    private static let once = Set(
        ["born", "died", "founded", "established", "premiered", "published", "assassinated", "created", "invented"].map
        {
            stem(of: $0)
        })

    /// What the kinds of things are called of which a number tells how far something has come: *Category 3*, *level 2*.
    static func scale(_ noun: UInt32) -> String? { scales[noun] }

    private static let scales = Dictionary(
        ["category", "level", "stage", "phase", "tier", "grade", "magnitude"].map { (stem(of: $0), $0) },
        uniquingKeysWith: { first, _ in first })

    /// The stem of a word of a data file.
    static func stem(of word: some StringProtocol) -> UInt32 {
        var folded = Folding.folded(word)
        return stem(&folded)
    }

    private static func hash(_ folded: inout [UInt8]) -> UInt32 {
        Stemmer.cut(&folded)
        return UInt32(truncatingIfNeeded: StableHash.of(folded)) & StatementToken.wordMask
    }

    /// For words that are one, the stem of the first of their set. A set of `same-words.txt` takes in the families of its
    /// members.
    private static let same: HashTable<UInt32> = {
        var same: [UInt64: UInt32] = [:]
        func plain(_ word: Substring) -> UInt32 {
            var folded = Folding.folded(word)
            return hash(&folded)
        }
        for entry in DataFile(Embedded.sameWords).entries {
            let stems = entry.words(0).map(plain)
            for stem in stems { same[UInt64(stem)] = same[UInt64(stem)] ?? stems.first }
        }
        for entry in DataFile(Embedded.wordFamilies).entries {
            let stems = entry.words(0).map(plain)
            guard let head = stems.compactMap({ same[UInt64($0)] }).first ?? stems.first else { continue }
            for stem in stems { same[UInt64(stem)] = same[UInt64(stem)] ?? head }
        }
        return HashTable(same)
    }()

    private static let opposites: HashTable<UInt32> = {
        var opposites: [UInt64: UInt32] = [:]
        for entry in DataFile(Embedded.opposites).entries {
            for word in entry.words { opposites[UInt64(stem(of: word))] = stem(of: entry.head) }
        }
        return HashTable(opposites)
    }()

    private static let phrases: HashTable<[Expression]> = {
        var phrases: [UInt64: [Expression]] = [:]
        for entry in DataFile(Embedded.phrases).entries {
            let words = entry.words(0)
            guard let first = words.first, let same = entry.words(1).first else { continue }
            phrases[UInt64(stem(of: first)), default: []] += words.dropFirst().map {
                Expression(second: stem(of: $0), same: stem(of: same))
            }
        }
        return HashTable(phrases)
    }()

    private static let reversals: HashTable<[UInt32]> = {
        var reversals: [UInt64: [UInt32]] = [:]
        for entry in DataFile(Embedded.reversals).entries {
            reversals[UInt64(stem(of: entry.head)), default: []] += entry.words.map { stem(of: $0) }
        }
        return HashTable(reversals)
    }()

    private static let weights: HashTable<UInt32> = {
        var weights: [UInt64: UInt32] = [:]
        for entry in DataFile(Embedded.wordWeights).entries {
            let weight: UInt32 = entry.head == "often" ? 1 : 2
            for word in entry.words {
                let stem = UInt64(stem(of: word))
                weights[stem] = min(weights[stem] ?? weight, weight)
            }
        }
        return HashTable(weights)
    }()

    private static let contraries: HashTable<[UInt32]> = {
        var contraries: [UInt64: [UInt32]] = [:]
        for entry in DataFile(Embedded.antonyms).entries {
            let pair = entry.words(0)
            guard pair.count == 2 else { continue }
            let (one, other) = (stem(of: pair[0]), stem(of: pair[1]))
            guard one != other else { continue }
            contraries[UInt64(one), default: []].append(other)
            contraries[UInt64(other), default: []].append(one)
        }
        return HashTable(contraries)
    }()
}
