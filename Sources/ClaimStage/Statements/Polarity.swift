import StageKit

/// Tells whether a statement is negated, and whether it is hedged.
struct Polarity {
    private let reading: Reading
    private let words: [Word]

    /// A reader over `reading`.
    init(_ reading: Reading) {
        self.reading = reading
        words = reading.words
    }

    /// Whether the main predicate of the statement is negated: its verb (`is not`, `never was`), its subject
    /// (`nobody`, `no boat`) or what is directly behind its verb (`has no plan`). A negation in a clause below, and
    /// `not … but …`, is none.
    func isNegated(_ pieces: [Range<Int>]) -> Bool {
        let indices = Array(pieces.joined().prefix(Self.reach))
        guard let verb = mainVerb(indices) else { return startsNegated(indices[...]) }
        if startsNegated(indices[..<verb]) { return true }
        if let before = indices[..<verb].last(where: { !words[$0].isAdverb || words[$0].isAny(.negation) }),
            words[before].isAny(.negation), !words[before].isAny(.determiner), !isCorrected(indices[verb...])
        {
            return true
        }
        var at = verb
        while at < indices.count, at - verb < 6 {
            let word = words[indices[at]]
            if word.isAny(.negation) { return !isCorrected(indices[at...]) }
            if at > verb, !word.isAny(.auxiliary), !word.isAdverb, !reading.isFiniteVerb(indices[at]),
                !(word.isAny(.pronoun) && at == verb + 1)
            {
                return word.key == Self.no && !isCorrected(indices[at...])
            }
            at += 1
        }
        return false
    }

    /// Whether a word outside of quotations of others says that it is not sure.
    func isHedged(_ pieces: [Range<Int>]) -> Bool {
        pieces.joined().contains {
            words[$0].isAny([.hedge, .uncertain]) && !(words[$0].isCapital && words[$0].isDate)
        }
    }

    /// The place in `indices` of the verb of the main clause: the first finite one that is not in a clause set before.
    func mainVerb(_ indices: [Int]) -> Int? {
        var at = 0
        while at < indices.count, words[indices[at]].isPunctuation || words[indices[at]].isAny([.that, .conjunction]) {
            at += 1
        }
        if at < indices.count, words[indices[at]].isAny(.subordinator) || words[indices[at]].key == Self.if {
            guard
                let comma = indices[at...].firstIndex(where: { words[$0].mark == UInt8(ascii: ",") }),
                comma + 1 < indices.count
            else { return nil }
            at = comma + 1
        }
        var isBelow = false
        while at < indices.count {
            let word = words[indices[at]]
            // "Ada Weir (born 4 May 2001) is …"
            if word.mark == UInt8(ascii: "("),
                let end = indices[at...].prefix(Self.longestAside).firstIndex(where: {
                    words[$0].mark == UInt8(ascii: ")")
                })
            {
                at = end + 1
                continue
            }
            if word.isAny(.relative) || word.isAny(.that), at > 0 { isBelow = true }
            if reading.isFiniteVerb(indices[at]) || word.isAny(.auxiliary) {
                if !isBelow { return at }
                isBelow = false
            }
            at += 1
        }
        return nil
    }

    private func startsNegated(_ indices: ArraySlice<Int>) -> Bool {
        guard let first = indices.first(where: { !words[$0].isPunctuation && !words[$0].isAny([.that, .conjunction]) })
        else { return false }
        return Self.negativeSubjects.contains(words[first].key)
            || words[first].key == Self.never || words[first].key == Self.neither
    }

    /// `not foreigners but citizens`, `not only …`: what is said is not a negation.
    private func isCorrected(_ rest: ArraySlice<Int>) -> Bool {
        guard let negation = rest.first else { return false }
        let next = rest.dropFirst().first.map { words[$0].key }
        if next == Self.only || next == Self.just || next == Self.merely { return true }
        for (place, index) in rest.enumerated().dropFirst().prefix(14) {
            if words[index].mark == UInt8(ascii: ";") { return false }
            guard words[index].key == Self.but else { continue }
            // a clause behind "but" has a verb of its own: "is not safe, but it is new"
            let behind = rest.dropFirst(place + 1).prefix(5)
            return index > negation + 1 && !behind.contains { reading.isFiniteVerb($0) || words[$0].isAny(.auxiliary) }
        }
        return false
    }

    private static let reach = 80
    /// Brackets with more words in them are no aside.
    private static let longestAside = 32
    private static let no = Folding.key("no")
    private static let never = Folding.key("never")
    private static let neither = Folding.key("neither")
    private static let but = Folding.key("but")
    private static let only = Folding.key("only")
    private static let just = Folding.key("just")
    private static let merely = Folding.key("merely")
    private static let `if` = Folding.key("if")
    private static let negativeSubjects = Set(["no", "nobody", "none", "nothing"].map { Folding.key($0) })
}
