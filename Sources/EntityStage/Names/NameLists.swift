import StageKit

/// Lets the members of a list be of one kind: in "the towns of Orsa, Carmen, Lanuza and Vestrey" Carmen is no woman.
struct NameLists {
    let reading: Reading
    let scores: NameScores

    private static let cap = 160
    private static let listed = 120
    private static let noun = 320

    /// The names, which stand in order, with the unsure members of lists of three or more of the kind of the others.
    func agreed(_ names: [FoundName]) -> [FoundName] {
        var names = names
        var start = 0
        while start < names.count {
            var end = start + 1
            while end < names.count, isJoined(names[end - 1], names[end]) { end += 1 }
            if end - start >= 3 { agree(&names, start..<end) }
            start = end
        }
        return names
    }

    /// Whether nothing but a comma or "and" stands between two names.
    private func isJoined(_ a: FoundName, _ b: FoundName) -> Bool {
        let between = a.range.upperBound..<b.range.lowerBound
        guard (1...2).contains(between.count), NameLabel.kinds.contains(a.kind), NameLabel.kinds.contains(b.kind),
            reading.atoms[a.range.lowerBound].sentence == reading.atoms[b.range.lowerBound].sentence
        else { return false }
        return between.allSatisfy {
            reading.atoms[$0].isMark(",") || [SmallWord.and, SmallWord.or].contains(reading.atoms[$0].hash)
        }
    }

    private func agree(_ names: inout [FoundName], _ list: Range<Int>) {
        var sums = SIMD4<Int>(repeating: 0)
        for name in names[list] {
            if let known = reading.known(at: name.range.lowerBound, limit: name.range.upperBound),
                known.end == name.range.upperBound, let kind = NameLabel.kinds.firstIndex(of: known.known.kind)
            {
                sums[kind] += Self.listed
            }
            guard scores.cover(name.range) else { continue }
            let own = scores.kinds(of: name.range)
            for kind in 0..<3 { sums[kind] += max(-Self.cap, min(Self.cap, own[kind])) }
        }
        if let kind = announced(before: names[list.lowerBound].range.lowerBound) { sums[kind] += Self.noun }
        let best = (0..<3).max { (sums[$0], -$0) < (sums[$1], -$1) } ?? 0
        let kind = NameLabel.kinds[best]
        // "Weir, Skerrow and the Harbour Board" may be one of each
        guard names[list].count(where: { $0.kind == kind }) * 3 >= list.count else { return }
        for k in list where names[k].kind != kind && names[k].range.count == 1 {
            let known = reading.known(at: names[k].range.lowerBound, limit: names[k].range.upperBound)
            if known.map({ $0.end == names[k].range.upperBound }) ?? false { continue }
            names[k].kind = kind
        }
    }

    /// The kind of which a noun in the plural before a list tells: "the towns damaged were".
    private func announced(before start: Int) -> Int? {
        let sentence = reading.atoms[start].sentence
        var k = start - 1
        while k >= 0, start - k < 8, reading.atoms[k].sentence == sentence {
            if reading.atoms[k].isWord, !reading.atoms[k].isCapital, Self.places.contains(reading.atoms[k].hash) {
                return 2
            }
            k -= 1
        }
        return nil
    }

    private static let places = Set(
        [
            "towns", "cities", "villages", "provinces", "countries", "states", "districts", "counties", "regions",
            "municipalities", "islands", "neighbourhoods", "neighborhoods", "suburbs",
        ].map(SmallWord.hash))
}
