import StageKit
import Text

/// Makes a document agree with itself: one name, one kind; and finds in headlines the names that the text knows.
struct DocumentAgreement {
    // Forms stand here under their keys, see `Reading.formKey`.
    private let reading: Reading
    /// For each form, how often each kind was told and guessed.
    private var votes: [UInt64: KindVotes] = [:]
    /// The last words of persons of two or more words.
    private var surnames: Set<UInt64> = []
    /// The first words of persons of two or more words.
    private var forenames: Set<UInt64> = []
    /// The last words of places that tell what they are: "North Pier" makes "the Pier" a place.
    private var placeHeads: Set<UInt64> = []
    /// Places and their people, by the pairs that the document has: "Ruritania", "Ruritanian".
    private var homelands: [UInt64: Mention.Kind] = [:]
    /// The forms that stand elsewhere than at the beginning of a sentence.
    private var insideForms: Set<UInt64> = []
    /// The last two and the last three words of those of them that have more.
    private var insideTails: Set<UInt64> = []
    /// The hashes of the first words of all forms.
    private var firstWords: Set<UInt64> = []

    init(reading: Reading, names: [FoundName]) {
        self.reading = reading
        votes.reserveCapacity(names.count)
        insideForms.reserveCapacity(names.count)
        firstWords.reserveCapacity(names.count)
        for name in names { count(name) }
        for name in names where name.range.count == 1 { pair(name) }
    }

    /// What a lone name may have at its end more than the name of its country.
    private static let endings = ["ian", "ese", "ish", "an", "n"].map { Array($0.utf8) }

    /// Notes a lone name that is another with the ending of a people.
    private mutating func pair(_ name: FoundName) {
        let key = reading.formKey(name.range)
        guard isOnlyGuessed(key), !surnames.contains(key), !reading.atoms[name.range.lowerBound].has(.firstName)
        else { return }
        let form = reading.foldedBytes(name.range.lowerBound)
        for ending in Self.endings where form.hasSuffix(ending) {
            let stem = form.dropLast(ending.count)
            guard stem.count >= 4, ending.count > 1 || stem.last == UInt8(ascii: "a") else { continue }
            let word = StableHash.of(stem)
            let place = Lexicon.chain(0, word)
            guard mayBePlace(word, place) else { continue }
            homelands[key] = .group
            if isOnlyGuessed(place) { homelands[place] = .place }
        }
    }

    /// Whether a word stands in the document, alone as a guess or a place, or behind "of" in a longer name.
    private func mayBePlace(_ word: UInt64, _ key: UInt64) -> Bool {
        guard let votes = votes[key] else {
            return insideTails.contains(Lexicon.chain(Lexicon.chain(0, SmallWord.of), word))
        }
        return votes.isOnlyGuessed || votes.sure(.place) > 0
    }

    private func isOnlyGuessed(_ key: UInt64) -> Bool { votes[key]?.isOnlyGuessed ?? false }

    private mutating func count(_ name: FoundName) {
        let key = reading.formKey(name.range)
        if name.isSure {
            votes[key, default: KindVotes()].tell(name.kind)
        } else {
            votes[key, default: KindVotes()].guess(name.kind, weight: name.isDefault ? 1 : 1000)
        }
        let first = reading.atoms[name.range.lowerBound]
        if !first.shape.contains(.opens) || name.isSure { noteInside(name.range, key) }
        firstWords.insert(first.hash)
        if name.kind == .place, name.isSure, name.range.count == 2,
            reading.atoms[name.range.upperBound - 1].has(.placeHead)
        {
            placeHeads.insert(reading.formKey(name.range.upperBound - 1..<name.range.upperBound))
        }
        if name.kind == .person, name.range.count > 1 {
            let words = name.range.filter { reading.atoms[$0].kind != .mark }
            guard words.count > 1, let first = words.first, let last = words.last else { return }
            surnames.insert(reading.formKey(last..<last + 1))
            forenames.insert(reading.formKey(first..<first + 1))
        }
    }

