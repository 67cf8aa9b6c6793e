import StageKit

/// Finds what is said of each figure ("were injured") and whose it is or where it was counted ("Texas").
///
/// The verb is that of the figure's own clause: the one before it where the figure is what the verb is about ("killed 50
/// people"), else the one behind it ("50 people were killed"). Where no verb can be told, nothing is said.
struct FigureContext {
    let reading: Reading
    private let words = FigureWords.standard
    let names: [FoundName]
    /// For each atom, the name that it is part of.
    let nameAt: [Int?]

    /// The quantities among `measures` with their context, in the same order.
    static func told(_ measures: [FoundMeasure], in reading: Reading, names: [FoundName]) -> [FoundMeasure] {
        let figures = measures.indices.filter { measures[$0].isFigure }
        guard !figures.isEmpty, reading.lexicon.style.noun == .plural else { return measures }
        let context = FigureContext(reading: reading, names: names)
        var measures = measures
        var sentence = 0
        for k in figures {
            while sentence < reading.sentences.count,
                reading.sentences[sentence].upperBound <= measures[k].range.lowerBound
            { sentence += 1 }
            guard sentence < reading.sentences.count, case .quantity(var value)? = measures[k].value else { continue }
            let before = k > 0 ? measures[k - 1] : nil
            // "30 inches (76 cm)": the same in another unit
            if case .quantity(let first)? = before?.value, !first.unit.isEmpty, !value.unit.isEmpty,
                context.isBracketed(measures[k].range, behind: measures[k - 1].range)
            {
                value.event = first.event
                value.holder = first.holder
                measures[k].value = .quantity(value)
                continue
            }
            // "by 49 percent to 43 percent": what is said of the first is said of the second, whose it is is not
            if case .quantity(let first)? = before?.value, first.unit == value.unit, !first.event.isEmpty,
                measures[k].kind == before?.kind, context.isPaired(measures[k].range, behind: measures[k - 1].range)
            {
                value.event = first.event
                measures[k].value = .quantity(value)
                continue
            }
            // a row of a thousand figures is one sentence too: only what stands near is looked at
            let near = reading.sentences[sentence].clamped(
                to: measures[k].range.lowerBound - Self.reach..<measures[k].range.upperBound + Self.reach)
            context.tell(&value, measures[k], behind: before, in: near)
            measures[k].value = .quantity(value)
        }
        return measures
    }

    /// Whether nothing but an opening bracket stands between two figures.
    private func isBracketed(_ range: Range<Int>, behind other: Range<Int>) -> Bool {
        range.lowerBound == other.upperBound + 1 && reading.atoms[other.upperBound].isMark("(")
    }

    /// Whether nothing but "to" or "versus" stands between two figures.
    private func isPaired(_ range: Range<Int>, behind other: Range<Int>) -> Bool {
        range.lowerBound == other.upperBound + 1 && Self.versus.contains(reading.atoms[other.upperBound].hash)
    }

    private static let versus = Set(["to", "versus", "vs", "against"].map(SmallWord.hash))

    /// How many atoms on either side of a figure are looked at.
    private static let reach = 80

    private init(reading: Reading, names: [FoundName]) {
        self.reading = reading
        self.names = names
        nameAt = reading.nameAt(names)
    }

    private func tell(
        _ value: inout QuantityValue, _ measure: FoundMeasure, behind other: FoundMeasure?, in sentence: Range<Int>
    ) {
        let start = measure.range.lowerBound
        var end = measure.range.upperBound
        if measure.kind == .number, let noun = CountedNoun(reading: reading).range(at: end, limit: sentence.upperBound)
        {
            end = noun.upperBound
        } else if let whom = whom(at: end, sentence) {
            // "50 of whom were injured" counts what was counted before
            end = whom
            if case .quantity(let before)? = other?.value, value.noun.isEmpty { value.noun = before.noun }
        }
        // "a ten-storey building", "the 15-year-old elephant": the number only describes
        let isJoined = measure.range.contains { isHyphen($0) }
        let describes =
            measure.kind == .quantity && isJoined
            || measure.kind == .number && measure.range.upperBound + 1 < sentence.upperBound
                && reading.atoms[measure.range.upperBound].isMark("-")
                && !reading.atoms[measure.range.upperBound].isSpaced
                && reading.atoms[measure.range.upperBound + 1].isWord
                && !reading.atoms[measure.range.upperBound + 1].isSpaced
        let event = describes ? nil : self.event(start, end, sentence)
        if value.event.isEmpty, let event { value.event = reading.text(event.range) }
        if let holder = holder(measure.kind, start, end, event, sentence) { value.holder = reading.text(holder) }
    }

