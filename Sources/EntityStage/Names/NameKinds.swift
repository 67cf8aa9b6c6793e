import StageKit
import Text

/// Tells names that are no person, organization or place by the word that closes or opens them: parties, laws, prizes,
/// events, storms, ships, flights, models with a number; and roads, which are places.
struct NameKinds {
    private let reading: Reading
    private let taken: [Bool]
    private let forms = NameWords.standard
    private var names: [FoundName]
    /// For each atom, whether it is part of a name.
    private var isNamed: [Bool]

    /// The names, by start, none overlapping another.
    static func corrected(_ names: [FoundName], in reading: Reading, taken: [Bool]) -> [FoundName] {
        var kinds = NameKinds(reading: reading, taken: taken, names: names)
        kinds.names = kinds.names.map(kinds.told)
        kinds.nameAged()
        kinds.nameStorms()
        kinds.namePeoples()
        return kinds.names
    }

    private init(reading: Reading, taken: [Bool], names: [FoundName]) {
        self.reading = reading
        self.taken = taken
        self.names = names
        isNamed = Array(repeating: false, count: reading.atoms.count)
        for name in names { for k in name.range { isNamed[k] = true } }
    }

    private func hash(_ k: Int) -> UInt64 { reading.atoms[k].hash }

    private func isIn(_ k: Int, _ name: Range<Int>) -> Bool {
        reading.isIn(k, reading.atoms[name.lowerBound].sentence)
    }

    /// Whether a free word with a capital stands at `k`.
    private func isFreeCapital(_ k: Int, _ name: Range<Int>) -> Bool {
        isIn(k, name) && reading.atoms[k].isWord && reading.atoms[k].isCapital && reading.atoms[k].isSpaced && !taken[k]
            && !isNamed[k]
    }

    private func told(_ name: FoundName) -> FoundName {
        guard NameLabel.kinds.contains(name.kind) else { return name }
        return numbered(name) ?? ship(name) ?? vessel(name) ?? closed(name) ?? name
    }

    // MARK: By the last word

    private func closed(_ name: FoundName) -> FoundName? {
        var range = name.range
        // "[United States] Constitution"
        if name.kind != .person, isFreeCapital(range.upperBound, range), forms.closesLaw(hash(range.upperBound)),
            !reading.atoms[range.upperBound].isAcronym
        {
            range = range.lowerBound..<range.upperBound + 1
        }
        // "[US] Presidential Election"
        if name.kind == .place, isFreeCapital(range.upperBound, range), isFreeCapital(range.upperBound + 1, range),
            forms.closesEvent(hash(range.upperBound + 1))
        {
            return made(range.lowerBound..<range.upperBound + 2, .event)
        }
        guard let last = range.last(where: { reading.atoms[$0].isWord }) else { return nil }
        let words = range.reduce(0) { $0 + (reading.atoms[$1].isWord ? 1 : 0) }
        if words > 1, forms.closesLaw(hash(last)), name.kind != .person { return made(range, .work) }
        if words > 1, forms.closesPrize(hash(last)), name.kind != .place { return made(range, .work) }
        if words > 1, forms.closesEvent(hash(last)), name.kind != .person { return made(range, .event) }
        if words > 1, name.kind == .person, let kind = thing(last) { return made(range, kind) }
        // "Bridgegate": an affair
        if words == 1, name.kind == .person, reading.ends(reading.atoms[last], in: "gate", longerThan: 6) {
            return made(range, .event)
        }
        return isParty(range, last, name.kind) ? made(range, .group) : nil
    }

    /// What the last word makes of a name that begins like a person's.
    private func thing(_ last: Int) -> Mention.Kind? {
        if hash(last) == Self.party { return .group }
        if forms.closesRoad(hash(last)) { return .place }
        guard forms.closesThing(hash(last)) else { return nil }
        return forms.closesEvent(hash(last)) ? .event : .work
    }

    private func made(_ range: Range<Int>, _ kind: Mention.Kind) -> FoundName {
        FoundName(range: range, kind: kind, isSure: true)
    }

    /// "Harbour Party", "Party for Tides", "Liberty Party of Vestrey".
    private func isParty(_ range: Range<Int>, _ last: Int, _ kind: Mention.Kind) -> Bool {
        guard kind == .organization else { return false }
        // an acronym of the lists: "PKK"
        if let listed = reading.known(at: range.lowerBound, limit: range.upperBound), listed.end == range.upperBound,
            reading.lexicon.groups.indices.contains(listed.known.group),
            reading.lexicon.groups[listed.known.group].hasSuffix(" party")
        {
            return true
        }
        guard range.count > 1 else { return false }
        if hash(last) == Self.party { return true }
        return range.dropLast().contains {
            hash($0) == Self.party && [SmallWord.of, SmallWord.for].contains(hash($0 + 1))
        }
    }

    private static let party = SmallWord.hash("party")

    // MARK: By a number

