import StageKit
import Text

/// Corrects where one name ends and the next begins by what the words themselves are: names that were run together are
/// parted, and pieces of one name are joined.
struct NameParts {
    private let reading: Reading
    private let taken: [Bool]
    private var names: [FoundName]
    /// For each atom, whether it is part of a name.
    private var isNamed: [Bool]

    /// The names, by start, none overlapping another.
    static func corrected(_ names: [FoundName], in reading: Reading, taken: [Bool]) -> [FoundName] {
        var parts = NameParts(reading: reading, taken: taken, names: names)
        parts.names = parts.names.flatMap(parts.parted)
        parts.sort()
        parts.joinNeighbours()
        for name in parts.names { for k in name.range { parts.isNamed[k] = true } }
        parts.names = parts.names.map(parts.widened)
        return parts.names
    }

    private init(reading: Reading, taken: [Bool], names: [FoundName]) {
        self.reading = reading
        self.taken = taken
        self.names = names
        isNamed = Array(repeating: false, count: reading.atoms.count)
    }

    private mutating func sort() { names.sort { $0.range.lowerBound < $1.range.lowerBound } }

    private func hash(_ k: Int) -> UInt64 { reading.atoms[k].hash }

    private func isIn(_ k: Int, _ name: Range<Int>) -> Bool {
        reading.isIn(k, reading.atoms[name.lowerBound].sentence)
    }

    /// The words of a passage, without its marks.
    private func words(_ range: Range<Int>) -> [Int] { range.filter { reading.atoms[$0].kind != .mark } }

    /// What the lists know of a whole passage.
    private func known(_ range: Range<Int>) -> Mention.Kind? {
        guard let found = reading.known(at: range.lowerBound, limit: range.upperBound),
            found.end == range.upperBound
        else { return nil }
        return found.known.kind
    }

    // MARK: Parting

    private func parted(_ name: FoundName) -> [FoundName] {
        if known(name.range) != nil { return [name] }
        let name = withoutMember(withoutOccupation(name))
        if let pieces = partedAtPossessive(name) ?? partedAtPerson(name) ?? partedHouses(name) { return pieces }
        return [name]
    }

    /// "Podcaster Orl Cohen", "Society President Orl Cohen": nouns for a person before a first and a last name.
    private func withoutOccupation(_ name: FoundName) -> FoundName {
        guard name.kind == .person else { return name }
        let words = words(name.range)
        guard words.count >= 3,
            let noun = words.prefix(3).last(where: { k in
                isOccupation(k) && !reading.atoms[k].has(.firstName)
            }), let at = words.firstIndex(of: noun), at + 2 < words.count,
            words[..<at].allSatisfy({ isCommon($0) && !reading.atoms[$0].has(.firstName) })
        else { return name }
        let first = words[at + 1]
        guard first == noun + 1, reading.atoms[first].isCapital, reading.atoms[first].isSpaced else { return name }
        let isGiven = reading.atoms[first].has(.firstName) || reading.atoms[first].has(.title)
        guard isGiven || isNoun(noun) || !reading.atoms[first].has(.common) else { return name }
        return FoundName(range: first..<name.range.upperBound, kind: .person, isSure: name.isSure)
    }

    /// Whether a word is a common noun, or one for a body.
    private func isCommon(_ k: Int) -> Bool {
        reading.atoms[k].has(.common.union(.organizationHead).union(.organizationLead))
    }

    /// Whether the lists have a word as a noun for a person.
    private func isNoun(_ k: Int) -> Bool {
        reading.atoms[k].has(.title) || PersonWords.standard.isHuman(hash(k))
    }

    /// "Member of Parliament" is no body, but its end is.
    private func withoutMember(_ name: FoundName) -> FoundName {
        let range = name.range
        guard range.count > 2, Self.members.contains(hash(range.lowerBound)), hash(range.lowerBound + 1) == SmallWord.of
        else {
            return name
        }
        let start = hash(range.lowerBound + 2) == SmallWord.the ? range.lowerBound + 3 : range.lowerBound + 2
        guard start < range.upperBound, reading.atoms[start].isCapital else { return name }
        return FoundName(range: start..<range.upperBound, kind: name.kind, isSure: name.isSure)
    }

    private static let members = Set(["member", "members", "speaker", "leader"].map(SmallWord.hash))

