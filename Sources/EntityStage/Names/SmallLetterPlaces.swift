import StageKit

/// Finds places that are written in small letters, in sentences whose writer does not heed capitals: "i am from vestrey".
///
/// Everywhere else a name has a capital. Persons and firms in small letters are not looked for: their words are too often
/// words of another kind.
struct SmallLetterPlaces {
    private let reading: Reading
    private let model: NameModel

    /// The places in small letters; `isFree` tells atoms that are part of nothing else.
    static func found(in reading: Reading, by model: NameModel, isFree: (Int) -> Bool) -> [FoundName] {
        let places = SmallLetterPlaces(reading: reading, model: model)
        var found: [FoundName] = []
        for (sentence, range) in reading.sentences.enumerated()
        where !reading.isShouted[sentence] && reading.isCareless(range) {
            var k = range.lowerBound
            while k < range.upperBound {
                guard let end = places.end(of: k, in: range), (k..<end).allSatisfy(isFree) else {
                    k += 1
                    continue
                }
                found.append(FoundName(range: k..<end, kind: .place, isSure: false))
                k = end
            }
        }
        return found
    }

    /// Behind the place that begins at `k`; nil where none does.
    private func end(of k: Int, in sentence: Range<Int>) -> Int? {
        let atom = reading.atoms[k]
        guard isPlain(atom), atom.end - atom.start >= 4 || atom.has(.beginsPhrase) else { return nil }
        let isLocated = k > sentence.lowerBound && Self.prepositions.contains(reading.atoms[k - 1].hash)
        if let end = listed(k, in: sentence) {
            if end - k > 1 { return end }
            // "china plates" are no country, and "to split" is no town
            let names = model.gazetteer[atom.hash] & (NameGazetteer.firstName | NameGazetteer.surname)
            let isVerb = !FigureWords.standard.categories(atom.hash).isDisjoint(with: [.verb, .participle])
            if !atom.has(Self.others), isLocated && !isVerb || names == 0 && atom.end - atom.start >= 7 { return end }
        }
        // a town that no list of ours has and that is no word either
        let flags = model.gazetteer[atom.hash]
        guard isLocated, atom.end - atom.start >= 5, flags & NameGazetteer.place != 0,
            flags & NameGazetteer.firstName == 0, model.clusters[atom.hash].fine == 0, !atom.has(Self.others)
        else { return nil }
        return k + 1
    }

    /// Behind the longest place of the lists that begins at `k`, all of it in small letters.
    private func listed(_ k: Int, in sentence: Range<Int>) -> Int? {
        guard reading.atoms[k].has(.beginsPhrase) else { return nil }
        var chain: UInt64 = 0
        var best: Int?
        for end in k..<min(sentence.upperBound, k + Lexicon.longestPhrase) where isPlain(reading.atoms[end]) {
            guard end == k || reading.atoms[end - 1].isWord else { break }
            chain = Lexicon.chain(chain, reading.atoms[end].hash)
            if let known = reading.lexicon.known(chain), known.kind == .place, !known.needsCapitals,
                !known.needsInnerCapital
            {
                best = end + 1
            }
        }
        return best
    }

    /// A word in small letters that stands by itself.
    private func isPlain(_ atom: Atom) -> Bool {
        atom.isWord && !atom.isCapital && atom.isSpaced && !atom.shape.contains(.address)
    }

    /// What a word may be besides.
    private static let others: WordClass = [
        .common, .stop, .title, .people, .month, .weekday, .season, .inner, .placeHead, .organizationHead, .eventHead,
        .unitOfMeasure, .timeUnit, .currency,
    ]
    private static let prepositions = Set(
        ["in", "from", "to", "near", "at", "around", "outside", "across", "through", "visit", "visiting", "leaving"]
            .map(SmallWord.hash))
}