    func categories(_ k: Int) -> FigureWords.Category { words.categories(reading.atoms[k].hash) }

    private func whom(at k: Int, _ sentence: Range<Int>) -> Int? {
        guard k + 1 < sentence.upperBound, reading.atoms[k].hash == SmallWord.of,
            reading.lexicon.glue(reading.atoms[k + 1].hash).contains(.whom)
        else { return nil }
        return k + 2
    }

    // MARK: What is said

    /// A verb with what belongs to it, and whether the figure is what it is about, and not its subject.
    struct Event {
        var range: Range<Int>
        var isBehind: Bool
    }

    private func event(_ start: Int, _ end: Int, _ sentence: Range<Int>) -> Event? {
        if end < sentence.upperBound, reading.atoms[end].isWord, categories(end).contains(.state) {
            return Event(range: end..<end + 1, isBehind: false)
        }
        if let verb = verbBefore(start, sentence, crosses: false) {
            // "claimed 790 soldiers had been killed": what is claimed of them is said behind
            let tells =
                reading.atoms[verb].has(.speech) || categories(verb).contains(.telling) || isSaying(verb)
            if tells, let behind = verbBehind(end, sentence) {
                return Event(range: group(behind, sentence), isBehind: false)
            }
            // "is the largest firm, with 42 stations": what it is says nothing of the figure
            if categories(verb).contains(.auxiliary), isAccompanying(start) { return nil }
            return object(verb, start)
        }
        if let verb = verbBehind(end, sentence) {
            return Event(range: group(verb, sentence), isBehind: false)
        }
        if let noun = nounOf(start, sentence) { return Event(range: noun, isBehind: true) }
        if let verb = verbBefore(start, sentence, crosses: true) { return object(verb, start) }
        return nil
    }

    /// Whether it is a verb of saying in -ing: "claiming 85,000 were unemployed".
    private func isSaying(_ k: Int) -> Bool { categories(k).contains(.saying) }

    /// Whether "with" stands before the figure, with a hedge at most in between.
    private func isAccompanying(_ start: Int) -> Bool {
        var k = start - 1
        while k > 0, start - k <= 3, reading.atoms[k].isWord, reading.atoms[k].has(.beginsHedge) { k -= 1 }
        return k > 0 && (reading.atoms[k].hash == Self.with || k > 1 && reading.atoms[k - 1].hash == Self.with)
    }

    private static let with = SmallWord.hash("with")
    private static let excess = SmallWord.hash("excess")

    private func object(_ verb: Int, _ start: Int) -> Event {
        let sentence = verb..<reading.atoms.count
        var range = group(verb, sentence)
        // "rose to 50", "fell by 3 %"
        var k = range.upperBound
        while k < start, reading.atoms[k].isWord, !reading.atoms[k].isCapital { k += 1 }
        if k == start, start - range.upperBound <= 3 {
            let joint = range.upperBound
            // "rose to 50", but "killed" of "killed at least 50"
            let isHedged = joint < start && reading.atoms[joint].has(.beginsHedge) && joint + 1 < start
            if joint < start, !isHedged, Self.joints.contains(reading.atoms[joint].hash) {
                range = range.lowerBound..<joint + 1
            }
        }
        // "the toll is 50": the subject says more than the verb
        if categories(verb).contains(.auxiliary), range.count == 1 {
            var first = verb
            while first > 0, verb - first < 6, reading.atoms[first - 1].sentence == reading.atoms[verb].sentence,
                reading.atoms[first - 1].isWord || isHyphen(first - 1), !categories(first - 1).contains(.boundary),
                reading.atoms[first - 1].hash != SmallWord.and
            { first -= 1 }
            // "Dorian's winds were": whose they are is no part of what is said
            if reading.atoms[first].hash == SmallWord.s, first > 0, !reading.atoms[first].isSpaced { first += 1 }
            range = first..<range.upperBound
        }
        return Event(range: range, isBehind: true)
    }

    /// Whether a hyphen joins the words beside it.
    private func isHyphen(_ k: Int) -> Bool {
        k > 0 && reading.atoms[k].isMark("-") && !reading.atoms[k].isSpaced && !reading.atoms[k + 1].isSpaced
            && reading.atoms[k - 1].kind != .mark
    }

    private static let joints = Set(["to", "by", "from", "at", "for", "on", "of", "up", "with"].map(SmallWord.hash))