    /// Whether a word is a common noun for a person: of the lists, or by its ending.
    private func isOccupation(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        guard atom.isWord else { return false }
        if atom.has(.title) || PersonWords.standard.isHuman(atom.hash) { return true }
        if PersonWords.standard.isOffice(atom.hash, isTitle: false) { return true }
        guard atom.has(.common) || atom.shape.contains(.opens) else { return false }
        let word = reading.foldedBytes(k)
        return word.count > 4 && Self.occupations.contains { word.hasSuffix($0) }
    }

    private static let occupations = ["er", "or", "ist", "ician", "woman", "man", "ian", "eur"].map { Array($0.utf8) }

    /// "Ruritania's National Congress", "Weir's Skerrow rally": the owner is a name of its own, where the lists know it as
    /// a place or it is a full name.
    private func partedAtPossessive(_ name: FoundName) -> [FoundName]? {
        guard let mark = possessive(in: name.range) else { return nil }
        let owner = name.range.lowerBound..<mark
        var rest = mark + 2
        // behind a plural's apostrophe nothing stands
        if hash(mark + 1) != SmallWord.s || reading.atoms[mark + 1].isSpaced { rest = mark + 1 }
        guard rest < name.range.upperBound, reading.atoms[rest].isCapital else { return nil }
        let kind = known(owner) ?? (isFullName(owner) ? .person : nil)
        guard let kind, kind == .place || kind == .person else { return nil }
        let thing = rest..<name.range.upperBound
        return [
            FoundName(range: owner, kind: kind, isSure: true),
            FoundName(range: thing, kind: known(thing) ?? self.kind(of: thing, name.kind), isSure: false),
        ]
    }

    private func possessive(in range: Range<Int>) -> Int? {
        range.dropFirst().dropLast().first { k in
            let atom = reading.atoms[k]
            guard atom.isMark("'") || reading.isCurlyApostrophe(atom), !atom.isSpaced else { return false }
            let next = reading.atoms[k + 1]
            return next.hash == SmallWord.s && !next.isSpaced || next.isSpaced
        }
    }

    private func isFullName(_ range: Range<Int>) -> Bool {
        let words = words(range)
        return words.count >= 2 && reading.atoms[words[0]].has(.firstName)
            && !words.dropFirst().contains { reading.atoms[$0].has(.common) }
    }

    /// What a thing is that was found as a part of something of another kind.
    private func kind(of range: Range<Int>, _ whole: Mention.Kind) -> Mention.Kind {
        guard let last = words(range).last else { return whole }
        let atom = reading.atoms[last]
        if atom.has(.organizationHead) { return .organization }
        if atom.has(.placeHead) { return .place }
        return whole
    }

    /// "Minister of Ruritania Dara Cole": a country or a body behind "of", and then somebody's full name.
    private func partedAtPerson(_ name: FoundName) -> [FoundName]? {
        guard name.range.count >= 3, name.kind != .place, isBehindOf(name.range.lowerBound) else { return nil }
        for k in name.range.dropFirst() where reading.atoms[k].isWord && reading.atoms[k].has(.firstName) {
            let person = k..<name.range.upperBound
            let rest = words(person)
            guard (2...3).contains(rest.count), !rest.dropFirst().contains(where: { reading.atoms[$0].has(.common) }),
                rest.allSatisfy({ reading.atoms[$0].isCapital })
            else { continue }
            let body = name.range.lowerBound..<k
            let kind = known(body)
            guard kind == .place || kind == .organization || words(body).count >= 2 else { continue }
            return [
                FoundName(range: body, kind: kind ?? self.kind(of: body, .organization), isSure: kind != nil),
                FoundName(range: person, kind: .person, isSure: true),
            ]
        }
        return nil
    }

    private func isBehindOf(_ k: Int) -> Bool {
        guard k > 1, isIn(k - 1, k..<k + 1) else { return false }
        let before = hash(k - 1) == SmallWord.the ? k - 2 : k - 1
        guard isIn(before, k..<k + 1) else { return false }
        return hash(before) == SmallWord.of || hash(before) == SmallWord.for
    }

