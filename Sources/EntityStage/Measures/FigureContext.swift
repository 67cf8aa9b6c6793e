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
            if context.isAge(measures[k], value) {
                measures[k].kind = .quantity
                value.unit = "year"
            }
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
        // "a ten-storey building", "the 15-year-old elephant", "Ada Weir, 39, met": the number only describes
        let isJoined = measure.range.contains { isHyphen($0) }
        let isAge =
            value.unit == "year" && measure.kind == .quantity && start > 0 && reading.atoms[start - 1].isMark(",")
            && measure.range.upperBound < reading.atoms.count && reading.atoms[measure.range.upperBound].isMark(",")
        let describes =
            isAge || measure.kind == .quantity && isJoined
            || measure.kind == .number && measure.range.upperBound + 1 < sentence.upperBound
                && reading.atoms[measure.range.upperBound].isMark("-")
                && !reading.atoms[measure.range.upperBound].isSpaced
                && reading.atoms[measure.range.upperBound + 1].isWord
                && !reading.atoms[measure.range.upperBound + 1].isSpaced
        let event = describes ? nil : self.event(start, end, sentence, counts: end > measure.range.upperBound)
        if value.event.isEmpty, let event { value.event = reading.text(event.range) }
        if let margin = margin(start, sentence) { value.event = margin }
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

    /// `counts`: whether the figure has a noun.
    private func event(_ start: Int, _ end: Int, _ sentence: Range<Int>, counts: Bool) -> Event? {
        if end < sentence.upperBound, reading.atoms[end].isWord, categories(end).contains(.state) {
            return Event(range: end..<end + 1, isBehind: false)
        }
        // "3 were unemployed and millions had died"
        if start > sentence.lowerBound, reading.atoms[start - 1].hash == SmallWord.and,
            let verb = verbBehind(end, sentence), verb - end <= 1, categories(verb).contains(.auxiliary)
        {
            return Event(range: group(verb, sentence), isBehind: false)
        }
        if let verb = verbBefore(start, sentence, crosses: false) {
            // "claimed 790 soldiers had been killed": what is claimed of them is said behind
            let tells = reading.atoms[verb].has(.speech) || categories(verb).contains(.telling)
            if tells, let behind = verbBehind(end, sentence) {
                return Event(range: group(behind, sentence), isBehind: false)
            }
            // "has a population of 5,000": what is had says more than that it is had
            if !counts, Self.having.contains(reading.atoms[verb].hash), let noun = nounOf(start, sentence) {
                return Event(range: phrase(verb, noun), isBehind: true)
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
    func isHyphen(_ k: Int) -> Bool {
        k > 0 && reading.atoms[k].isMark("-") && !reading.atoms[k].isSpaced && !reading.atoms[k + 1].isSpaced
            && reading.atoms[k - 1].kind != .mark
    }

    static let joints = Set(["to", "by", "from", "at", "for", "on", "of", "up", "with"].map(SmallWord.hash))

    /// The words behind a verb up to the last of `noun`, without the article.
    private func phrase(_ verb: Int, _ noun: Range<Int>) -> Range<Int> {
        var first = noun.lowerBound
        while first - 1 > verb, reading.atoms[first - 1].isWord, !isArticle(first - 1) { first -= 1 }
        return first..<noun.upperBound
    }

    /// "a margin of error of 4 points", "a sampling error of 3 percent": how far off a figure may be.
    private func margin(_ start: Int, _ sentence: Range<Int>) -> String? {
        guard let noun = nounOf(start, sentence), reading.atoms[noun.lowerBound].hash == Self.error else { return nil }
        return QuantityFinder.marginOfError
    }

    private static let error = SmallWord.hash("error")

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

}

extension FoundMeasure {
    /// Whether it is a number of something, and no ordinal.
    fileprivate var isFigure: Bool {
        guard case .quantity? = value else { return false }
        return kind != .ordinal
    }
}
