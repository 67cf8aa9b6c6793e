import StageKit
import Text

/// Corrects where names begin and end by what no learning is needed for: hyphens, titles, peoples before persons, firms with
/// an ampersand, party marks.
struct NameEdges {
    private let reading: Reading
    private let taken: [Bool]
    private var names: [FoundName]

    /// The names with their edges corrected, by start.
    static func corrected(_ names: [FoundName], in reading: Reading, taken: [Bool]) -> [FoundName] {
        var edges = NameEdges(reading: reading, taken: taken, names: names)
        edges.correct()
        return edges.names.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private init(reading: Reading, taken: [Bool], names: [FoundName]) {
        self.reading = reading
        self.taken = taken
        self.names = names
    }

    private mutating func correct() {
        names = names.filter { !isPartyMark($0.range) }.compactMap(trimmed)
        for k in names.indices { names[k].range = stretched(names[k]) }
        names = NameChains.joined(names, in: reading, taken: taken)
        joinFirms()
        names = HeadlineNames.corrected(names, in: reading, taken: taken)
        addSurnames()
        addBracketed()
        addDatelines()
    }

    private func isIn(_ k: Int, _ name: Range<Int>) -> Bool {
        reading.atoms.indices.contains(k) && reading.atoms[k].sentence == reading.atoms[name.lowerBound].sentence
    }

    /// For each atom, whether it is part of a name.
    private func named() -> [Bool] {
        var isNamed = [Bool](repeating: false, count: reading.atoms.count)
        for name in names { for k in name.range { isNamed[k] = true } }
        return isNamed
    }

    // MARK: Party marks, titles, peoples

    /// "(R-Wis.)", "D-Ohio": the party and the state of somebody named before.
    private func isPartyMark(_ range: Range<Int>) -> Bool {
        var k = range.lowerBound
        if range.count == 1, isIn(k - 1, range), reading.atoms[k - 1].isMark("-"), !reading.atoms[k].isSpaced { k -= 2 }
        guard k >= 0, isIn(k, range), isIn(k + 2, range), Self.parties.contains(reading.atoms[k].hash),
            reading.atoms[k].isCapital, reading.atoms[k + 1].isMark("-"), !reading.atoms[k + 1].isSpaced,
            !reading.atoms[k + 2].isSpaced, reading.atoms[k + 2].isCapital
        else { return false }
        return k > 0 && (reading.atoms[k - 1].isMark("(") || reading.atoms[k - 1].isMark(","))
    }

    private static let parties = Set(["r", "d", "i", "l"].map(SmallWord.hash))

    /// A name without titles at its ends and without the people that a person belongs to; nil where nothing is left.
    private func trimmed(_ name: FoundName) -> FoundName? {
        var name = name
        name.range = withoutOpening(name.range)
        // "Florida Sen." before "Dara Cole"
        while let last = name.range.last, isShortTitle(last, name.range) {
            name.range = name.range.lowerBound..<last
            guard let first = name.range.first else { return nil }
            if let known = reading.known(at: first, limit: name.range.upperBound), known.end == name.range.upperBound {
                name.kind = known.known.kind
                name.isSure = true
            }
        }
        guard name.kind == .person else { return name }
        while name.range.count > 1, let first = name.range.first, isPluralTitle(first) || isPeople(first, name.range) {
            var next = first + 1
            while next < name.range.upperBound, reading.atoms[next].kind == .mark { next += 1 }
            guard next < name.range.upperBound else { break }
            name.range = next..<name.range.upperBound
        }
        if name.range.count > 3, isPeople(after: name.range.lowerBound) {
            name.range = name.range.lowerBound + 2..<name.range.upperBound
        }
        if name.range.count == 1, isPluralTitle(name.range.lowerBound) { return nil }
        return name
    }

    /// "As for the Tidewatch", "If Parliament" at the beginning of a sentence: a preposition or a conjunction, and what
    /// follows it up to an article, are no part of a name.
    private func withoutOpening(_ range: Range<Int>) -> Range<Int> {
        guard let first = range.first, reading.atoms[first].shape.contains(.opens),
            Self.openings.contains(reading.atoms[first].hash),
            let next = range.dropFirst().first(where: { reading.atoms[$0].isCapital }),
            next == first + 1 && reading.atoms[next].isSpaced || reading.atoms[next - 1].hash == SmallWord.the
        else { return range }
        return next..<range.upperBound
    }

    private static let openings = Set(
        [
            "as", "for", "but", "and", "in", "on", "at", "by", "to", "with", "from", "like", "unlike", "among", "if",
            "when", "while", "though", "although", "because", "since", "after", "before", "until", "why", "how",
            "where",
            "both", "near", "under", "meanwhile", "however", "today", "yesterday", "then", "now", "according",
        ].map(SmallWord.hash))

    /// A title that is written short, with its full stop behind it.
    private func isShortTitle(_ k: Int, _ name: Range<Int>) -> Bool {
        let atom = reading.atoms[k]
        guard atom.isWord, Self.shortTitles.contains(atom.hash) else { return false }
        // a sentence may have been cut behind the full stop
        return k + 2 < reading.atoms.count && reading.atoms[k + 1].isMark(".") && !reading.atoms[k + 1].isSpaced
            && reading.atoms[k + 2].isCapital
    }

    private static let shortTitles = Set(
        ["sen", "rep", "gov", "gen", "col", "maj", "capt", "lt", "sgt", "adm", "dr", "mr", "mrs", "ms", "prof", "rev"]
            .map(SmallWord.hash))

    private func isPluralTitle(_ k: Int) -> Bool { Self.pluralTitles.contains(reading.atoms[k].hash) }

    private static let pluralTitles = Set(
        [
            "sens", "reps", "govs", "drs", "messrs", "gens", "profs", "senators", "representatives", "presidents",
            "ministers", "judges", "justices", "governors", "congressmen", "councillors", "generals",
        ].map(SmallWord.hash))

    /// "Floridians Dara Solano": a word in the plural that is made from the name of a place, or that names a people.
    private func isPeople(_ k: Int, _ name: Range<Int>) -> Bool {
        guard name.count > 2, reading.atoms[k].isWord else { return false }
        if reading.atoms[k].has(.people), !reading.atoms[k].has(.firstName) { return true }
        let word = reading.foldedBytes(k)
        for (ending, stems) in Self.peopleEndings where word.hasSuffix(Array(ending.utf8)) {
            let stem = Array(word.dropLast(ending.utf8.count))
            guard stem.count >= 3 else { continue }
            for more in stems {
                let chain = Lexicon.chain(0, StableHash.of(stem + Array(more.utf8)))
                if reading.lexicon.known(chain)?.kind == .place { return true }
            }
        }
        return false
    }

    /// "New Yorkers Ada Pell": the same of a place of two words.
    private func isPeople(after first: Int) -> Bool {
        guard reading.atoms[first].isWord, reading.atoms[first + 1].isWord, reading.atoms[first + 1].isSpaced else {
            return false
        }
        let word = reading.foldedBytes(first + 1)
        return Self.peopleEndings.contains { ending, stems in
            guard word.hasSuffix(Array(ending.utf8)), word.count > ending.utf8.count + 2 else { return false }
            return stems.contains { more in
                let stem = word.dropLast(ending.utf8.count) + Array(more.utf8)
                let chain = Lexicon.chain(Lexicon.chain(0, reading.atoms[first].hash), StableHash.of(stem))
                return reading.lexicon.known(chain)?.kind == .place
            }
        }
    }

    private static let peopleEndings = [
        ("ians", ["", "a", "ia", "y", "e"]), ("ans", ["", "a", "e"]), ("ers", ["", "e"]), ("ites", ["", "e"]),
        ("ns", [""]),
    ]

    // MARK: Hyphens and ampersands

    /// A person's name with what stands behind its hyphen in small letters: "Orl Sen-wei", but not "Merkel-led".
    private func stretched(_ name: FoundName) -> Range<Int> {
        let end = name.range.upperBound
        guard name.kind == .person, isIn(end, name.range), isIn(end + 1, name.range), reading.atoms[end].isMark("-"),
            !reading.atoms[end].isSpaced, !reading.atoms[end + 1].isSpaced, reading.atoms[end + 1].isWord,
            !reading.atoms[end + 1].isCapital, reading.atoms[end + 1].end - reading.atoms[end + 1].start <= 5,
            !taken[end], !taken[end + 1], !NameWords.standard.endsCompound(reading.atoms[end + 1].hash),
            !(isIn(end + 2, name.range) && reading.atoms[end + 2].isMark("-") && !reading.atoms[end + 2].isSpaced)
        else { return name.range }
        return name.range.lowerBound..<end + 2
    }

    /// "Orsa & Wakefield" is one firm.
    private mutating func joinFirms() {
        names.sort { $0.range.lowerBound < $1.range.lowerBound }
        var joined: [FoundName] = []
        for name in names {
            if let last = joined.last, name.range.lowerBound == last.range.upperBound + 1,
                reading.atoms[last.range.upperBound].isMark("&"), reading.atoms[last.range.upperBound].isSpaced,
                isIn(last.range.lowerBound, name.range)
            {
                joined[joined.count - 1] = FoundName(
                    range: last.range.lowerBound..<name.range.upperBound, kind: .organization, isSure: true)
            } else {
                joined.append(firm(name))
            }
        }
        names = joined
    }

    /// A name behind an ampersand with the word before it: of "Orsa & Wakefield" only the second was found.
    private func firm(_ name: FoundName) -> FoundName {
        let k = name.range.lowerBound - 1
        guard isIn(k, name.range), isIn(k - 1, name.range), reading.atoms[k].isMark("&"), reading.atoms[k].isSpaced,
            reading.atoms[k - 1].isWord, reading.atoms[k - 1].isCapital, !taken[k - 1], reading.atoms[k + 1].isSpaced
        else { return name }
        return FoundName(range: k - 1..<name.range.upperBound, kind: .organization, isSure: true)
    }

    // MARK: Surnames

    /// The last word of a person's full name means that person all through the document, whatever else the word means:
    /// where it stands with a capital that no sentence's beginning gave it, or where a verb of one person follows.
    private mutating func addSurnames() {
        var surnames: Set<UInt64> = []
        for name in names where name.kind == .person && name.range.count > 1 {
            guard let last = name.range.last, reading.atoms[last].isWord,
                reading.atoms[last].end - reading.atoms[last].start > 2,
                !reading.atoms[last].has(.never.union(.month).union(.weekday)),
                !PersonWords.standard.isPostNominal(reading.atoms[last].hash), reading.atoms[last].isSpaced
            else { continue }
            surnames.insert(reading.atoms[last].hash)
        }
        guard !surnames.isEmpty else { return }
        let isNamed = named()
        let small = smallWords(among: surnames)
        for (n, sentence) in reading.sentences.enumerated() where !reading.isShouted[n] && !reading.isHeadline[n] {
            for k in sentence where surnames.contains(reading.atoms[k].hash) && !isNamed[k] && !taken[k] {
                guard reading.atoms[k].isCapital, stands(k, in: sentence, small) else { continue }
                names.append(FoundName(range: k..<k + 1, kind: .person, isSure: true))
            }
        }
    }

    /// Capitals in brackets behind the name of a body are another name of it: "the Harbour Works Agency (HWA)".
    private mutating func addBracketed() {
        let isNamed = named()
        for name in names where name.kind == .organization || name.kind == .group {
            let k = name.range.upperBound + 1
            guard isIn(k + 1, name.range), reading.atoms[k - 1].isMark("("), reading.atoms[k + 1].isMark(")"),
                reading.atoms[k].isWord, !isNamed[k], !taken[k]
            else { continue }
            let bytes = reading.bytes[Int(reading.atoms[k].start)..<Int(reading.atoms[k].end)]
            guard (2...6).contains(bytes.count), bytes.allSatisfy({ (0x41...0x5A).contains($0) }) else { continue }
            names.append(FoundName(range: k..<k + 1, kind: name.kind, isSure: true))
        }
    }

    /// The place that opens an agency's report: "ORSA, Vestrey, June 13 (NSP) - The wall …".
    private mutating func addDatelines() {
        let starts = Set(names.map(\.range.lowerBound))
        for sentence in reading.sentences {
            guard let k = sentence.first, sentence.count > 4, reading.atoms[k].isWord, !taken[k], !starts.contains(k),
                reading.atoms[k + 1].isMark(","), isDash(in: sentence.prefix(14))
            else { continue }
            let bytes = reading.bytes[Int(reading.atoms[k].start)..<Int(reading.atoms[k].end)]
            guard bytes.count >= 3, bytes.allSatisfy({ (0x41...0x5A).contains($0) }) else { continue }
            names.append(FoundName(range: k..<k + 1, kind: .place, isSure: true))
        }
    }

    /// Whether a dash with blanks around it follows a bracket or a number, as it does behind the head of a report.
    private func isDash(in range: Range<Int>) -> Bool {
        range.dropFirst(2).contains { k in
            let atom = reading.atoms[k], before = reading.atoms[k - 1]
            return atom.kind == .mark && atom.isSpaced && (atom.isMark("-") || atom.end - atom.start == 3)
                && (before.isMark(")") || before.isDigits)
        }
    }

    /// Those of the surnames that the document has in small letters as well.
    private func smallWords(among surnames: Set<UInt64>) -> Set<UInt64> {
        var small: Set<UInt64> = []
        for atom in reading.atoms where atom.isWord && !atom.isCapital && surnames.contains(atom.hash) {
            small.insert(atom.hash)
        }
        return small
    }

    /// Whether a capitalized word stands by itself and is meant as a name; `small` are those that the document has in
    /// small letters as well.
    private func stands(_ k: Int, in sentence: Range<Int>, _ small: Set<UInt64>) -> Bool {
        let atom = reading.atoms[k]
        if atom.shape.contains(.address) { return false }
        // "Fields Medal", "Green Party", "North-Fields"
        if k + 1 < sentence.upperBound {
            let next = reading.atoms[k + 1]
            if next.isWord, next.isCapital, next.isSpaced { return false }
            if next.isMark("-"), !next.isSpaced { return false }
            if next.hash == SmallWord.of || next.isDigits { return false }
        }
        if k > sentence.lowerBound {
            let before = reading.atoms[k - 1]
            if before.isWord, before.isCapital, !before.has(.title), !before.shape.contains(.opens) { return false }
            if before.isMark("-") || before.isMark("&"), !atom.isSpaced || before.isSpaced { return false }
            // "the Fields" are several, "the Fields campaign" is his
            if before.hash == SmallWord.the || before.hash == SmallWord.a {
                guard k + 1 < sentence.upperBound, !small.contains(atom.hash), !atom.has(.placeHead) else {
                    return false
                }
                let next = reading.atoms[k + 1]
                return next.isWord && next.isSpaced && !next.has(.stop.union(.speech).union(.inner))
                    && FigureWords.standard.categories(next.hash).isDisjoint(with: [.verb, .auxiliary])
            }
        }
        guard
            atom.shape.contains(.opens)
                || k > sentence.lowerBound && reading.atoms[k - 1].kind == .mark
                    && !reading.atoms[k - 1].isMark(",")
        else { return true }
        guard atom.has(.common) else { return true }
        guard k + 1 < sentence.upperBound else { return false }
        let next = reading.atoms[k + 1]
        if !small.contains(atom.hash), isFollowedAsName(next) { return true }
        if next.isWord {
            // "Hope won": a noun of one thing has an article at the beginning of a sentence
            let isVerb = FigureWords.standard.categories(next.hash).contains(.verb)
            return next.has(.speech) || Self.singular.contains(next.hash) || reading.ends(next, in: "ed", longerThan: 3)
                || isVerb && !reading.ends(atom, in: "s", longerThan: 3)
        }
        return !next.isSpaced && k + 2 < sentence.upperBound && reading.atoms[k + 2].hash == SmallWord.s
            && !reading.atoms[k + 2].isSpaced
    }

    /// Whether a word or mark may follow a name at the beginning of a sentence, and hardly another word there.
    private func isFollowedAsName(_ next: Atom) -> Bool {
        guard next.isWord else { return next.isMark(",") }
        return next.hash == SmallWord.and || next.hash == SmallWord.of || NameWords.standard.isPreposition(next.hash)
            || !FigureWords.standard.categories(next.hash).isDisjoint(with: [.verb, .auxiliary])
    }

    private static let singular = Set(
        ["has", "was", "is", "had", "will", "would", "also", "then", "did"].map(SmallWord.hash))
}
