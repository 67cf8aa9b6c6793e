import StageKit

/// Finds the offices by which a text means somebody whom it names: "the Foreign Secretary, Ada Weir", and later "the
/// Foreign Secretary".
struct Roles {
    /// An office with its holder's form.
    struct Role {
        var range: Range<Int>
        var holder: Int
    }

    /// An office as it stands in the text: "Minister" with the words before it, and with "for the North" behind it.
    private struct Office {
        var head: Int
        var words: Range<Int>
        var whole: Range<Int>
    }

    private let forms: DocumentForms
    private let reading: Reading
    private let words = PersonWords.standard
    /// For each atom, the name that it is part of.
    private let nameAt: [Int?]

    /// The roles, by their start. A name inside of one ends it and stays a name ("Mayor" and "Skerrow"); what is no more
    /// than the field of an office ("Foreign Affairs", or whatever stands behind "for") is dropped as a name.
    static func found(in forms: DocumentForms) -> [Role] {
        var roles: [Role] = []
        var inside: [Int] = []
        var next = 0
        for var role in Roles(forms).roles() {
            while next < forms.names.count, forms.names[next].range.upperBound <= role.range.lowerBound { next += 1 }
            while next < forms.names.count, forms.names[next].range.lowerBound < role.range.upperBound {
                if isField(forms.names[next], of: role.range, forms.reading) {
                    inside.append(next)
                    next += 1
                } else {
                    role.range = role.range.lowerBound..<forms.names[next].range.lowerBound
                }
            }
            while let last = role.range.last, !forms.reading.atoms[last].isCapital {
                role.range = role.range.dropLast()
            }
            if !role.range.isEmpty { roles.append(role) }
        }
        forms.drop(inside)
        return roles
    }

    /// Whether a name is the field of an office: it stands behind "for", or is made of common words.
    private static func isField(_ name: FoundName, of role: Range<Int>, _ reading: Reading) -> Bool {
        let range = name.range
        let before = role.lowerBound..<max(role.lowerBound, range.lowerBound)
        if before.last(where: { [SmallWord.of, SmallWord.for, SmallWord.to].contains(reading.atoms[$0].hash) })
            .map({ reading.atoms[$0].hash == SmallWord.for }) ?? false
        {
            return true
        }
        return name.kind != .place && reading.known(at: range.lowerBound, limit: range.upperBound) == nil
            && range.allSatisfy { !reading.atoms[$0].isWord || reading.atoms[$0].has(.common.union(.inner)) }
    }

    private init(_ forms: DocumentForms) {
        self.forms = forms
        reading = forms.reading
        nameAt = reading.nameAt(forms.names)
    }

