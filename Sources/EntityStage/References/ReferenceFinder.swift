import StageKit
import Text

/// Finds whom pronouns and descriptions mean: *she*, *the governor*, *the ministry*.
///
/// Candidates are the names of the last sentences that agree in number, type and sex; who was the subject, was named
/// last, or is what the document is about comes first (centering, Grosz, Joshi and Weinstein 1995). Where two are
/// nearly as likely, or somebody without a name stands between, the words stay open.
struct ReferenceFinder {
    /// Words with the name that they mean.
    struct Found {
        var range: Range<Int>
        var kind: Reference.Kind
        /// The index of the name among those of the document.
        var name: Int
    }

    /// What a name of a person is in its sentence.
    private struct Candidate {
        var root: Int
        var name: Int
        var at: Int
        var sentence: Int
        var isSubject: Bool
    }

    private let forms: DocumentForms
    private let reading: Reading
    private var descriptions: Descriptions
    /// For each atom, whether it stands in a quotation.
    private let isQuoted: [Bool]
    private let nameAt: [Int?]
    /// The names of persons and, as they are resolved, the words that mean them, in order of the text.
    private var persons: [Candidate] = []
    /// How often each person is named.
    private var counts: [Int: Int] = [:]
    private var sexes: PersonSexes
    /// Whether a pronoun has told of which sex a person is.
    private var hasNoted = false
    private var found: [Found] = []
    /// For each atom, whether it is part of a description that was resolved.
    private var isDescribed: [Bool] = []

    /// The references of a document, by start.
    static func found(in forms: DocumentForms, quotations: [ByteSpan]) -> [Found] {
        guard hasPersonsOrBodies(forms) else { return [] }
        var finder = ReferenceFinder(forms, quotations: quotations)
        finder.resolve()
        // what can mean one person only tells of which sex that is, and then others can be decided
        if finder.hasNoted { finder.resolve() }
        return finder.found
    }

    private static func hasPersonsOrBodies(_ forms: DocumentForms) -> Bool {
        forms.names.contains { $0.kind == .person || $0.kind == .organization }
    }

    private init(_ forms: DocumentForms, quotations: [ByteSpan]) {
        self.forms = forms
        reading = forms.reading
        var quoted = [Bool](repeating: false, count: reading.atoms.count)
        var atom = 0
        for quotation in quotations.sorted(by: { $0.start < $1.start }) {
            while atom < reading.atoms.count, Int(reading.atoms[atom].start) < quotation.start { atom += 1 }
            var k = atom
            while k < reading.atoms.count, Int(reading.atoms[k].start) < quotation.end {
                quoted[k] = true
                k += 1
            }
        }
        isQuoted = quoted
        var nameAt = [Int?](repeating: nil, count: reading.atoms.count)
        for (k, name) in forms.names.enumerated() where !forms.dropped.contains(k) {
            for atom in name.range { nameAt[atom] = k }
            if name.kind == .person { counts[forms.root(of: forms.formOfName[k]), default: 0] += 1 }
        }
        self.nameAt = nameAt
        sexes = PersonSexes(forms)
        descriptions = Descriptions(forms, nameAt: nameAt)
    }

