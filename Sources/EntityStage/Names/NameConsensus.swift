import StageKit

/// Brings together what the model and the rules find, and lets all places of a document at which a name stands decide
/// what it is.
struct NameConsensus {
    private let reading: Reading
    private let scores: NameScores
    private var names: [FoundName] = []
    /// Whether an atom is part of a name already.
    private var isNamed: [Bool]
    /// For each form, by its key, what speaks for each of the three kinds, over the document.
    private var votes: [UInt64: SIMD4<Int>] = [:]
    /// The same for the last words of persons.
    private var surnames: [UInt64: Int] = [:]
    /// The passages of which the rules are sure what they are, by their first atom.
    private var assured: [Int: (end: Int, kind: Int)] = [:]

    // What has to speak for a name that the model did not choose; sixteen is a factor of e in the odds. In a text whose
    // capitals stand where they belong the rules are trusted more, and so they are where a name is repeated.
    private static let leastListed = -100
    private static let leastForm = 60
    private static let leastRepeated = -40

    /// What has to speak for a name of the rules that stands `times` times in the document.
    private func least(for name: FoundName, times: Int) -> Int {
        let often = times > 2 ? -20 : times == 2 ? 0 : 12
        // much that is no name is an acronym, or plain words with capitals
        var words = 0
        var acronyms = 0
        var isPlain = true
        for k in name.range where reading.atoms[k].isWord {
            words += 1
            if reading.atoms[k].isAcronym { acronyms += 1 }
            if !reading.atoms[k].has(.common) { isPlain = false }
        }
        if words == 1, acronyms == 1 { return isTidy ? (times > 1 ? -60 : -10) : often }
        if isPlain { return often }
        if name.isSure { return isTidy ? -100 : -30 }
        if times > 1 { return times == 2 ? -30 : -60 }
        return isTidy ? -30 : 12
    }

    private static let assurance = 60
    private static let cap = 120
    private static let certain = 60

    /// Whether nearly all sentences begin with a capital and most end with a full stop, and nobody shouts.
    private let isTidy: Bool

    init(reading: Reading, scores: NameScores, found: [(kind: Int, range: Range<Int>)]) {
        self.reading = reading
        self.scores = scores
        isTidy = Self.isTidy(reading)
        isNamed = Array(repeating: false, count: reading.atoms.count)
        for name in found where name.kind < NameLabel.kinds.count && !isPeople(name.range) {
            let kind = NameLabel.kinds[name.kind]
            add(kind == .person ? untitled(name.range) : name.range, kind)
        }
    }

    private static func isTidy(_ reading: Reading) -> Bool {
        var sentences = 0, opened = 0, closed = 0
        for sentence in reading.sentences where sentence.count >= 5 {
            guard let first = sentence.first(where: { reading.atoms[$0].isWord }), let last = sentence.last else {
                continue
            }
            if reading.atoms[last].isMark("!") { return false }
            sentences += 1
            if reading.atoms[first].isCapital { opened += 1 }
            // a full stop, or a mark that closes a quotation
            if reading.atoms[last].isMark(".") || reading.atoms[last].isMark("\"") || reading.atoms[last].lead == 0xE2 {
                closed += 1
            }
        }
        return sentences > 0 && opened * 10 >= sentences * 9 && closed * 10 >= sentences * 7
    }

    /// A person's name without the title before it, and what belongs to the title: "Vice President".
    private func untitled(_ range: Range<Int>) -> Range<Int> {
        let inside = range.dropLast()
        guard let title = inside.last(where: { reading.atoms[$0].has(.title) && !reading.atoms[$0].has(.firstName) }),
            inside.prefix(while: { $0 < title }).allSatisfy({ reading.atoms[$0].has(.common.union(.title)) }),
            let start = range.first(where: { $0 > title && reading.atoms[$0].isWord })
        else { return range }
        return start..<range.upperBound
    }

    /// Whether a passage is one word, and what a people is called.
    private func isPeople(_ range: Range<Int>) -> Bool {
        range.count == 1
            && reading.known(at: range.lowerBound, limit: range.upperBound).map { $0.known.kind == .group } ?? false
    }

    private mutating func add(_ range: Range<Int>, _ kind: Mention.Kind, isSure: Bool = false) {
        names.append(FoundName(range: range, kind: kind, isSure: isSure))
        for k in range { isNamed[k] = true }
    }

    private func isFree(_ range: Range<Int>) -> Bool { range.allSatisfy { !isNamed[$0] } }

    /// Whether the last word of a place tells what it is: "Khorasan Province".
    private func isTold(_ range: Range<Int>, _ kind: Mention.Kind) -> Bool {
        kind == .place && range.count > 1 && reading.atoms[range.upperBound - 1].has(.placeHead)
    }

    /// Puts a name in the place of one that is only its beginning.
    private mutating func widen(to name: FoundName) {
        guard
            let k = names.firstIndex(where: {
                $0.range.lowerBound == name.range.lowerBound && $0.range.upperBound < name.range.upperBound
            }), (names[k].range.upperBound..<name.range.upperBound).allSatisfy({ !isNamed[$0] })
        else { return }
        names.remove(at: k)
        add(name.range, name.kind, isSure: true)
    }