    private func roles() -> [Role] {
        var roles: [Role] = []
        var open: [Office] = []
        var holders: [UInt64: Set<Int>] = [:]
        var end = 0
        for k in reading.atoms.indices where k >= end && isOffice(k) {
            let office = self.office(at: k)
            guard let (range, name) = held(office) else {
                open.append(office)
                continue
            }
            let holder = forms.formOfName[name]
            roles.append(Role(range: range, holder: holder))
            end = range.upperBound
            if hidesHolder(office) { continue }
            for key in Set([office.words, range, office.head..<office.head + 1].map(reading.formKey)) {
                holders[key, default: []].insert(forms.root(of: holder))
            }
        }
        for office in open where !isFollowedByName(office) && !hidesHolder(office) {
            let range = office.whole
            if let found = holders[reading.formKey(range)], found.count == 1, let holder = found.first {
                roles.append(Role(range: range, holder: holder))
            }
        }
        return roles.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// The hash of a word; of whatever else is no word's.
    private func word(_ k: Int) -> UInt64 { reading.atoms[k].hash }

    private func isOffice(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        return atom.isWord && atom.isCapital && nameAt[k] == nil
            && words.isOffice(word(k), isTitle: atom.has(.title))
    }

    // MARK: The words of an office

    /// Words of one kind that follow each other in an office, or before a name. A longer row of them is no office, and is not
    /// gone through for each of its words.
    private static let most = 8

    private func office(at k: Int) -> Office {
        let sentence = reading.atoms[k].sentence
        var head = k
        // "General Secretary": the last of several
        while head - k < Self.most, reading.isIn(head + 1, sentence), reading.atoms[head + 1].isSpaced,
            isOffice(head + 1)
        { head += 1 }
        var start = k
        while k - start < 3, reading.isIn(start - 1, sentence), leads(start - 1), reading.atoms[start].isSpaced {
            start -= 1
        }
        return Office(head: head, words: start..<head + 1, whole: start..<complement(behind: head + 1, sentence))
    }

    /// Whether a word belongs to the office behind it: "Foreign", "Acting".
    private func leads(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        guard atom.isWord, atom.isCapital, nameAt[k] == nil, !atom.isAcronym else { return false }
        if words.leadsTitle(word(k)) || atom.has(.title) { return !words.isCommonTitle(word(k)) }
        return atom.has(.common) && !atom.shape.contains(.opens) && !atom.has(.inner.union(.stop))
            && !NameWords.standard.isPreposition(word(k))
    }

    /// Behind "of State", "for the North", "of Foreign Affairs of Ostrelia".
    private func complement(behind start: Int, _ sentence: Int32) -> Int {
        var end = start
        for _ in 0..<3 {
            guard reading.isIn(end, sentence), [SmallWord.of, SmallWord.for, SmallWord.to].contains(word(end)) else {
                break
            }
            var next = end + 1
            if reading.isIn(next, sentence), word(next) == SmallWord.the { next += 1 }
            let before = next
            while reading.isIn(next, sentence), next - before < 8, reading.atoms[next].isSpaced || nameAt[next] != nil {
                if let name = nameAt[next] {
                    guard forms.names[name].kind != .person else { break }
                    next = forms.names[name].range.upperBound
                } else if reading.atoms[next].isWord, reading.atoms[next].isCapital {
                    next += 1
                } else if word(next) == SmallWord.and, reading.isIn(next + 1, sentence),
                    reading.atoms[next + 1].isCapital,
                    nameAt[next + 1].map({ forms.names[$0].kind != .person }) ?? true
                {
                    next += 1
                } else {
                    break
                }
            }
            if next == before { break }
            end = next
        }
        return end
    }

    // MARK: Its holder

    /// The office as it stands beside the name of its holder, and that name.
    private func held(_ office: Office) -> (Range<Int>, Int)? {
        if let name = name(behind: office.whole.upperBound, office) { return (office.whole, name) }
        if let name = name(before: office.words.lowerBound) { return (office.whole, name) }
        return nil
    }

    /// "President Weir", "the Foreign Secretary, Ada Weir".
    private func name(behind end: Int, _ office: Office) -> Int? {
        let sentence = reading.atoms[office.head].sentence
        var k = end
        let isApposition = reading.isIn(k, sentence) && reading.atoms[k].isMark(",")
        if isApposition { k += 1 }
        while k - end < Self.most, reading.isIn(k, sentence), nameAt[k] == nil, isHonorific(k) { k += 1 }
        guard reading.isIn(k, sentence), let name = nameAt[k], forms.names[name].kind == .person,
            forms.names[name].range.lowerBound == k
        else { return nil }
        guard isApposition else { return name }
        // "the President, Ada Weir and others" counts people
        let next = forms.names[name].range.upperBound
        let goesOn = reading.isIn(next, sentence) && [SmallWord.and, SmallWord.or].contains(word(next))
        return goesOn || forms.forms[forms.formOfName[name]].words.count == 1 && !isHonorific(k - 1) ? nil : name
    }

    private func isHonorific(_ k: Int) -> Bool {
        if reading.atoms[k].isMark(".") { return k > 0 && reading.atoms[k - 1].isWord && isHonorific(k - 1) }
        return reading.atoms[k].isWord && (words.isCommonTitle(word(k)) || word(k) == SmallWord.he)
    }

    /// What may stand between a name and the office behind it.
    private static let before = [SmallWord.the, SmallWord.a, SmallWord.an, SmallWord.current, SmallWord.s]

    /// "Ada Weir, the Danish Foreign Secretary".
    private func name(before start: Int) -> Int? {
        guard start > 1 else { return nil }
        let sentence = reading.atoms[start].sentence
        var k = start - 1
        while reading.isIn(k, sentence), start - k < 8 {
            if let name = nameAt[k], forms.names[name].kind != .person {
                k = forms.names[name].range.lowerBound - 1
            } else if !reading.atoms[k].isSpaced, !reading.atoms[k].isMark(",") {
                // the possessive of a country
                k -= 1
            } else if Self.before.contains(word(k)) {
                k -= 1
            } else {
                break
            }
        }
        guard reading.isIn(k, sentence), k > 0, reading.atoms[k].isMark(","), let name = nameAt[k - 1],
            forms.names[name].kind == .person
        else { return nil }
        return name
    }

    private func hidesHolder(_ office: Office) -> Bool {
        let k = office.words.lowerBound - 1
        return reading.isIn(k, reading.atoms[office.head].sentence) && reading.atoms[k].isWord
            && words.hidesHolder(word(k))
    }

    private func isFollowedByName(_ office: Office) -> Bool {
        let k = office.whole.upperBound
        return reading.isIn(k, reading.atoms[office.head].sentence) && reading.atoms[k].isWord
            && reading.atoms[k].isCapital
    }
}
