import StageKit
import Text

/// Makes a document agree with itself: one name, one kind; and finds in headlines the names that the text knows.
struct DocumentAgreement {
    private let reading: Reading
    /// For each normal form, how often each kind was told and guessed.
    private var votes: [String: [Mention.Kind: (sure: Int, guessed: Int)]] = [:]
    /// The last words of persons of two or more words.
    private var surnames: Set<String> = []
    /// The first words of persons of two or more words.
    private var forenames: Set<String> = []
    /// Places and their people, by the pairs that the document has: "Ruritania", "Ruritanian".
    /// The last words of places that tell what they are: "North Pier" makes "the Pier" a place.
    private var placeHeads: Set<String> = []
    private var homelands: [String: Mention.Kind] = [:]
    /// The forms that stand elsewhere than at the beginning of a sentence.
    private var insideForms: Set<String> = []
    /// The forms by the hash of their first word.
    private var firstWords: Set<UInt64> = []

    init(reading: Reading, names: [FoundName]) {
        self.reading = reading
        for name in names { count(name) }
        for name in names where name.range.count == 1 { pair(name) }
    }

    /// Notes a lone name that is another with the ending of a people.
    private mutating func pair(_ name: FoundName) {
        let form = reading.form(name.range)
        guard isOnlyGuessed(form), !surnames.contains(form),
            !reading.atoms[name.range.lowerBound].has(.firstName)
        else { return }
        for ending in ["ian", "ese", "ish", "an", "n"] where form.hasSuffix(ending) {
            let stem = String(form.dropLast(ending.count))
            guard stem.utf8.count >= 4, ending != "n" || stem.hasSuffix("a"), mayBePlace(stem) else { continue }
            homelands[form] = .group
            if isOnlyGuessed(stem) { homelands[stem] = .place }
        }
    }

    /// Whether a form stands in the document, alone as a guess or a place, or behind "of" in a longer name.
    private func mayBePlace(_ form: String) -> Bool {
        if votes[form] == nil { return insideForms.contains { $0.hasSuffix(" of " + form) } }
        return isOnlyGuessed(form) || (votes[form]?[.place]?.sure ?? 0) > 0
    }

    private func isOnlyGuessed(_ form: String) -> Bool { votes[form]?.allSatisfy { $0.value.sure == 0 } ?? false }

    private mutating func count(_ name: FoundName) {
        let form = reading.form(name.range)
        if name.isSure {
            votes[form, default: [:]][name.kind, default: (0, 0)].sure += 1
        } else {
            votes[form, default: [:]][name.kind, default: (0, 0)].guessed += name.isDefault ? 1 : 1000
        }
        let first = reading.atoms[name.range.lowerBound]
        if !first.shape.contains(.opens) || name.isSure { insideForms.insert(form) }
        firstWords.insert(reading.atoms[name.range.lowerBound].hash)
        if name.kind == .place, name.isSure, name.range.count == 2,
            reading.atoms[name.range.upperBound - 1].has(.placeHead)
        {
            placeHeads.insert(reading.form(name.range.upperBound - 1..<name.range.upperBound))
        }
        if name.kind == .person, let cut = form.utf8.lastIndex(of: 0x20) {
            surnames.insert(String(form[form.utf8.index(after: cut)...]))
            forenames.insert(String(form[..<(form.utf8.firstIndex(of: 0x20) ?? cut)]))
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
            if reading.atoms[end - 1].isWord, votes[reading.form(start..<end)] != nil || isSurname(start..<end) {
                return end
            }
            end -= 1
        }
        return nil
    }

    private func isSurname(_ range: Range<Int>) -> Bool { range.count == 1 && surnames.contains(reading.form(range)) }

    /// The names with the kind that the document as a whole gives their form.
    func agreed(_ names: [FoundName]) -> [FoundName] {
        names.filter { !opensOnly($0) && !isTail($0) }.map { name in
            var name = name
            let form = reading.form(name.range)
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
            guard let counted = votes[form] else { return name }
            let sure = counted.filter { $0.value.sure > 0 }
            if let best = Self.best(sure, by: \.sure) {
                if !name.isSure || sure[name.kind] == nil {
                    name.kind = best
                    name.isSure = true
                }
            } else if let best = Self.best(counted, by: \.guessed) {
                name.kind = best
            }
            return name
        }
    }

    /// Whether a lone word has its capital only because sentences begin with it.
    private func opensOnly(_ name: FoundName) -> Bool {
        guard !name.isSure, name.range.count == 1, let atom = reading.atoms[name.range].first, !atom.isAcronym,
            !atom.has(.firstName)
        else { return false }
        let form = reading.form(name.range)
        return !insideForms.contains(form) && !surnames.contains(form)
    }

    /// Whether a lone guessed name is what "and" joins in a longer name of the document: "Minister of Trade and X".
    private func isTail(_ name: FoundName) -> Bool {
        let start = name.range.lowerBound
        guard name.isDefault, name.range.count == 1, start >= 2, reading.atoms[start - 1].has(.inner),
            reading.atoms[start - 2].isWord, reading.atoms[start - 2].isCapital,
            reading.atoms[start - 2].sentence == reading.atoms[start].sentence
        else { return false }
        let tail = " " + reading.form(start - 2..<name.range.upperBound)
        return insideForms.contains { $0.hasSuffix(tail) }
    }

    /// Whether nothing but the default tells what a lone name is.
    private func hasNoHint(_ form: String) -> Bool {
        votes[form]?.allSatisfy { $0.value.sure == 0 && $0.value.guessed < 1000 } ?? false
    }

    private func isToldOtherwise(_ form: String) -> Bool {
        votes[form]?.contains { $0.key != .person && $0.value.sure > 0 } ?? false
    }

    private static func best(
        _ votes: [Mention.Kind: (sure: Int, guessed: Int)],
        by count: KeyPath<(sure: Int, guessed: Int), Int>
    ) -> Mention.Kind? {
        votes.min { a, b in
            let x = a.value[keyPath: count]
            let y = b.value[keyPath: count]
            return x == y ? a.key.rawValue < b.key.rawValue : x > y
        }?.key
    }
}
