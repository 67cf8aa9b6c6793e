import StageKit
import Text

/// The verbs beside a figure.
extension FigureContext {
    /// The last verb of the clause before a figure; with `crosses`, of the sentence.
    func verbBefore(_ start: Int, _ sentence: Range<Int>, crosses: Bool) -> Int? {
        var k = start - 1
        while k >= sentence.lowerBound {
            let atom = reading.atoms[k]
            if let name = nameAt[k] {
                k = min(k, names[name].range.lowerBound) - 1
                continue
            }
            if atom.kind == .mark {
                if !crosses, !atom.isMark("-"), !atom.isMark("'"), !atom.isMark("."),
                    atom.isSpaced || !atom.isMark("$"),
                    atom.lead < 0x80, !atom.has(.currency)
                {
                    return nil
                }
            } else if atom.isWord {
                if isInfinitive(k, before: start) { return k }
                if isVerb(k) || isParticiple(k, before: start) {
                    // "had maximum sustained winds of 120 mph": the winds are not what sustained
                    return describes(k) ? k - 2 : k
                }
                if !crosses, categories(k).contains(.boundary) || atom.hash == SmallWord.and,
                    !isHedge(k, before: start)
                {
                    return nil
                }
            }
            k -= 1
        }
        return nil
    }

    /// Whether a word behind "to" is a verb with the figure in its object: "to nominate one justice", "to widen the range
    /// to 600 acres". A noun behind "to" has neither a figure nor an article right behind it.
    private func isInfinitive(_ k: Int, before start: Int) -> Bool {
        guard k > 1, reading.atoms[k - 1].hash == Self.to, reading.atoms[k - 1].sentence == reading.atoms[k].sentence,
            reading.atoms[k - 2].isWord, !reading.atoms[k].isCapital, nameAt[k] == nil, !reading.atoms[k].has(.stop),
            reading.bytes[Int(reading.atoms[k].end) - 1] | 0x20 != UInt8(ascii: "s")
        else { return false }
        let next = k + 1
        guard next < start else { return next == start }
        let atom = reading.atoms[next]
        return atom.isWord
            && (isArticle(next) || atom.has(.beginsHedge) && !atom.has(.locative)
                || Self.possessives.contains(atom.hash))
    }

    /// Whether it is "the" or "a".
    func isArticle(_ k: Int) -> Bool {
        let hash = reading.atoms[k].hash
        return hash == SmallWord.the || reading.lexicon.glue(hash).contains(.article)
    }

    private static let to = SmallWord.hash("to")
    private static let possessives = Set(["its", "his", "her", "their", "our", "my"].map(SmallWord.hash))

    /// Whether a word in -ed only describes what somebody has: "had maximum sustained winds".
    private func describes(_ k: Int) -> Bool {
        guard k > 1, categories(k).isDisjoint(with: [.verb, .auxiliary, .participle]), reading.atoms[k - 1].isWord,
            !reading.atoms[k - 1].has(.stop), !isAdverb(k - 1), nameAt[k - 1] == nil
        else { return false }
        return Self.having.contains(reading.atoms[k - 2].hash)
    }

    static let having = Set(["have", "has", "had"].map(SmallWord.hash))

    /// Whether a word in -ing stands before a figure with nothing but a preposition and a hedge in between: "involving
    /// over 500", "moving at 5 mph".
    private func isParticiple(_ k: Int, before start: Int) -> Bool {
        guard k > 0, start - k <= 4, !reading.atoms[k].isCapital,
            reading.ends(reading.atoms[k], in: "ing", longerThan: 5),
            !categories(k).contains(.noun)
        else { return false }
        return (k + 1..<start).allSatisfy {
            Self.joints.contains(reading.atoms[$0].hash) || reading.atoms[$0].has(.beginsHedge)
                || isArticle($0) || NameWords.standard.isPreposition(reading.atoms[$0].hash) || isAdverb($0)
        }
    }

    /// Whether a word belongs to what is said of a figure right behind it: "more than 50", "as many as 50".
    private func isHedge(_ k: Int, before start: Int) -> Bool {
        start - k <= 3 && reading.atoms[k].has(.beginsHedge)
            || start - k == 1 && Self.hedging.contains(reading.atoms[k].hash)
    }

