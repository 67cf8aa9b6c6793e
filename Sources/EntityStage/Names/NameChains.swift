import StageKit
import Text

/// Joins what hyphens and a "v." make one name of: "Orsa-e-Weir", "Al-Weir", "Weir v. Solano"; and a first name with the
/// name behind it.
struct NameChains {
    private let reading: Reading
    private let taken: [Bool]

    /// The names joined, by start, none overlapping another.
    static func joined(_ names: [FoundName], in reading: Reading, taken: [Bool]) -> [FoundName] {
        NameChains(reading: reading, taken: taken).joined(names)
    }

    private func joined(_ names: [FoundName]) -> [FoundName] {
        var isNamed = [Bool](repeating: false, count: reading.atoms.count)
        for name in names { for k in name.range { isNamed[k] = true } }
        var wide = names
        for k in wide.indices { wide[k].range = widened(wide[k], isNamed) }
        return merged(wide + cases(names))
    }

    /// The names by start; of those that overlap one, from the first beginning to the last end.
    private func merged(_ names: [FoundName]) -> [FoundName] {
        var merged: [FoundName] = []
        for name in names.sorted(by: {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }) {
            guard let last = merged.last, last.range.upperBound > name.range.lowerBound else {
                merged.append(name)
                continue
            }
            let kind = Self.kind(last, name)
            merged[merged.count - 1] = FoundName(
                range: last.range.lowerBound..<max(last.range.upperBound, name.range.upperBound), kind: kind,
                isSure: last.isSure && name.isSure)
        }
        return merged
    }

    /// What two parts of a name are together: a case of a court, else a body where one of them is.
    private static func kind(_ a: FoundName, _ b: FoundName) -> Mention.Kind {
        if a.kind == b.kind { return a.kind }
        for kind in [Mention.Kind.event, .organization, .group] where a.kind == kind || b.kind == kind { return kind }
        return a.kind
    }

    // MARK: Hyphens

    /// A name with what hyphens and a first name before it add.
    private func widened(_ name: FoundName, _ isNamed: [Bool]) -> Range<Int> {
        var range = name.range
        while let end = chained(behind: range.upperBound) { range = range.lowerBound..<end }
        while let start = chained(before: range.lowerBound) { range = start..<range.upperBound }
        let k = range.lowerBound - 2
        // "Al-Weir" at the beginning of a sentence
        if name.kind == .person, isJoint(k + 1), isIn(k, range), reading.atoms[k].isCapital,
            Self.articles.contains(reading.atoms[k].hash), !taken[k]
        {
            range = k..<range.upperBound
        }
        return named(range, name.kind, isNamed)
    }

    private static let articles = Set(
        ["al", "el", "ad", "ar", "as", "ash", "an", "abu", "ibn", "bin"].map(SmallWord.hash))

    private func isIn(_ k: Int, _ range: Range<Int>) -> Bool {
        reading.isIn(k, reading.atoms[range.lowerBound].sentence)
    }

    /// Whether a hyphen joins the atoms beside it.
    private func isJoint(_ k: Int) -> Bool {
        k > 0 && k + 1 < reading.atoms.count && reading.atoms[k].isMark("-") && !reading.atoms[k].isSpaced
            && !reading.atoms[k + 1].isSpaced && reading.atoms[k - 1].isWord && reading.atoms[k + 1].isWord
            && reading.atoms[k - 1].sentence == reading.atoms[k + 1].sentence
    }

    /// Whether a short word in small letters stands between two hyphens that join capitalized words: "-e-", "-upon-".
    private func links(_ k: Int) -> Bool {
        guard isJoint(k - 1), isJoint(k + 1), k >= 2, k + 2 < reading.atoms.count else { return false }
        let atom = reading.atoms[k]
        return !atom.isCapital && atom.end - atom.start <= 4 && reading.atoms[k - 2].isCapital
            && reading.atoms[k + 2].isCapital && !Self.others.contains(atom.hash) && !taken[k - 2] && !taken[k + 2]
    }

    /// Between two hyphens these make a row of two names and no name.
    private static let others = Set(
        ["to", "and", "or", "vs", "by", "for", "with", "than", "not", "is"].map(SmallWord.hash))

    private func chained(behind end: Int) -> Int? {
        end + 1 < reading.atoms.count && links(end + 1) ? end + 4 : nil
    }

    private func chained(before start: Int) -> Int? { start >= 2 && links(start - 2) ? start - 4 : nil }

    // MARK: First names

    /// The name of a person with the first name that stands before it and that nobody took: "Ed" at the beginning of a
    /// sentence.
    private func named(_ range: Range<Int>, _ kind: Mention.Kind, _ isNamed: [Bool]) -> Range<Int> {
        let k = range.lowerBound - 1
        guard kind == .person, isIn(k, range), !isNamed[k], !taken[k], reading.atoms[range.lowerBound].isSpaced else {
            return range
        }
        let atom = reading.atoms[k]
        guard atom.isWord, atom.isCapital, !atom.isAcronym, !atom.has(.common.union(.title).union(.stop).union(.month)),
            !PersonWords.standard.isHuman(atom.hash),
            atom.has(.firstName) || GivenNames.standard.isMan(atom.hash) != nil,
            k == 0 || !reading.atoms[k - 1].isMark("-") || reading.atoms[k].isSpaced
        else { return range }
        return k..<range.upperBound
    }

    // MARK: Cases

    /// "Weir v. Solano": the case that two parties give its name.
    private func cases(_ names: [FoundName]) -> [FoundName] {
        let marks = reading.atoms.indices.filter { reading.atoms[$0].hash == Self.versus && reading.atoms[$0].isWord }
        guard !marks.isEmpty else { return [] }
        var starts: [Int: Int] = [:]
        var ends: [Int: Int] = [:]
        for (k, name) in names.enumerated() {
            starts[name.range.lowerBound] = k
            ends[name.range.upperBound] = k
        }
        return marks.compactMap { k in
            let next = k + 1 < reading.atoms.count && reading.atoms[k + 1].isMark(".") ? k + 2 : k + 1
            let sentence = reading.atoms[k].sentence
            guard !reading.atoms[k].isCapital, reading.isIn(k - 1, sentence), reading.isIn(next, sentence),
                reading.atoms[k - 1].isCapital, reading.atoms[next].isCapital
            else { return nil }
            let (left, right) = (ends[k], starts[next])
            // two teams or towns play against each other
            let kinds = [left, right].compactMap { $0.map { names[$0].kind } }
            guard kinds.contains(.person) || next == k + 2 && kinds != [.place, .place] else { return nil }
            let start = left.map { names[$0].range.lowerBound } ?? k - 1
            let end = right.map { names[$0].range.upperBound } ?? next + 1
            return FoundName(range: start..<end, kind: .event, isSure: true)
        }
    }

    private static let versus = SmallWord.hash("v")
}