    /// "Skerrow Hospital and Vestrey Hospital", "the Lions and the Tigers": two houses, and no name goes on over "and the".
    private func partedHouses(_ name: FoundName) -> [FoundName]? {
        guard let joint = name.range.dropFirst().dropLast().first(where: { hash($0) == SmallWord.and }) else {
            return nil
        }
        let left = name.range.lowerBound..<joint
        var start = joint + 1
        let hasArticle = [SmallWord.the, SmallWord.a, SmallWord.an].contains(hash(start))
        if hasArticle { start += 1 }
        guard start < name.range.upperBound else {
            return [FoundName(range: left, kind: name.kind, isSure: name.isSure)]
        }
        let right = start..<name.range.upperBound
        guard let a = words(left).last, let b = words(right).last, words(left).count > 1 else { return nil }
        let areHouses = words(right).count > 1 && hash(a) == hash(b) && reading.atoms[a].has(.organizationHead)
        guard areHouses || hasArticle else { return nil }
        return [
            FoundName(range: left, kind: name.kind, isSure: name.isSure),
            FoundName(range: right, kind: name.kind, isSure: name.isSure),
        ]
    }

    // MARK: Joining

    /// Joins a body with what stands behind its "of", a place with its capital's district, pieces of one heading.
    private mutating func joinNeighbours() {
        var joined: [FoundName] = []
        for name in names {
            if let last = joined.last, let whole = whole(last, name) {
                joined[joined.count - 1] = whole
            } else {
                joined.append(name)
            }
        }
        names = joined
    }

    /// The one name that two in a row are; nil where they are two.
    private func whole(_ a: FoundName, _ b: FoundName) -> FoundName? {
        guard isIn(b.range.lowerBound, a.range), b.range.lowerBound - a.range.upperBound <= 3 else { return nil }
        let between = Array(a.range.upperBound..<b.range.lowerBound)
        let range = a.range.lowerBound..<b.range.upperBound
        if isCapitalDistrict(a, between, b) { return FoundName(range: range, kind: .place, isSure: true) }
        guard a.kind == .organization, let head = words(a.range).last, isHead(head, of: a.range) else {
            return isBodyOfTwo(a, between, b) ? FoundName(range: range, kind: .organization, isSure: a.isSure) : nil
        }
        guard let joint = between.first, !between.contains(where: { taken[$0] }) else { return nil }
        let isArticled = between.count == 2 && hash(between[1]) == SmallWord.the
        guard between.count == 1 || isArticled else { return nil }
        switch hash(joint) {
        case SmallWord.of:
            // "Parliament of New Vestrey"
            guard b.kind == .place || b.kind == .organization && isCommonPhrase(b.range) else { return nil }
        case Self.on, SmallWord.for, Self.against:
            // "Commission on Harbour Debates"
            guard b.kind == .organization, isCommonPhrase(b.range), reading.atoms[head].has(.organizationLead) else {
                return nil
            }
        default: return nil
        }
        return FoundName(range: range, kind: .organization, isSure: true)
    }

    private static let on = SmallWord.hash("on")
    private static let against = SmallWord.hash("against")

    /// Whether the last word of a body is a word for bodies, and not only a part of its own name.
    private func isHead(_ k: Int, of range: Range<Int>) -> Bool {
        let atom = reading.atoms[k]
        guard atom.isCapital, !atom.isAcronym, atom.has(.organizationHead.union(.organizationLead)) else {
            return false
        }
        // "the Times of London" has its place behind it as well, "Post" and "Guardian" hardly
        return atom.has(.organizationLead) || Self.stateHeads.contains(atom.hash)
            || range.count == 1
                && known(range) == .organization && Self.stateHeads.contains(atom.hash)
    }

    private static let stateHeads = Set(
        ["parliament", "assembly", "congress", "ministry", "bank", "government", "library", "museum", "embassy"]
            .map(SmallWord.hash))

    /// Whether a passage is made of common words, as the fields of bodies are.
    private func isCommonPhrase(_ range: Range<Int>) -> Bool {
        known(range) == nil
            && words(range).allSatisfy { reading.atoms[$0].has(.common) && !reading.atoms[$0].isAcronym }
    }

    /// "Port Authority of Skerrow" and "Vestrey": the second place of a body that two share.
    private func isBodyOfTwo(_ a: FoundName, _ between: [Int], _ b: FoundName) -> Bool {
        guard a.kind == .organization, b.kind == .place, between.count == 1, hash(between[0]) == SmallWord.and,
            let joint = a.range.first(where: { hash($0) == SmallWord.of }), joint > a.range.lowerBound,
            isHead(joint - 1, of: a.range.lowerBound..<joint)
        else { return false }
        var place = joint + 1..<a.range.upperBound
        if let first = place.first, hash(first) == SmallWord.the { place = first + 1..<place.upperBound }
        return !place.isEmpty && known(place) == .place && known(b.range) == .place
    }

