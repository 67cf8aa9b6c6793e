import StageKit
import Text

/// Reads the figures of statements: what they count, and whether they count anything.
///
/// A number that only tells things apart (a place in a list, a rank, *Category 5*), an ordinal, an age or the margin of a
/// poll is not compared with others.
struct FigureReader {
    private let reading: Reading

    init(_ reading: Reading) { self.reading = reading }

    /// What a number tells apart, and the number: *Category 5*, *the sixth and last edition*. None for a figure.
    func labels(_ mention: Int, at index: Int, in piece: Range<Int>) -> [NumberLabel] {
        guard case .quantity(let value)? = reading.mentions[mention].value, value.number.isFinite else { return [] }
        if reading.mentions[mention].kind == .ordinal {
            return stems(from: end(of: mention, from: index), by: 1, in: piece, most: 2).stems.map {
                NumberLabel(noun: StatementToken.hash($0), number: value.number)
            }
        }
        guard index > piece.lowerBound, reading.mentions[mention].kind == .number,
            Self.labels.contains(reading.words[index - 1].key)
        else { return [] }
        return [NumberLabel(noun: stem(reading.words[index - 1].span), number: value.number)]
    }

    /// What a number that is no quantity tells apart: *storm level 3*, *Route 2*. Nil where no word stands before it.
    func label(at index: Int, in piece: Range<Int>) -> NumberLabel? {
        guard index > piece.lowerBound, reading.words[index].kind == .number,
            let number = Double(UTF8Decoding.string(reading.text, reading.words[index].span)), number.isFinite
        else { return nil }
        var before = index - 1
        if reading.words[before].mark == UInt8(ascii: "."), before > piece.lowerBound { before -= 1 }
        let word = reading.words[before]
        guard !word.isPunctuation, word.kind == .word, Self.labels.contains(word.key) || !word.isAny(.stop) else {
            return nil
        }
        return NumberLabel(noun: stem(word.span), number: number)
    }

    /// The figure that the mention is, of which the word at `index` is the first; nil for one that counts nothing.
    func figure(_ mention: Int, at index: Int, in piece: Range<Int>, predicate: UInt32 = 0) -> Figure? {
        guard case .quantity(let value)? = reading.mentions[mention].value, value.iso.isEmpty else { return nil }
        let kind = reading.mentions[mention].kind
        guard kind != .ordinal, kind != .duration, !isLabel(index, mention, in: piece), !isAge(index, mention),
            !isMargin(index), !isOne(index, value)
        else { return nil }
        let span = reading.mentions[mention].span
        var text = ByteSpan(hedged(from: index, span, value, in: piece), span.end)
        if hasNoun(mention, value) { text.end -= value.noun.utf8.count }
        let words = value.noun.split(separator: " ")
        var noun = words.last.map { Vocabulary.stem(of: $0) } ?? 0
        let modifiers = words.dropLast().map { StatementToken.word(Vocabulary.stem(of: $0)) }
        let counted = [StatementToken.word(noun)] + modifiers
        // the noun is what is counted, and nothing that is said of it
        let behind = stems(from: end(of: mention, from: index), by: 1, in: piece, most: 3, without: counted)
        let before = stems(from: index - 1, by: -1, in: piece, most: 3).stems
        // the words next to it come first: they say what happens to what is counted
        let context =
            behind.stems.prefix(1) + before.prefix(1) + modifiers + behind.stems.dropFirst() + before.dropFirst()
        let label = value.noun.isEmpty ? behind.first : value.noun
        var event = event(value, at: index, in: piece, or: predicate)
        var bounds = (value.lower, value.upper)
        if value.unit.isEmpty, let toll = toll(noun, event, mention, at: index, in: piece) {
            noun = part(of: mention, from: index, in: piece) ?? 0
            event = [toll]
            // "the toll rose from 14 to 31"
            if index > piece.lowerBound, reading.words[index - 1].key == Self.from { bounds.0 = value.upper }
        }
        return Figure(
            number: bounds.0 == bounds.1 ? bounds.0 : value.number, lower: bounds.0, upper: bounds.1,
            isApproximate: value.approximate,
            unit: value.unit, noun: noun,
            modifiers: modifiers.map(StatementToken.hash), context: Array(context), event: event,
            text: short(text), label: label)
    }

    /// Of whom a count of dead is that says so: *six deaths were of children*. Nil where it does not.
    private func part(of mention: Int, from index: Int, in piece: Range<Int>) -> UInt32? {
        var at = end(of: mention, from: index)
        while piece.contains(at), at < index + Self.reachOfToll,
            reading.words[at].isAny([.auxiliary, .determiner])
                || Vocabulary.tolls.contains(stem(reading.words[at].span))
        { at += 1 }
        guard piece.contains(at), reading.words[at].key == Self.of else { return nil }
        let of = stems(from: at + 1, by: 1, in: piece, most: 1).stems.first
        return of.map(StatementToken.hash)
    }