    /// "Ebb Air Flight 610" is an event, "Route 2" a place, "Orsa 737 Max" a thing.
    private func numbered(_ name: FoundName) -> FoundName? {
        let range = name.range
        var head = range.upperBound - 1
        var end = range.upperBound
        // the word for the road or the flight may have been left out of the name
        if !forms.opensRoad(hash(head)), hash(head) != Self.flight, isFreeCapital(end, range),
            forms.opensRoad(hash(end)) || hash(end) == Self.flight
        {
            head = end
            end += 1
        }
        guard isIn(end, range), reading.atoms[end].isDigits, reading.atoms[end].isSpaced, !taken[end] else {
            return nil
        }
        if hash(head) == Self.flight { return made(range.lowerBound..<end + 1, .event) }
        if forms.opensRoad(hash(head)) { return made(range.lowerBound..<end + 1, .place) }
        let digits = reading.atoms[end].end - reading.atoms[end].start
        guard name.kind == .organization, digits == 3, head == range.upperBound - 1, !reading.atoms[head].isAcronym
        else { return nil }
        end += 1
        if isFreeOrNamed(end, range), reading.atoms[end].end - reading.atoms[end].start <= 5 { end += 1 }
        return made(range.lowerBound..<end, .work)
    }

    private func isFreeOrNamed(_ k: Int, _ name: Range<Int>) -> Bool {
        isIn(k, name) && reading.atoms[k].isWord && reading.atoms[k].isCapital && reading.atoms[k].isSpaced
            && !taken[k] && !isNamed[k]
    }

    private static let flight = SmallWord.hash("flight")

    // MARK: Persons

    /// "Orl Amman, 20, was": whoever has an age is a person, and so is the surname from then on, though it be a city.
    private mutating func nameAged() {
        var surnames: Set<UInt64> = []
        for k in names.indices where names[k].kind != .group {
            let range = names[k].range
            guard isAged(behind: range.upperBound, range), range.allSatisfy({ !reading.atoms[$0].isDigits }) else {
                continue
            }
            if names[k].kind != .person, mayBePerson(range) { names[k] = made(range, .person) }
            if names[k].kind == .person, range.count > 1 { surnames.insert(hash(range.upperBound - 1)) }
        }
        guard !surnames.isEmpty else { return }
        for k in names.indices where names[k].range.count == 1 && names[k].kind == .place {
            let at = names[k].range.lowerBound
            guard surnames.contains(hash(at)), at == 0 || !reading.atoms[at - 1].has(.locative) else { continue }
            names[k] = made(names[k].range, .person)
        }
    }

    /// Whether two or three words that no list knows, and that tell nothing else, may be somebody's name.
    private func mayBePerson(_ range: Range<Int>) -> Bool {
        (2...3).contains(range.count)
            && range.allSatisfy {
                reading.atoms[$0].isWord && reading.atoms[$0].isCapital && !reading.atoms[$0].isAcronym
                    && !reading.atoms[$0].has(.common.union(.organizationHead).union(.placeHead))
            } && reading.known(at: range.lowerBound, limit: range.upperBound)?.end != range.upperBound
    }

    /// Whether an age between commas follows: ", 20,".
    private func isAged(behind k: Int, _ name: Range<Int>) -> Bool {
        guard isIn(k + 2, name), reading.atoms[k].isMark(","), reading.atoms[k + 1].isDigits,
            reading.atoms[k + 1].end - reading.atoms[k + 1].start == 2
        else { return false }
        return reading.atoms[k + 2].isMark(",") || reading.atoms[k + 2].isMark(".")
    }

    // MARK: Ships and storms

    /// "MV Ada Weir": the ship, with the letters before its name.
    private func ship(_ name: FoundName) -> FoundName? {
        var first = name.range.lowerBound
        for _ in 0..<2
        where !forms.opensShip(hash(first)) && isIn(first - 1, name.range) && !taken[first - 1] && !isNamed[first - 1]
            && reading.atoms[first - 1].isCapital
        { first -= 1 }
        let atom = reading.atoms[first]
        guard atom.isAcronym, forms.opensShip(atom.hash), first + 1 < name.range.upperBound,
            reading.atoms[first + 1].isCapital, reading.atoms[first + 1].isSpaced, !reading.atoms[first + 1].isAcronym
        else { return nil }
        return made(first..<name.range.upperBound, .work)
    }

    /// "the tanker Ada Weir", "the yacht Lady Ada": what stands right behind the word for a thing that bears names of people.
    private func vessel(_ name: FoundName) -> FoundName? {
        guard name.kind == .person || name.kind == .organization else { return nil }
        var first = name.range.lowerBound
        while isIn(first - 1, name.range), reading.atoms[first - 1].isWord, reading.atoms[first - 1].isCapital,
            reading.atoms[first - 1].has(.title), !isNamed[first - 1], !taken[first - 1]
        { first -= 1 }
        let k = first - 1
        guard isIn(k - 1, name.range), reading.atoms[k].isWord, !reading.atoms[k].isCapital,
            forms.bearsName(hash(k)), reading.atoms[first].isSpaced
        else { return nil }
        var at = k - 1
        while isIn(at, name.range), k - at < 5, reading.atoms[at].isWord, !reading.atoms[at].has(.stop) { at -= 1 }
        guard isIn(at, name.range), reading.atoms[at].isWord, Self.determiners.contains(hash(at)) else { return nil }
        let end = name.range.upperBound
        let speaks = isIn(end, name.range) && reading.atoms[end].isWord && reading.atoms[end].has(.speech)
        return speaks ? nil : made(first..<end, .work)
    }