    /// The last verb of the clause before a figure; with `crosses`, of the sentence.
    private func verbBefore(_ start: Int, _ sentence: Range<Int>, crosses: Bool) -> Int? {
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
            && (atom.hash == SmallWord.the || atom.has(.beginsHedge) && !atom.has(.locative)
                || Self.possessives.contains(atom.hash)
                || reading.lexicon.glue(atom.hash).contains(.article))
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

    private static let having = Set(["have", "has", "had"].map(SmallWord.hash))

    /// Whether a word in -ing stands before a figure with nothing but a preposition and a hedge in between: "involving
    /// over 500", "moving at 5 mph".
    private func isParticiple(_ k: Int, before start: Int) -> Bool {
        guard k > 0, start - k <= 4, !reading.atoms[k].isCapital,
            reading.ends(reading.atoms[k], in: "ing", longerThan: 5),
            !categories(k).contains(.noun)
        else { return false }
        return (k + 1..<start).allSatisfy {
            Self.joints.contains(reading.atoms[$0].hash) || reading.atoms[$0].has(.beginsHedge)
                || reading.atoms[$0].hash == SmallWord.the
                || reading.lexicon.glue(reading.atoms[$0].hash).contains(.article)
                || NameWords.standard.isPreposition(reading.atoms[$0].hash) || isAdverb($0)
        }
    }

    /// Whether a word belongs to what is said of a figure right behind it: "more than 50", "as many as 50".
    private func isHedge(_ k: Int, before start: Int) -> Bool {
        start - k <= 3 && reading.atoms[k].has(.beginsHedge)
            || start - k == 1 && Self.hedging.contains(reading.atoms[k].hash)
    }

    /// The first verb of the clause behind a figure.
    private func verbBehind(_ end: Int, _ sentence: Range<Int>) -> Int? {
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
        guard k + 2 < sentence.upperBound, reading.atoms[k + 1].isWord,
            reading.lexicon.glue(reading.atoms[k + 1].hash).contains(.article)
                || reading.atoms[k + 1].hash == SmallWord.the
        else { return nil }
        for at in k + 2..<min(sentence.upperBound, k + 7) {
            guard reading.atoms[at].isWord else { return nil }
            if categories(at).contains(.auxiliary) { return at > k + 2 ? at : nil }
            if isVerb(at) || categories(at).contains(.boundary) { return nil }
        }
        return nil
    }

    private static let hedging = Set(["than", "as", "so", "and"].map(SmallWord.hash))
    private static let whos = Set(["who", "that", "which"].map(SmallWord.hash))

    /// "a fine of $5 million", "a toll of 50": the noun before "of".
    private func nounOf(_ start: Int, _ sentence: Range<Int>) -> Range<Int>? {
        var k = start - 1
        while k > sentence.lowerBound, start - k <= 4, reading.atoms[k].isWord, reading.atoms[k].has(.beginsHedge) {
            k -= 1
        }
        guard k > sentence.lowerBound, reading.atoms[k].hash == SmallWord.of, reading.atoms[k - 1].isWord,
            !reading.atoms[k - 1].has(.stop), reading.atoms[k - 1].hash != Self.excess
        else { return nil }
        return k - 1..<k
    }

    func isVerb(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        guard atom.isWord, !atom.isCapital, nameAt[k] == nil else { return false }
        let categories = self.categories(k)
        if !categories.isDisjoint(with: [.verb, .auxiliary]) { return true }
        guard !categories.contains(.noun), ends(k, in: "ed") else { return false }
        // "the affected towns", "a wounded man" describe
        if k > 0, reading.atoms[k - 1].isWord,
            reading.lexicon.glue(reading.atoms[k - 1].hash).contains(.article)
                || reading.atoms[k - 1].hash == SmallWord.the
        {
            return false
        }
        return true
    }

    private func ends(_ k: Int, in ending: StaticString) -> Bool {
        reading.ends(reading.atoms[k], in: ending, longerThan: 4)
    }

    /// A verb with its auxiliaries, what negates it, and the word that it takes along.
    private func group(_ verb: Int, _ sentence: Range<Int>) -> Range<Int> {
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

    private func isAdverb(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        return Self.adverbs.contains(atom.hash) || atom.isWord && ends(k, in: "ly")
    }

    private static let adverbs = Set(
        ["not", "also", "never", "still", "already", "now", "only", "just", "then"].map(SmallWord.hash))
}

extension FoundMeasure {
    /// Whether it is a number of something, and no ordinal.
    fileprivate var isFigure: Bool {
        guard case .quantity? = value else { return false }
        return kind != .ordinal
    }
}