    /// What was done to the people whom a figure counts that has no noun for them: *53 deaths*, *claimed 53 lives*, *the
    /// death toll rose to 53*, *the number of injured is 53*. Nil where it counts something else.
    private func toll(
        _ noun: UInt32, _ event: [UInt32], _ mention: Int, at index: Int, in piece: Range<Int>
    ) -> UInt32? {
        // so many a year are no count of what happened
        let next = end(of: mention, from: index)
        for at in next..<max(next, min(next + 2, piece.upperBound)) where Self.rates.contains(reading.words[at].key) {
            return nil
        }
        if Vocabulary.tolls.contains(noun) { return noun }
        if Vocabulary.life.contains(noun), event.contains(where: Self.taken.contains) { return Vocabulary.death }
        guard noun == 0 || noun == Vocabulary.people, index > piece.lowerBound,
            reading.words[index - 1].key != Self.by
        else { return nil }
        for at in (max(piece.lowerBound, index - Self.reachOfToll)..<index).reversed() {
            let word = reading.words[at]
            if word.isPunctuation, word.mark != UInt8(ascii: "-") { return nil }
            if let mention = word.mention, !word.isName, case .quantity? = reading.mentions[mention].value {
                return nil
            }
            let stem = stem(word.span)
            let own = at > piece.lowerBound ? self.stem(reading.words[at - 1].span) : 0
            if stem == Vocabulary.toll { return Vocabulary.tolls.contains(own) ? own : Vocabulary.death }
            if Vocabulary.tolls.contains(stem), at > piece.lowerBound + 1, reading.words[at - 1].key == Self.of,
                reading.words[at - 2].key == Self.number
            {
                return stem
            }
        }
        return nil
    }

    /// So many words before a figure *the toll* may stand.
    private static let reachOfToll = 9
    private static let rates = keys("annually yearly monthly weekly daily per each every")
    private static let from = Folding.key("from")
    private static let by = Folding.key("by")
    private static let of = Folding.key("of")
    private static let number = Folding.key("number")
    /// What happens to lives where people die.
    private static let taken = Set(["lose", "claim", "take", "cost"].map { Vocabulary.stem(of: $0) }).union([
        Vocabulary.death
    ])

    /// The stems of the predicate, without auxiliaries and what stands before them: of *the hospital has* nothing is left.
    ///
    /// Of a statement that has no such word the event is its own predicate: *three were killed* has none for *and 50 were
    /// hurt*.
    private func event(
        _ value: QuantityValue, at index: Int, in piece: Range<Int>, or predicate: UInt32
    ) -> [UInt32] {
        let words = value.event.split(separator: " ")
        if predicate != 0, let last = words.last.map({ Folding.key($0) }),
            !piece.contains(where: { reading.words[$0].key == last })
        {
            return [predicate]
        }
        var stems: [UInt32] = []
        for word in words {
            let key = Folding.key(word)
            let classes = Lexicon.shared[key]?.classes ?? []
            if classes.contains(.auxiliary) { stems = [] }
            if classes.isDisjoint(with: [.stop, .negation, .auxiliary]) {
                stems.append(expression(key, near: index, in: piece) ?? Vocabulary.stem(of: word))
            }
        }
        return stems
    }

    /// What the word says that has this key and stands near a figure, with a word behind it: *lost* in *had lost their
    /// lives*. Nil where it stands by itself.
    private func expression(_ key: UInt64, near index: Int, in piece: Range<Int>) -> UInt32? {
        let near = max(piece.lowerBound, index - Self.reachOfToll)..<min(piece.upperBound, index + Self.reachOfToll)
        guard let at = near.first(where: { reading.words[$0].key == key }) else { return nil }
        var stems = StemReader(reading)
        let (stem, end) = stems.stem(at: at, in: piece)
        return end == nil ? nil : stem
    }

    /// Where the words begin that say how exact a number is: *at least 50*.
    private func hedged(from index: Int, _ span: ByteSpan, _ value: QuantityValue, in piece: Range<Int>) -> Int {
        guard value.approximate || value.lower == nil || value.upper == nil else { return span.start }
        var first = index
        while first > piece.lowerBound, index - first < 3, Self.hedges.contains(reading.words[first - 1].key) {
            first -= 1
        }
        return first < index ? reading.words[first].span.start : span.start
    }

    private static let hedges = keys(
        """
        at least most more less fewer than over under above below about around nearly almost roughly approximately some up
        to no
        """)

    /// Whether the word is part of the number of a quantity, not of the noun behind it.
    func isNumber(_ index: Int, _ mention: Int) -> Bool {
        guard case .quantity(let value)? = reading.mentions[mention].value else { return false }
        let nounStart = reading.mentions[mention].span.end - value.noun.utf8.count
        return value.noun.isEmpty || reading.words[index].span.start < nounStart || !hasNoun(mention, value)
    }

    private func hasNoun(_ mention: Int, _ value: QuantityValue) -> Bool {
        let span = reading.mentions[mention].span
        return !value.noun.isEmpty && span.count >= value.noun.utf8.count
            && reading.text[span.range].suffix(value.noun.utf8.count).elementsEqual(value.noun.utf8)
    }