    /// "Washington, D.C."
    private func isCapitalDistrict(_ a: FoundName, _ between: [Int], _ b: FoundName) -> Bool {
        guard a.kind == .place, hash(a.range.upperBound - 1) == Self.washington, b.range.count == 1,
            [Self.dc].contains(hash(b.range.lowerBound))
        else { return false }
        return between.isEmpty || between.count == 1 && reading.atoms[between[0]].isMark(",")
    }

    private static let washington = SmallWord.hash("washington")
    private static let dc = SmallWord.hash("dc")

    // MARK: Widening

    /// A name with what belongs to it on either side and was left out.
    private func widened(_ name: FoundName) -> FoundName {
        var name = name
        if name.kind == .person { name.range = withParticle(withInitial(name.range)) }
        if name.kind == .organization { name.range = withSecondField(withLegalForm(name.range)) }
        return name
    }

    /// "A. Noel Weir": an initial before a person's name.
    private func withInitial(_ range: Range<Int>) -> Range<Int> {
        let k = range.lowerBound - 2
        guard isIn(k, range), k >= 0, reading.atoms[k].isWord, reading.atoms[k].isCapital,
            reading.atoms[k].end - reading.atoms[k].start == 1, reading.atoms[k + 1].isMark("."),
            !reading.atoms[k + 1].isSpaced, !taken[k], !isNamed[k], words(range).count > 1,
            !(isIn(k - 1, range) && reading.atoms[k - 1].isCapital)
        else { return range }
        return k..<range.upperBound
    }

    /// "bin Laden", "van Orsa": a particle in small letters before a surname, which nothing else can be there.
    private func withParticle(_ range: Range<Int>) -> Range<Int> {
        let k = range.lowerBound - 1
        guard isIn(k, range), Self.particles.contains(hash(k)), !reading.atoms[k].isCapital, !taken[k],
            !isNamed[k], reading.atoms[range.lowerBound].isSpaced
        else { return range }
        return k..<range.upperBound
    }

    private static let particles = Set(["bin", "ibn", "bint", "van", "von"].map(SmallWord.hash))

    /// "Orsa Lines, Inc."
    private func withLegalForm(_ range: Range<Int>) -> Range<Int> {
        var k = range.upperBound
        guard isIn(k, range), reading.atoms[k].isMark(","), !reading.atoms[k].isSpaced, isIn(k + 1, range) else {
            return range
        }
        k += 1
        guard Self.legalForms.contains(hash(k)), reading.atoms[k].isCapital, !taken[k], !isNamed[k] else {
            return range
        }
        k += 1
        if isIn(k, range), reading.atoms[k].isMark("."), !reading.atoms[k].isSpaced { k += 1 }
        return range.lowerBound..<k
    }

    /// "Inspectorate of Tides" and "Works": the second field of a body.
    private func withSecondField(_ range: Range<Int>) -> Range<Int> {
        let end = range.upperBound
        guard reading.atoms[range.lowerBound].has(.organizationLead), range.count > 2,
            [SmallWord.of, SmallWord.for].contains(hash(range.lowerBound + 1)),
            isIn(end + 1, range), hash(end) == SmallWord.and, known(range.lowerBound + 2..<end) == nil,
            !range.contains(where: { hash($0) == SmallWord.and })
        else { return range }
        var last = end + 1
        while isIn(last, range), isFieldWord(last) { last += 1 }
        return last > end + 1 && !(isIn(last, range) && reading.atoms[last].isCapital) ? range.lowerBound..<last : range
    }

    /// Whether a free word with a capital is a common noun and no other name's beginning.
    private func isFieldWord(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        return atom.isWord && atom.isCapital && atom.isSpaced && atom.has(.common) && !atom.isAcronym && !taken[k]
            && !isNamed[k] && !atom.has(.firstName.union(.title).union(.people)) && known(k..<k + 1) == nil
    }

    private static let legalForms = Set(["inc", "ltd", "llc", "corp", "plc", "llp"].map(SmallWord.hash))
}