    private mutating func resolve() {
        found = []
        persons = []
        isDescribed = Array(repeating: false, count: reading.atoms.count)
        descriptions.restart()
        for (sentence, range) in reading.sentences.enumerated() {
            var k = range.lowerBound
            var hasSubject = false
            while k < range.upperBound {
                if let name = nameAt[k] {
                    let end = forms.names[name].range.upperBound
                    descriptions.pass(name, sentence: sentence)
                    if forms.names[name].kind == .person {
                        let isSubject =
                            isJoined(k, range) ?? (!hasSubject && !isGoverned(k, range) && !isOwner(behind: end, range))
                        persons.append(
                            Candidate(
                                root: forms.root(of: forms.formOfName[name]), name: name, at: k, sentence: sentence,
                                isSubject: isSubject))
                        hasSubject = hasSubject || isSubject
                    }
                    k = max(k + 1, end)
                    continue
                }
                if let (reach, name) = descriptions.meant(at: k, sentence: sentence, in: range) {
                    found.append(Found(range: k..<reach, kind: .description, name: name))
                    for atom in k..<reach { isDescribed[atom] = true }
                    if forms.names[name].kind == .person {
                        persons.append(
                            Candidate(
                                root: forms.root(of: forms.formOfName[name]), name: name, at: k, sentence: sentence,
                                isSubject: !hasSubject && !isGoverned(k, range)))
                        hasSubject = true
                    }
                    k = reach
                    continue
                }
                if let pronoun = Pronoun.of(reading.atoms[k].hash), !isQuoted[k], reading.atoms[k].isWord,
                    let choice = choose(pronoun, at: k, sentence)
                {
                    found.append(Found(range: k..<k + 1, kind: .pronoun, name: choice.name))
                    persons.append(
                        Candidate(
                            root: choice.root, name: choice.name, at: k, sentence: sentence,
                            isSubject: !hasSubject && pronoun.isSubject))
                    hasSubject = hasSubject || pronoun.isSubject
                }
                k += 1
            }
        }
    }

    // MARK: Pronouns

    /// How many sentences back a pronoun looks.
    private static let reach = 3

    /// The last mention of the person whom a pronoun means; nil where nothing decides.
    private mutating func choose(_ pronoun: Pronoun, at k: Int, _ sentence: Int) -> Candidate? {
        var best: [Int: (score: Double, last: Candidate)] = [:]
        for candidate in persons.suffix(Self.mostCandidates).reversed() {
            guard sentence - candidate.sentence <= Self.reach else { break }
            guard sexes.isMan(candidate.root) ?? pronoun.isMan == pronoun.isMan else { continue }
            let score = self.score(candidate, sentence)
            if let old = best[candidate.root] {
                if score > old.score { best[candidate.root]?.score = score }
            } else {
                best[candidate.root] = (score, candidate)
            }
        }
        let ranked = best.values.sorted { ($0.score, $1.last.root) > ($1.score, $0.last.root) }
        guard let first = ranked.first else { return nil }
        if ranked.count > 1, first.score - ranked[1].score < Self.margin { return nil }
        let isKnown = sexes.isMan(first.last.root) != nil
        if !isKnown, sentence - first.last.sentence > 1 { return nil }
        if isInterrupted(from: first.last, to: k, pronoun) { return nil }
        if ranked.count == 1, !isKnown {
            sexes.note(first.last.root, isMan: pronoun.isMan)
            hasNoted = true
        }
        return first.last
    }

    private static let margin = 0.9
    /// How many names back a pronoun looks, where sentences are long.
    private static let mostCandidates = 40
    /// How many atoms back.
    private static let farthest = 400

    /// How likely a pronoun means the person of a candidate.
    private func score(_ candidate: Candidate, _ sentence: Int) -> Double {
        let distance = sentence - candidate.sentence
        var score = [3.0, 2.6, 1.2, 0.4][min(3, distance)]
        if candidate.isSubject { score += 1.2 }
        if sexes.isMan(candidate.root) != nil { score += 1 }
        score += min(1, Double(counts[candidate.root] ?? 1) / 6)
        return score
    }

    /// Whether somebody without a name, who may be meant as well, stands between a person and a pronoun.
    private func isInterrupted(from candidate: Candidate, to k: Int, _ pronoun: Pronoun) -> Bool {
        if k - candidate.at > Self.farthest { return true }
        for at in stride(from: k - 1, to: candidate.at, by: -1) {
            let atom = reading.atoms[at]
            guard atom.isWord, nameAt[at] == nil, PersonWords.standard.isHuman(atom.hash), !isQuoted[at] else {
                continue
            }
            if let isMan = PersonWords.standard.isManNoun(atom.hash), isMan != pronoun.isMan { continue }
            if isDescribed[at] { continue }
            // "Weir, a councillor," and "councillor Weir" say what somebody with a name is
            if describesName(at) { continue }
            // "is a councillor", "as a councillor"
            if isPredicate(at) { continue }
            return true
        }
        return false
    }