    /// The first word behind the mention.
    private func end(of mention: Int, from index: Int) -> Int {
        var end = index
        while end < reading.words.count, reading.words[end].mention == mention { end += 1 }
        return end
    }

    /// The stems from `start` on in one direction, up to the end of the clause or the next figure.
    private func stems(
        from start: Int, by step: Int, in piece: Range<Int>, most: Int, without counted: [UInt32] = []
    ) -> (stems: [UInt32], first: String) {
        var stems: [UInt32] = []
        var first = ""
        var index = start
        while piece.contains(index), stems.count < most {
            let word = reading.words[index]
            if word.isPunctuation {
                if word.mark != UInt8(ascii: "-"), !word.isQuoteMark { break }
            } else if let mention = word.mention, !word.isName {
                if case .quantity? = reading.mentions[mention].value { break }
            } else if !word.isAny([.stop, .negation]), !word.isName, word.kind != .number {
                if first.isEmpty { first = UTF8Decoding.string(reading.text, word.span) }
                let token = StatementToken.word(stem(word.span))
                if !counted.contains(token) { stems.append(token) }
            }
            index += step
        }
        return (stems, first)
    }

    private func stem(_ span: ByteSpan) -> UInt32 {
        var folded: [UInt8] = []
        Folding.append(reading.text, span, to: &folded)
        return Vocabulary.stem(&folded)
    }

    /// Whether the number tells things apart: at the beginning before a full stop or bracket (a list), in brackets by
    /// itself, or behind a word that numbers go with (*Category 5, No. 3*).
    private func isLabel(_ index: Int, _ mention: Int, in piece: Range<Int>) -> Bool {
        let next = end(of: mention, from: index)
        // "6." at the beginning of a line is one token
        let rest = reading.text[
            min(reading.mentions[mention].span.end, reading.words[index].span.end)..<reading.words[index].span.end]
        let nextMark = rest.first ?? (next < reading.words.count ? reading.words[next].mark : 0)
        let closes = nextMark == UInt8(ascii: ".") || nextMark == UInt8(ascii: ")") || nextMark == UInt8(ascii: ":")
        guard index > 0 else { return closes && next - index == 1 }
        let before = reading.words[index - 1]
        if closes, next - index == 1, before.isPunctuation || index == piece.lowerBound { return true }
        if before.mark == UInt8(ascii: "#") { return true }
        let label = before.mark == UInt8(ascii: ".") && index > 1 ? reading.words[index - 2] : before
        return reading.mentions[mention].kind == .number && Self.labels.contains(label.key)
    }

    private static let labels = keys(
        """
        no nos number numbers route highway flight category round phase stage section chapter article page pages paragraph
        day week season episode volume edition issue part version grade class level type model unit room gate platform
        track lap set game match heat group district ward precinct verse line item clause amendment proposition
        resolution protocol act scene figure table step floor lot bus line lane pier berth hall formula area zone top
        ranked rank seed
        """)

    private static let old = keys("old age aged")
    private static let marginWords = keys("margin margins plus")

    private static func keys(_ words: String) -> Set<UInt64> {
        Set(words.split { $0 == " " || $0 == "\n" }.map { Folding.key($0) })
    }

    /// *aged 61*, *61 years old*, *the 61-year-old*, *Reed, 61,*.
    private func isAge(_ index: Int, _ mention: Int) -> Bool {
        let next = end(of: mention, from: index)
        let span = reading.mentions[mention].span
        if index > 0 {
            let before = reading.words[index - 1]
            if Self.old.contains(before.key) { return true }
            if before.mark == UInt8(ascii: ","), index > 1, reading.words[index - 2].isName, next - index == 1,
                next < reading.words.count,
                reading.words[next].mark == UInt8(ascii: ",")
                    || reading.words[next].mark == UInt8(ascii: ".")
            {
                return true
            }
        }
        for k in next..<min(next + 3, reading.words.count) where Self.old.contains(reading.words[k].key) { return true }
        let text = reading.text[span.range]
        return text.count > 4 && text.suffix(4).elementsEqual("-old".utf8)
    }

    /// *plus or minus 3.5 points*, *a margin of 4 points*.
    private func isMargin(_ index: Int) -> Bool {
        let first = reading.words[index]
        if Self.marginWords.contains(first.key) || first.span.count > 0 && reading.text[first.span.start] == 0xC2 {
            return true
        }
        return (max(0, index - 5)..<index).contains { Self.marginWords.contains(reading.words[$0].key) }
    }

    /// "one" as a word tells no count apart from a pronoun.
    private func isOne(_ index: Int, _ value: QuantityValue) -> Bool {
        value.lower == 1 && value.upper == 1 && value.unit.isEmpty && reading.words[index].kind != .number
    }

    /// The words of a span, blanks made one, cut between code points when it is long.
    private func short(_ span: ByteSpan) -> String {
        let bytes = reading.text.evenlySpaced(span)
        var end = min(40, bytes.count)
        while !UTF8Decoding.isBoundary(end, in: bytes) { end -= 1 }
        return UTF8Decoding.string(bytes, ByteSpan(0, end))
    }
}
