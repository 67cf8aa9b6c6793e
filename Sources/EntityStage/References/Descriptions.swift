import StageKit
import Text

/// Finds what *the governor* and *the ministry* mean: whoever the document calls so beside the name, or whatever has the
/// word in its name.
struct Descriptions {
    private let forms: DocumentForms
    private let reading: Reading
    private let nameAt: [Int?]
    /// For each name, the words that stand beside it or in it by which it may be called.
    private var words: [[UInt64]]
    /// Who has been called by a word so far.
    private var bearers: [UInt64: Bearers] = [:]
    /// Where whoever is named was named last.
    private var last: [Int: (name: Int, sentence: Int)] = [:]

    /// The first bearers of a word, by the forms that stand for them, and whether there are more.
    private struct Bearers {
        var roots: [Int] = []
        var hasMore = false

        mutating func add(_ root: Int) {
            if roots.contains(root) { return }
            if roots.count < 8 { roots.append(root) } else { hasMore = true }
        }
    }

    init(_ forms: DocumentForms, nameAt: [Int?]) {
        self.forms = forms
        reading = forms.reading
        self.nameAt = nameAt
        words = Array(repeating: [], count: forms.names.count)
        for (k, name) in forms.names.enumerated() where !forms.dropped.contains(k) {
            switch name.kind {
            case .person: notePerson(k)
            case .organization, .place, .group: noteHead(k)
            default: break
            }
        }
    }

    // MARK: What names are called

    /// The words for a person before the name and in apposition behind it: "Governor Ada Weir", "Ada Weir, a councillor".
    private mutating func notePerson(_ name: Int) {
        let range = forms.names[name].range
        let sentence = reading.atoms[range.lowerBound].sentence
        var k = range.lowerBound - 1
        if reading.isIn(k, sentence), reading.atoms[k].isMark(",") || reading.atoms[k].isMark(".") { k -= 1 }
        for _ in 0..<3 {
            guard reading.isIn(k, sentence), reading.atoms[k].isWord, nameAt[k] == nil else { break }
            if isPersonWord(k) { note(k, name) } else if !reading.atoms[k].has(.title.union(.common)) { break }
            if !reading.atoms[k].isCapital, isPersonWord(k) { break }
            k -= 1
        }
        // behind a comma, up to the head of the phrase: "a former councillor of Skerrow"
        k = range.upperBound
        guard reading.isIn(k, sentence), reading.atoms[k].isMark(",") else { return }
        k += 1
        var head: Int?
        while reading.isIn(k, sentence), k < range.upperBound + 7, reading.atoms[k].isWord {
            if isPersonWord(k) { head = k } else if head != nil || reading.atoms[k].has(.speech) { break }
            if Self.stops.contains(reading.atoms[k].hash) { break }
            k += 1
        }
        if let head, !isSubject(head) { note(head, name) }
    }

    /// Whether a verb follows: in "at the request of Ada Weir, the queen closed the port" the queen is another one.
    private func isSubject(_ k: Int) -> Bool {
        guard reading.isIn(k + 1, reading.atoms[k].sentence), reading.atoms[k + 1].isWord else { return false }
        let words = FigureWords.standard.categories(reading.atoms[k + 1].hash)
        return !words.isDisjoint(with: [.verb, .auxiliary])
            || words.isEmpty && !reading.atoms[k + 1].isCapital
                && reading.ends(reading.atoms[k + 1], in: "ed", longerThan: 4)
    }

    /// The words of the name of a body or a place by which it may be called: the last one, and the first before "of".
    private mutating func noteHead(_ name: Int) {
        let range = forms.names[name].range
        let parts = range.filter { reading.atoms[$0].isWord }
        let long = forms.forms[forms.root(of: forms.formOfName[name])]
        if parts.count > 1, let last = parts.last, isHead(last) { note(last, name) }
        if parts.count > 2, isHead(parts[0]), [SmallWord.of, SmallWord.for].contains(reading.atoms[parts[1]].hash) {
            note(parts[0], name)
        }
        // an acronym is called as what it stands for
        if parts.count == 1, long.words.count > 1 {
            for word in [long.words[0], long.words[long.words.count - 1]]
            where !Lexicon.english.classes(of: word).isDisjoint(with: Self.heads) {
                words[name].append(word.key)
            }
        }
    }