    /// Adds names of the rules: other kinds where the model has nothing, persons, organizations and places where it is
    /// not much against them.
    mutating func add(_ ruled: [FoundName]) {
        var times: [UInt64: Int] = [:]
        times.reserveCapacity(ruled.count)
        assured.reserveCapacity(ruled.count)
        for name in ruled { times[reading.formKey(name.range), default: 0] += 1 }
        let echoes = NameEchoes(reading: reading, names: names.map(\.range))
        for name in ruled where name.isSure {
            if let kind = NameLabel.kinds.firstIndex(of: name.kind) {
                assured[name.range.lowerBound] = (name.range.upperBound, kind)
            }
        }
        for name in ruled where isTold(name.range, name.kind) { widen(to: name) }
        for name in ruled where isFree(name.range) {
            guard let kind = NameLabel.kinds.firstIndex(of: name.kind) else {
                add(name.range, name.kind, isSure: name.isSure)
                continue
            }
            guard scores.cover(name.range) else {
                if name.isSure { add(name.range, name.kind, isSure: true) }
                continue
            }
            let isListed =
                reading.known(at: name.range.lowerBound, limit: name.range.upperBound).map {
                    $0.end == name.range.upperBound && $0.known.kind == name.kind
                } ?? false
            let least =
                isListed || echoes.contain(name.range)
                ? Self.leastListed : least(for: name, times: times[reading.formKey(name.range)] ?? 1)
            if scores.kinds(of: name.range)[kind] > least { add(name.range, name.kind, isSure: isListed) }
        }
    }

    /// Adds passages that are written like a name found elsewhere.
    mutating func addForms(taken: [Bool]) {
        votes.reserveCapacity(names.count)
        for name in names {
            guard let kind = NameLabel.kinds.firstIndex(of: name.kind), scores.cover(name.range) else { continue }
            let kinds = scores.kinds(of: name.range)
            let form = reading.formKey(name.range)
            var counted = votes[form] ?? SIMD4(repeating: 0)
            for k in 0..<3 { counted[k] += max(-Self.cap, min(Self.cap, kinds[k])) }
            if name.isSure { counted[kind] += Self.cap }
            votes[form] = counted
            if name.kind == .person, name.range.count > 1 {
                let last = reading.formKey(name.range.upperBound - 1..<name.range.upperBound)
                surnames[last, default: 0] += max(0, min(Self.cap, kinds[0]))
            }
        }
        var firstWords: [UInt64: Int] = [:]
        for name in names where NameLabel.kinds.contains(name.kind) {
            firstWords[reading.atoms[name.range.lowerBound].hash, default: 0] = max(
                firstWords[reading.atoms[name.range.lowerBound].hash] ?? 0, name.range.count)
        }
        for sentence in reading.sentences {
            var k = sentence.lowerBound
            while k < sentence.upperBound {
                let atom = reading.atoms[k]
                defer { k += 1 }
                guard atom.isWord, atom.isCapital, !isNamed[k], !taken[k], let longest = firstWords[atom.hash] else {
                    continue
                }
                var end = min(sentence.upperBound, k + longest)
                while end > k {
                    let range = k..<end
                    if isFree(range), scores.cover(range), let counted = votes[reading.formKey(range)] {
                        let kind = (0..<3).max { counted[$0] < counted[$1] } ?? 0
                        let own = scores.kinds(of: range)[kind]
                        if counted[kind] >= Self.leastForm, own > Self.leastRepeated {
                            add(range, NameLabel.kinds[kind])
                            k = end - 1
                            break
                        }
                    }
                    end -= 1
                }
            }
        }
    }

    /// Whether a passage is an organization of the lists, which hold only names that are nothing else: whatever stands
    /// around it, what texts do in and from it makes it no place.
    private func isListedOrganization(_ range: Range<Int>) -> Bool {
        reading.known(at: range.lowerBound, limit: range.upperBound).map {
            $0.end == range.upperBound && $0.known.kind == .organization
        } ?? false
    }

    /// The names, by start, each of the kind that the document gives its form and that the others of its list have.
    func agreed() -> [FoundName] {
        NameLists(reading: reading, scores: scores).agreed(told())
    }

    private func told() -> [FoundName] {
        names.sorted { $0.range.lowerBound < $1.range.lowerBound }.map { name in
            guard NameLabel.kinds.contains(name.kind), scores.cover(name.range) else { return name }
            var name = name
            if isListedOrganization(name.range) {
                name.kind = .organization
                name.isSure = true
                return name
            }
            let form = reading.formKey(name.range)
            let own = scores.kinds(of: name.range)
            var sums = votes[form] ?? SIMD4(repeating: 0)
            for k in 0..<3 { sums[k] += own[k] }
            if let rule = assured[name.range.lowerBound], rule.end == name.range.upperBound {
                sums[rule.kind] += isTold(name.range, .place) ? 3 * Self.assurance : Self.assurance
            }
            if let surname = surnames[form], name.range.count == 1 { sums[0] += surname / 2 }
            let best = (0..<3).max { (sums[$0], -$0) < (sums[$1], -$1) } ?? 0
            name.kind = NameLabel.kinds[best]
            var second = 0
            for k in 0..<3 where k != best { second = max(second, sums[k]) }
            name.isSure = name.isSure || sums[best] - second >= Self.certain
            name.isDefault = sums[best] - second < Self.certain / 4
            return name
        }
    }
}