    /// Whether a noun says what the person beside it is: in apposition, or right before the name.
    private func describesName(_ k: Int) -> Bool {
        var next = k + 1
        while next < reading.atoms.count, next < k + 4, nameAt[next] == nil,
            reading.atoms[next].isMark(",") || reading.atoms[next].has(.title)
        { next += 1 }
        if next < reading.atoms.count, let name = nameAt[next], forms.names[name].kind == .person { return true }
        var at = k - 1
        while at >= 0, k - at < 8, reading.atoms[at].sentence == reading.atoms[k].sentence {
            if reading.atoms[at].isMark(",") {
                return at > 0 && nameAt[at - 1].map { forms.names[$0].kind == .person } ?? false
            }
            if reading.atoms[at].kind == .mark, !reading.atoms[at].isMark("-") { return false }
            at -= 1
        }
        return false
    }

    private func isPredicate(_ k: Int) -> Bool {
        var at = k - 1
        while at >= 0, k - at < 5, reading.atoms[at].sentence == reading.atoms[k].sentence, reading.atoms[at].isWord {
            if Self.copulas.contains(reading.atoms[at].hash) { return true }
            at -= 1
        }
        return false
    }

    private static let copulas = Set(
        ["is", "was", "as", "be", "been", "became", "become", "being"].map(SmallWord.hash))

    // MARK: Where a name stands

    /// For a name that "and" or a comma joins to the name of a person before it, whether that one is a subject.
    private func isJoined(_ k: Int, _ sentence: Range<Int>) -> Bool? {
        guard let last = persons.last, last.at < k, last.at >= sentence.lowerBound else { return nil }
        let end = forms.names[last.name].range.upperBound
        guard end < k, k - end <= 2,
            (end..<k).allSatisfy({ reading.atoms[$0].isMark(",") || reading.atoms[$0].hash == SmallWord.and })
        else { return nil }
        return last.isSubject
    }

    /// Whether a preposition stands before a name, so that it is no subject.
    private func isGoverned(_ k: Int, _ sentence: Range<Int>) -> Bool {
        var at = k - 1
        while at >= sentence.lowerBound,
            reading.atoms[at].isCapital || reading.atoms[at].has(.title)
                || reading.atoms[at].isMark(".")
        { at -= 1 }
        guard at >= sentence.lowerBound, reading.atoms[at].isWord else { return false }
        return NameWords.standard.isPreposition(reading.atoms[at].hash) || reading.atoms[at].has(.locative)
            || [SmallWord.of, SmallWord.for, SmallWord.to, SmallWord.in].contains(reading.atoms[at].hash)
    }

    private func isOwner(behind end: Int, _ sentence: Range<Int>) -> Bool {
        guard end + 1 < sentence.upperBound, !reading.atoms[end].isSpaced, reading.atoms[end].kind == .mark else {
            return false
        }
        return reading.atoms[end + 1].hash == SmallWord.s && !reading.atoms[end + 1].isSpaced
    }
}

/// A pronoun of the third person that tells the sex.
private struct Pronoun {
    var isMan: Bool
    /// Whether it stands for a subject.
    var isSubject: Bool

    private static let all: [UInt64: Pronoun] = [
        SmallWord.he: Pronoun(isMan: true, isSubject: true),
        SmallWord.hash("him"): Pronoun(isMan: true, isSubject: false),
        SmallWord.hash("his"): Pronoun(isMan: true, isSubject: false),
        SmallWord.hash("himself"): Pronoun(isMan: true, isSubject: false),
        SmallWord.hash("she"): Pronoun(isMan: false, isSubject: true),
        SmallWord.hash("her"): Pronoun(isMan: false, isSubject: false),
        SmallWord.hash("hers"): Pronoun(isMan: false, isSubject: false),
        SmallWord.hash("herself"): Pronoun(isMan: false, isSubject: false),
    ]

    static func of(_ word: UInt64) -> Pronoun? { all[word] }
}
