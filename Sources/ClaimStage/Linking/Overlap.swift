/// How much two lists of tokens, by hash, have in common.
struct Overlap {
    /// How many words are in both.
    var words = 0
    /// The weight of the words in both.
    var wordWeight = 0
    /// The weight of what is in both, words and entities.
    var weight = 0
    /// The weight of what is in either.
    var allWeight = 0
    /// The weight of the list that has less.
    var lesserWeight = 0
    /// The weight of the words, without entities, of the list that has less.
    var lesserWordWeight = 0
    /// By how much the first list has more than the second; zero where neither has.
    var firstExcess = 0
    /// How many words are in either.
    var all = 0
    /// How many entities are in both.
    var names = 0
    /// The first two entities that are in both, as tokens.
    var firstNames: (UInt32, UInt32) = (0, 0)
    /// The kinds of the entities in both, and of those in one only, as bits.
    var sharedKinds: UInt8 = 0
    var kindsOnlyInA: UInt8 = 0
    var kindsOnlyInB: UInt8 = 0

    /// ``weight`` of ``allWeight``, in thousandths.
    private(set) var share = 0
    /// ``weight`` of ``lesserWeight``, in thousandths.
    private(set) var containment = 0
    /// The kinds of which each has entities that the other lacks.
    var kindsThatDiffer: UInt8 { kindsOnlyInA & kindsOnlyInB }
    /// Whether each names somebody or something of a kind that the other does not name, and they share none of that
    /// kind.
    var namesExclude: Bool { kindsThatDiffer & ~sharedKinds != 0 }

    /// How much two lists of tokens have in common, whichever comes first.
    init(_ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>) {
        var i = 0, j = 0
        var onlyA = 0, onlyB = 0
        var wordsOnlyA = 0, wordsOnlyB = 0
        func lacked(_ token: UInt32, _ kinds: inout UInt8, _ weight: inout Int, _ words: inout Int) {
            let own = StatementToken.weight(token)
            weight += own
            if StatementToken.isName(token) {
                kinds |= StatementToken.kindBit(token)
            } else {
                all += 1
                words += own
            }
        }
        while i < a.count, j < b.count {
            let (one, two) = (a[i], b[j])
            let x = StatementToken.hash(one), y = StatementToken.hash(two)
            if x == y {
                // a name that in one only stands in a title is a word like others
                let common = min(StatementToken.weight(one), StatementToken.weight(two))
                weight += common
                if StatementToken.isName(one), StatementToken.isName(two) {
                    if names == 0 { firstNames.0 = x } else if names == 1 { firstNames.1 = x }
                    names += 1
                    sharedKinds |= StatementToken.kindBit(one) | StatementToken.kindBit(two)
                } else {
                    words += 1
                    wordWeight += common
                }
                i += 1
                j += 1
            } else if x < y {
                lacked(one, &kindsOnlyInA, &onlyA, &wordsOnlyA)
                i += 1
            } else {
                lacked(two, &kindsOnlyInB, &onlyB, &wordsOnlyB)
                j += 1
            }
        }
        while i < a.count {
            lacked(a[i], &kindsOnlyInA, &onlyA, &wordsOnlyA)
            i += 1
        }
        while j < b.count {
            lacked(b[j], &kindsOnlyInB, &onlyB, &wordsOnlyB)
            j += 1
        }
        all += words
        allWeight = onlyA + onlyB + weight
        lesserWeight = min(onlyA, onlyB) + weight
        lesserWordWeight = (onlyA <= onlyB ? wordsOnlyA : wordsOnlyB) + wordWeight
        firstExcess = onlyA - onlyB
        // asked for several times of each pair
        if allWeight > 0 { share = 1000 * weight / allWeight }
        if lesserWeight > 0 { containment = 1000 * weight / lesserWeight }
    }
}