    /// The first verb of the clause behind a figure.
    func verbBehind(_ end: Int, _ sentence: Range<Int>) -> Int? {
        var k = end
        var steps = 0
        while k < sentence.upperBound, steps < 14 {
            let atom = reading.atoms[k]
            if let name = nameAt[k] {
                k = max(k + 1, names[name].range.upperBound)
                steps += 1
                continue
            }
            if atom.kind == .mark {
                if atom.isMark(",") {
                    // an aside between commas: "50 people, most of them children, were killed"
                    guard
                        let close = (k + 1..<min(sentence.upperBound, k + 12)).first(where: {
                            reading.atoms[$0].isMark(",")
                        }),
                        close + 1 < sentence.upperBound, isVerb(close + 1)
                    else { return nil }
                    return close + 1
                }
                if !atom.isMark("-"), !atom.isMark("'"), atom.lead < 0x80 { return nil }
            } else if atom.isWord {
                if isVerb(k), !isModifier(k, sentence) { return k }
                // "two women and a man were injured"
                if atom.hash == SmallWord.and, let verb = verbOfBoth(k, sentence) { return verb }
                if atom.hash == SmallWord.and || categories(k).contains(.boundary), !Self.whos.contains(atom.hash) {
                    return nil
                }
            }
            k += 1
            steps += 1
        }
        return nil
    }

    /// Whether a word in -ed only describes the noun behind it, which has a verb: "53 measles related deaths have".
    private func isModifier(_ k: Int, _ sentence: Range<Int>) -> Bool {
        guard categories(k).isDisjoint(with: [.verb, .auxiliary]) else { return false }
        for at in k + 1..<max(k + 1, min(sentence.upperBound, k + 4)) {
            let atom = reading.atoms[at]
            guard atom.isWord else { return false }
            if at > k + 1, categories(at).contains(.auxiliary) { return true }
            if atom.has(.stop) || NameWords.standard.isPreposition(atom.hash) { return false }
        }
        return false
    }

    /// The verb of two subjects that "and" at `k` joins, the second with an article.
    private func verbOfBoth(_ k: Int, _ sentence: Range<Int>) -> Int? {
        guard k + 2 < sentence.upperBound, reading.atoms[k + 1].isWord, isArticle(k + 1) else { return nil }
        for at in k + 2..<min(sentence.upperBound, k + 7) {
            guard reading.atoms[at].isWord else { return nil }
            if categories(at).contains(.auxiliary) { return at > k + 2 ? at : nil }
            if isVerb(at) || categories(at).contains(.boundary) { return nil }
        }
        return nil
    }

    private static let hedging = Set(["than", "as", "so", "and"].map(SmallWord.hash))
    private static let whos = Set(["who", "that", "which"].map(SmallWord.hash))

    func isVerb(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        guard atom.isWord, !atom.isCapital, nameAt[k] == nil else { return false }
        let categories = self.categories(k)
        if !categories.isDisjoint(with: [.verb, .auxiliary]) { return true }
        guard !categories.contains(.noun), ends(k, in: "ed") else { return false }
        // "the affected towns", "a wounded man" describe
        return k == 0 || !reading.atoms[k - 1].isWord || !isArticle(k - 1)
    }

    private func ends(_ k: Int, in ending: StaticString) -> Bool {
        reading.ends(reading.atoms[k], in: ending, longerThan: 4)
    }

    /// A verb with its auxiliaries, what negates it, and the word that it takes along.
    func group(_ verb: Int, _ sentence: Range<Int>) -> Range<Int> {
        var first = verb
        // "failed to get", "were forecast to reach"
        if first > 0, reading.atoms[first - 1].hash == Self.to {
            first -= 1
            if first > 0, isVerb(first - 1) || categories(first - 1).contains(.participle) { first -= 1 }
        }
        while first > 0, reading.atoms[first - 1].sentence == reading.atoms[verb].sentence,
            reading.atoms[first - 1].isWord,
            categories(first - 1).contains(.auxiliary)
                || isAdverb(first - 1) && first - 1 > 0
                    && categories(first - 2).contains(.auxiliary)
        { first -= 1 }
        var last = verb
        var next = verb + 1
        var isOpen = categories(verb).contains(.auxiliary)
        while next < sentence.upperBound, next - verb < 5, reading.atoms[next].isWord {
            if isAdverb(next), isOpen {
                next += 1
                continue
            }
            let categories = self.categories(next)
            if isOpen,
                categories.contains(.auxiliary) || categories.contains(.participle) || ends(next, in: "ed")
                    || ends(next, in: "ing") || isBare(next, behind: last)
            {
                last = next
                isOpen = categories.contains(.auxiliary)
                next += 1
                continue
            }
            if !isOpen, categories.contains(.complement) { last = next }
            break
        }
        return first..<last + 1
    }

    /// A verb's first form behind "will" or "could".
    private func isBare(_ k: Int, behind auxiliary: Int) -> Bool {
        Self.modals.contains(reading.atoms[auxiliary].hash) && !reading.atoms[k].has(.stop)
    }

    private static let modals = Set(
        ["will", "would", "can", "could", "may", "might", "must", "should", "do", "does", "did"].map(SmallWord.hash))

    func isAdverb(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        return Self.adverbs.contains(atom.hash) || atom.isWord && ends(k, in: "ly")
    }

    private static let adverbs = Set(
        ["not", "also", "never", "still", "already", "now", "only", "just", "then"].map(SmallWord.hash))
}