    private static let determiners = Set(["the", "a", "an", "his", "her", "its", "their"].map(SmallWord.hash))

    /// "Tropical Storm Dorian" is an event, and so is Dorian from then on.
    private mutating func nameStorms() {
        var storms: Set<UInt64> = []
        var replaced: [Int: FoundName] = [:]
        for (k, name) in names.enumerated() {
            guard let lead = stormLead(name.range) else { continue }
            let own = lead + 1..<name.range.upperBound
            // "National Hurricane Center" is no storm
            guard !own.isEmpty, own.count <= 2, !own.contains(where: { reading.atoms[$0].has(.organizationHead) })
            else { continue }
            var start = min(lead, name.range.lowerBound)
            if start > 0, isIn(start - 1, name.range), hash(start - 1) == Self.tropical, !isNamed[start - 1] {
                start -= 1
            }
            storms.insert(reading.formKey(own))
            replaced[k] = made(start..<name.range.upperBound, .event)
        }
        guard !storms.isEmpty else { return }
        for k in names.indices {
            if let storm = replaced[k] {
                names[k] = storm
            } else if names[k].kind != .event, storms.contains(reading.formKey(names[k].range)) {
                names[k] = made(names[k].range, .event)
            }
        }
    }

    private static let tropical = SmallWord.hash("tropical")

    /// The word for a storm in a name or before it, with a capital.
    private func stormLead(_ range: Range<Int>) -> Int? {
        if let inside = range.dropLast().first(where: { forms.opensStorm(hash($0)) }) { return inside }
        let k = range.lowerBound - 1
        guard isIn(k, range), forms.opensStorm(hash(k)), reading.atoms[k].isCapital,
            reading.atoms[range.lowerBound].isSpaced, !isNamed[k]
        else { return nil }
        return k
    }

    // MARK: Peoples

    /// "Orsari rebels" tells that the Orsaris, and whoever is called Orsari, are a people.
    private mutating func namePeoples() {
        var peoples: Set<UInt64> = []
        for name in names where name.range.count == 1 && name.kind != .group {
            let k = name.range.lowerBound
            guard isIn(k + 1, name.range), reading.atoms[k + 1].isWord, forms.tellsPeople(hash(k + 1)),
                !reading.atoms[k].isAcronym, reading.known(at: k, limit: k + 1) == nil
            else { continue }
            peoples.insert(hash(k))
            peoples.insert(StableHash.of(reading.foldedBytes(k) + [UInt8(ascii: "s")]))
        }
        for name in names where name.kind == .place && name.range.count > 1 {
            // "Hong Kong" and "Hongkongers"
            let place = name.range.flatMap { reading.atoms[$0].isWord ? reading.foldedBytes($0) : [] }
            peoples.insert(StableHash.of(place + Array("ers".utf8)))
        }
        for k in names.indices where names[k].range.count == 2 && names[k].kind != .group {
            if isPeople(names[k].range) { names[k] = made(names[k].range, .group) }
        }
        for k in names.indices where names[k].range.count == 1 && names[k].kind != .group {
            let atom = names[k].range.lowerBound
            if peoples.contains(hash(atom)) || isPluralOfPlace(atom) { names[k] = made(names[k].range, .group) }
        }
    }

    /// "Skerrowers", "Vestrians": more than one, by a word made from the name of a place.
    private func isPluralOfPlace(_ k: Int) -> Bool {
        let word = reading.foldedBytes(k)
        guard word.count > 6, reading.known(at: k, limit: k + 1) == nil else { return false }
        for (ending, stems) in Self.endings where word.hasSuffix(Array(ending.utf8)) {
            let stem = Array(word.dropLast(ending.utf8.count))
            for added in stems {
                let place = Lexicon.chain(0, StableHash.of(stem + Array(added.utf8)))
                if reading.lexicon.known(place)?.kind == .place { return true }
            }
        }
        return false
    }

    /// "Hong Kongers", "New Yorker": who lives in a place of two words.
    private func isPeople(_ range: Range<Int>) -> Bool {
        let first = range.lowerBound
        guard reading.atoms[first].isWord, reading.atoms[first + 1].isWord,
            reading.known(at: first, limit: range.upperBound)?.end != range.upperBound
        else { return false }
        var word = reading.foldedBytes(first + 1)
        if word.last == UInt8(ascii: "s") { word.removeLast() }
        guard word.hasSuffix(Array("er".utf8)), word.count > 4 else { return false }
        let chain = Lexicon.chain(
            Lexicon.chain(0, reading.atoms[first].hash), StableHash.of(word.dropLast(2)))
        return reading.lexicon.known(chain)?.kind == .place
    }

    private static let endings = [
        ("ians", ["", "a", "ia", "y", "e", "on"]), ("ans", ["", "a", "e", "o"]), ("ers", ["", "e"]),
        ("ites", ["", "e"]),
        ("enos", ["", "o"]), ("ese", ["", "a"]),
    ]
}
