/// Where a statement meets those that it is compared with. Bands are a function of the statement alone, so that one more
/// document adds to them and moves nothing.
enum Bands {
    /// What the statements of a band have in common.
    enum Kind: UInt8, CaseIterable {
        /// Words, drawn by MinHash (Broder 1997): statements that share most of their words share one.
        case words0, words1, words2, words3, words4, words5
        /// The first words: of a statement and its first half few words are the same in both.
        case opening
        /// An entity.
        case name
        /// Two entities.
        case names
        /// A figure: its number, unit and noun.
        case figure
        /// What is counted, and an entity that the document is about or the day on which it was.
        case count
        /// A day that is named, and an entity that the document is about.
        case day

        /// The number of the drawing; nil for bands that are not drawn.
        var drawing: Int? { rawValue < Kind.opening.rawValue ? Int(rawValue) : nil }
    }

    /// One band of a statement: its kind, and 48 bits of what it has in it.
    struct Band: Hashable {
        var kind: Kind
        var value: UInt64
    }

    /// A statement that names more entities than these (a list) is compared for the sake of the first one only.
    static let mostNames = 6
    private static let nameWeight = 2
    private static let drawn = 6
    /// How many bands are drawn from the words of a statement, with the opening.
    static let drawings = drawn + 1

    /// The bands of a statement.
    static func of(_ statement: IndexedStatement) -> [Band] {
        guard statement.isComparable else { return [] }
        return words(statement.tokens, opening: statement.signature.opening) + names(statement) + figures(statement)
            + days(statement)
    }

    /// What happened on one day is told of in other words.
    private static func days(_ statement: IndexedStatement) -> [Band] {
        guard statement.signature.traits.contains(.dated), let days = statement.signature.days, days.first == days.last
        else { return [] }
        let day = mixed(UInt64(bitPattern: Int64(days.first)) ^ 0xDA7E)
        return statement.topics.map { Band(kind: .day, value: mixed(day ^ UInt64($0)) & mask) }
    }

    /// Those that are drawn from its words, and the opening.
    static func words(_ tokens: some Sequence<UInt32>, opening: UInt64) -> [Band] {
        var words: [UInt64] = [], hashes: [UInt64] = []
        for token in tokens {
            let word = UInt64(StatementToken.hash(token))
            for copy in 0..<(StatementToken.isName(token) ? nameWeight : 1) {
                words.append(word)
                hashes.append(mixed(word | UInt64(copy) << 32))
            }
        }
        guard !words.isEmpty else {
            return (0..<drawings).map { Band(kind: Kind(rawValue: UInt8($0)) ?? .opening, value: 0) }
        }
        return (0..<drawn).map { drawing in
            let pair =
                words[least(hashes, multipliers[2 * drawing])] << 24
                | words[least(hashes, multipliers[2 * drawing + 1])]
            return Band(kind: Kind(rawValue: UInt8(drawing)) ?? .words0, value: pair)
        } + [Band(kind: .opening, value: opening)]
    }

    private static func names(_ statement: IndexedStatement) -> [Band] {
        let entities = statement.entities
        guard entities.count <= mostNames else {
            return statement.first == 0 ? [] : [Band(kind: .name, value: UInt64(statement.first))]
        }
        var bands = entities.map { Band(kind: .name, value: UInt64($0)) }
        for (k, one) in entities.enumerated() {
            for other in entities[(k + 1)...] {
                bands.append(Band(kind: .names, value: UInt64(one) << 24 | UInt64(other)))
            }
        }
        return bands
    }

    /// The two entities of a band of two.
    static func entities(_ band: Band) -> (UInt32, UInt32) {
        (UInt32(truncatingIfNeeded: band.value >> 24), UInt32(truncatingIfNeeded: band.value) & 0xFF_FFFF)
    }

    private static func figures(_ statement: IndexedStatement) -> [Band] {
        var bands: [Band] = []
        var things = Set((statement.entities.prefix(3) + statement.topics).map(UInt64.init)).sorted()
        // what happened on one day is told of in documents that otherwise name other things
        if let days = statement.signature.days, days.first == days.last {
            things.append(mixed(UInt64(bitPattern: Int64(days.first))))
        }
        for figure in statement.signature.figures {
            if figure.isDistinctive {
                bands.append(Band(kind: .figure, value: mixed(figure.number.bitPattern ^ unit(figure, seed: 7)) & mask))
            }
            // what is told by a unit or a noun, or that people were killed
            let isToll = figure.isToll && (figure.noun == 0 || figure.noun == Vocabulary.people)
            let noun = isToll ? figure.event.first(where: Vocabulary.tolls.contains) ?? 0 : figure.noun
            guard noun != 0 || !figure.unit.isEmpty else { continue }
            let counted = unit(figure, seed: mixed(UInt64(noun) << 1 | 1))
            for thing in things { bands.append(Band(kind: .count, value: mixed(counted ^ thing) & mask)) }
        }
        var seen: Set<Band> = []
        return bands.filter { seen.insert($0).inserted }
    }

    /// The hash of a figure's unit, mixed into `seed`.
    private static func unit(_ figure: Figure, seed: UInt64) -> UInt64 {
        figure.unit.utf8.reduce(seed) { mixed($0 ^ UInt64($1)) }
    }

    private static let mask: UInt64 = 0xFFFF_FFFF_FFFF

    /// Which of `hashes` comes first in the order that belongs to a multiplier.
    private static func least(_ hashes: [UInt64], _ multiplier: UInt64) -> Int {
        var least = UInt64.max, index = 0
        for k in hashes.indices {
            let hash = hashes[k] &* multiplier
            if hash < least {
                least = hash
                index = k
            }
        }
        return index
    }

    /// An odd number for each row: hashes that were mixed once and multiplied are in another order for each
    /// (Dietzfelbinger and others 1997).
    private static let multipliers = (0..<2 * drawn).map { mixed(UInt64($0) | 1 << 40) | 1 }

    /// The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
    static func mixed(_ value: UInt64) -> UInt64 {
        var x = value &+ 0x9E37_79B9_7F4A_7C15
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return x ^ (x >> 31)
    }
}