    private static let heads: WordClass = [
        .organizationHead, .organizationLead, .placeHead, .houseHead,
    ]

    private func isHead(_ k: Int) -> Bool { reading.atoms[k].has(Self.heads) }

    private mutating func note(_ k: Int, _ name: Int) { words[name].append(reading.atoms[k].hash) }

    private func isPersonWord(_ k: Int) -> Bool {
        reading.atoms[k].has(.title) && !PersonWords.standard.isCommonTitle(reading.atoms[k].hash)
            || PersonWords.standard.isHuman(reading.atoms[k].hash)
            || PersonWords.standard.isOffice(reading.atoms[k].hash, isTitle: false)
    }

    private static let stops = Set(
        ["of", "for", "in", "at", "from", "who", "which", "and", "with"].map(SmallWord.hash))

    // MARK: Descriptions

    /// Where the description that begins at `k` ends, and the name that it means; nil where there is none or nothing
    /// decides.
    func meant(at k: Int, sentence: Int, in range: Range<Int>) -> (end: Int, name: Int)? {
        let article = reading.atoms[k]
        guard article.isWord, article.hash == SmallWord.the, k + 1 < range.upperBound else { return nil }
        let head = k + 1
        let atom = reading.atoms[head]
        guard atom.isWord, nameAt[head] == nil, let bearers = bearers[atom.hash] else { return nil }
        let end = head + 1
        if end < range.upperBound {
            // "the governor of Texas", "the court house", "the mayor's office", "the governor, Ada Weir"
            let next = reading.atoms[end]
            if next.isWord, !isBoundary(next) { return nil }
            if nameAt[end] != nil { return nil }
            if next.kind == .mark, !next.isSpaced, end + 1 < range.upperBound, !reading.atoms[end + 1].isSpaced {
                return nil
            }
            if next.isMark(","), end + 1 < range.upperBound, nameAt[end + 1] != nil { return nil }
        }
        return choose(bearers, sentence).map { (end, $0) }
    }

    /// Whether a word behind a description does not belong to it.
    private func isBoundary(_ atom: Atom) -> Bool {
        if [SmallWord.of, SmallWord.for].contains(atom.hash) { return false }
        if atom.has(.speech) || Self.verbs.contains(atom.hash) { return true }
        if atom.has(.stop) || NameWords.standard.isPreposition(atom.hash) { return true }
        return !atom.isCapital && reading.ends(atom, in: "ed", longerThan: 3)
    }

    private static let verbs = Set(
        ["has", "had", "have", "was", "is", "were", "will", "would", "can", "could", "may", "also", "then", "gave"]
            .map(SmallWord.hash))

    /// The last name of whom a word means: of its only bearer so far, or of the one named in the last two sentences.
    private func choose(_ bearers: Bearers, _ sentence: Int) -> Int? {
        if bearers.roots.count == 1, !bearers.hasMore { return last[bearers.roots[0]]?.name }
        let near = bearers.roots.compactMap { last[$0] }.filter { sentence - $0.sentence <= 2 }
        return near.count == 1 && !bearers.hasMore ? near[0].name : nil
    }

    // MARK: Going through the text

    /// Begins anew at the first sentence.
    mutating func restart() {
        bearers = [:]
        last = [:]
    }

    /// Goes by a name.
    mutating func pass(_ name: Int, sentence: Int) {
        let root = forms.root(of: forms.formOfName[name])
        last[root] = (name, sentence)
        for word in words[name] { bearers[word, default: Bearers()].add(root) }
    }
}
