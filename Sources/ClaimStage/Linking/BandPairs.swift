import StageKit

/// The pairs of a band's statements that it is for this band to compare, and that have enough in common.
///
/// There are millions of pairs, and few have. What tells them apart at a glance stands in lists of numbers, one statement
/// behind the other. Whether a pair is compared does not depend on which of the two comes first.
struct BandPairs {
    private let members: [Int]
    private let documents: [UInt32]
    private let masks: [SIMD4<UInt64>]
    /// How many bits each mask has.
    private let sizes: [Int]
    private let table: StatementTable
    private let kind: Bands.Kind
    /// Which members say the same in the same words as many others of the band.
    private let groups: SameWords
    /// What each statement means; empty where statements are not compared by meaning.
    private let meanings: [Meaning?]
    /// For a band of two entities, these.
    private let pair: (UInt32, UInt32)
    private let withinDocuments: Bool

    /// In so many of the drawn bands that two statements share, the first ones, they are compared: one might be too large
    /// for the two to meet in it, and in all of them would be the same done ten times.
    private static let meetings = 2
    /// Longer statements need two telling tokens in common; of short ones figures may be half.
    private static let short = 4
    /// At least one in so many of the telling tokens of the shorter statement has to be in both, where no figure has
    /// brought them together.
    private static let leastShare = 5

    /// The pairs of `members`, by their numbers in `table`, which share `band`.
    init(_ members: [Int], of table: StatementTable, band: Bands.Band, withinDocuments: Bool) {
        kind = band.kind
        pair = Bands.entities(band)
        self.members = members
        self.table = table
        self.withinDocuments = withinDocuments
        documents = members.map(table.document(of:))
        masks = members.map { table.masks[$0] }
        sizes = masks.map { Self.bits($0) }
        groups = SameWords(members, of: table)
        let meanings = members.map { Meaning(table[$0]) }
        self.meanings = meanings.contains { $0 != nil } ? meanings : []
    }

    /// Hands over each pair whose second statement is at most `reach` behind the first, but of many statements in the same
    /// words those that ``SameWords`` names.
    func forEach(reach: Int, _ body: (StatementView, StatementView, Overlap) -> Void) {
        let needsShare = kind != .figure && kind != .count
        masks.withUnsafeBufferPointer { masks in
            for one in members.indices {
                let (mask, size, document) = (masks[one], sizes[one], documents[one])
                for two in (one + 1)..<max(one + 1, min(members.count, one + 1 + reach)) {
                    guard groups.isEmpty || groups.compares(one, two) else { continue }
                    let shared = Self.bits(mask & masks[two])
                    let least = min(size, sizes[two])
                    // "two people were killed": a short statement may be a figure and frequent words
                    let wanted = needsShare ? least > Self.short ? 2 : min(1, least) : least > Self.short ? 1 : 0
                    let isAlike =
                        shared >= wanted && (!needsShare || Self.leastShare * shared >= least) || meansTheSame(one, two)
                    guard isAlike, withinDocuments || document != documents[two] else { continue }
                    compare(one, two, body)
                }
            }
        }
        for (one, two) in groups.pairs where withinDocuments || documents[one] != documents[two] {
            compare(one, two, body)
        }
    }

    /// Whether two statements are compared for what they mean, however few words they share.
    private func meansTheSame(_ one: Int, _ two: Int) -> Bool {
        guard !meanings.isEmpty, let own = meanings[one], let other = meanings[two] else { return false }
        return own.likeness(to: other) >= Meaning.leastCompared
    }

    private func compare(_ one: Int, _ two: Int, _ body: (StatementView, StatementView, Overlap) -> Void) {
        guard mayBeDue(members[one], members[two]) else { return }
        // what two statements have in common is told of the first and the second: they are put in order before
        var (a, b) = (table[members[one]], table[members[two]])
        (a.member, b.member) = (one, two)
        if b.precedes(a) { swap(&a, &b) }
        let overlap = Overlap(a.tokens, b.tokens)
        guard
            Comparison.isWorthwhile(overlap) || Comparison.mayConflict(overlap) || kind == .count || a.exact == b.exact
                || meansTheSame(one, two),
            isDue(members[one], members[two], overlap)
        else { return }
        body(a, b, overlap)
    }

    /// Whether the pair is not compared already in bands that are drawn from words.
    private func mayBeDue(_ one: Int, _ two: Int) -> Bool {
        // in the bands of words short statements that share only frequent words are left out
        kind == .figure || kind == .count
            || table.bandsShared(one, two, of: kind.drawing ?? Bands.drawings) < Self.meetings
    }

    /// Whether a pair that may be due is compared in this band, and not in others that both share.
    private func isDue(_ one: Int, _ two: Int, _ overlap: Overlap) -> Bool {
        switch kind {
        case .name: return overlap.names == 1 || isList(one) || isList(two)
        case .names: return overlap.firstNames == pair
        default: return true
        }
    }

    /// Whether a statement names so many that it is in the band of the first one only.
    private func isList(_ number: Int) -> Bool {
        table[number].tokens.count(where: StatementToken.isName) > Bands.mostNames
    }

    /// How many bits are set, at most 255 (Hacker's Delight, 5-1, over four words at once).
    private static func bits(_ mask: SIMD4<UInt64>) -> Int {
        let fives = SIMD4<UInt64>(repeating: 0x5555_5555_5555_5555)
        let threes = SIMD4<UInt64>(repeating: 0x3333_3333_3333_3333)
        let nibbles = SIMD4<UInt64>(repeating: 0x0F0F_0F0F_0F0F_0F0F)
        var x = mask &- ((mask &>> 1) & fives)
        x = (x & threes) &+ ((x &>> 2) & threes)
        x = (x &+ (x &>> 4)) & nibbles
        return Int(truncatingIfNeeded: (x.wrappedSum() &* 0x0101_0101_0101_0101) >> 56)
    }
}