    private mutating func noteInside(_ name: Range<Int>, _ key: UInt64) {
        guard insideForms.insert(key).inserted, name.count > 2 else { return }
        let words = name.filter { reading.atoms[$0].kind != .mark }
        for count in 2...3 where words.count > count {
            insideTails.insert(reading.formKey(words[words.count - count]..<name.upperBound))
        }
    }

    /// The names of a headline: those of the lists, and forms that the text has.
    mutating func names(in sentence: Range<Int>, taken: [Bool]) -> [FoundName] {
        var names: [FoundName] = []
        var k = sentence.lowerBound
        while k < sentence.upperBound {
            defer { k += 1 }
            let atom = reading.atoms[k]
            guard atom.isWord, atom.isCapital, !taken[k], !atom.shape.contains(.address) else { continue }
            if firstWords.contains(atom.hash), let end = longest(from: k, limit: sentence.upperBound) {
                names.append(FoundName(range: k..<end, kind: .organization, isSure: false))
                k = end - 1
            } else if let known = reading.known(at: k, limit: sentence.upperBound),
                !known.known.needsCapitals || !reading.isShouted[sentenceIndex(of: sentence)]
            {
                names.append(FoundName(range: k..<known.end, kind: known.known.kind, isSure: true))
                k = known.end - 1
            }
        }
        return names
    }

    private func sentenceIndex(of sentence: Range<Int>) -> Int {
        reading.sentences.firstIndex { $0.lowerBound == sentence.lowerBound } ?? 0
    }

    private func longest(from start: Int, limit: Int) -> Int? {
        var end = min(limit, start + 6)
        while end > start {
            if reading.atoms[end - 1].isWord {
                let key = reading.formKey(start..<end)
                if votes[key] != nil || end - start == 1 && surnames.contains(key) { return end }
            }
            end -= 1
        }
        return nil
    }

    /// The names with the kind that the document as a whole gives their form.
    func agreed(_ names: [FoundName]) -> [FoundName] {
        names.filter { !opensOnly($0) && !isTail($0) }.map { name in
            var name = name
            let form = reading.formKey(name.range)
            if !name.isSure, name.kind != .person, surnames.contains(form), !isToldOtherwise(form) {
                name.kind = .person
                return name
            }
            if let kind = homelands[form] {
                name.kind = kind
                return name
            }
            if !name.isSure, placeHeads.contains(form) {
                name.kind = .place
                return name
            }
            if !name.isSure, forenames.contains(form), hasNoHint(form) {
                name.kind = .person
                return name
            }
            guard let counted = votes[form], let best = counted.best else { return name }
            if counted.isOnlyGuessed {
                name.kind = best
            } else if !name.isSure || counted.sure(name.kind) == 0 {
                name.kind = best
                name.isSure = true
            }
            return name
        }
    }

    /// Whether a lone word has its capital only because sentences begin with it.
    private func opensOnly(_ name: FoundName) -> Bool {
        guard !name.isSure, name.range.count == 1 else { return false }
        let atom = reading.atoms[name.range.lowerBound]
        guard !atom.isAcronym, !atom.has(.firstName) else { return false }
        let form = reading.formKey(name.range)
        return !insideForms.contains(form) && !surnames.contains(form)
    }

    /// Whether a lone guessed name is what "and" joins in a longer name of the document: "Minister of Trade and X".
    private func isTail(_ name: FoundName) -> Bool {
        let start = name.range.lowerBound
        guard name.isDefault, name.range.count == 1, start >= 2, reading.atoms[start - 1].has(.inner),
            reading.atoms[start - 2].isWord, reading.atoms[start - 2].isCapital,
            reading.atoms[start - 2].sentence == reading.atoms[start].sentence
        else { return false }
        return insideTails.contains(reading.formKey(start - 2..<name.range.upperBound))
    }

    /// Whether nothing but the default tells what a lone name is.
    private func hasNoHint(_ form: UInt64) -> Bool {
        votes[form].map { $0.isOnlyGuessed && $0.mostGuessed < 1000 } ?? false
    }

    private func isToldOtherwise(_ form: UInt64) -> Bool {
        guard let votes = votes[form] else { return false }
        return Mention.Kind.allCases.contains { $0.isName && $0 != .person && votes.sure($0) > 0 }
    }
}
