import StageKit
import Text

/// A passage that says when, how long or how much.
struct FoundMeasure {
    var range: Range<Int>
    var kind: Mention.Kind
    var value: MentionValue?
}

/// Finds dates and quantities.
struct Measures {
    let reading: Reading
    let published: String?

    func found() -> [FoundMeasure] {
        let quantities = QuantityFinder(reading: reading)
        var dates = DateFinder(
            reading: reading, anchor: published.flatMap(CalendarDay.init(iso:)) ?? Dateline.day(in: reading))
        var found: [FoundMeasure] = []
        for sentence in stretches() {
            var k = sentence.lowerBound
            // the day that the sentence told last
            var day: CalendarDay?
            while k < sentence.upperBound {
                let atom = reading.atoms[k]
                guard !atom.shape.contains(.address) else {
                    k += 1
                    continue
                }
                // names that hold a number or a day: First World War
                if atom.isCapital, atom.has(.beginsPhrase),
                    let known = reading.known(at: k, limit: sentence.upperBound), known.end > k + 1
                {
                    k = known.end
                    continue
                }
                if opensDate(atom), var date = dates.date(at: k, limit: sentence.upperBound) {
                    if date.kind == .time { date.value = Self.onDay(date.value, day) }
                    found.append(Self.measured(date, [], quantities))
                    if case .date(let value)? = date.value, value.lower == value.upper {
                        day = CalendarDay(iso: value.lower) ?? day
                        dates.recent = day ?? dates.recent
                    }
                    k = max(k + 1, date.range.upperBound)
                } else if atom.has(.beginsHedge),
                    case let (end, hedges) = quantities.hedges(at: k, sentence.upperBound),
                    end > k, end < sentence.upperBound, let date = dates.date(at: end, limit: sentence.upperBound)
                {
                    found.append(Self.measured(date, isDuring(k, end) ? [] : hedges, quantities))
                    k = max(k + 1, date.range.upperBound)
                } else if opensQuantity(atom), let measure = quantities.quantity(at: k, limit: sentence.upperBound) {
                    // a number without a value names something: it is passed over
                    if measure.value != nil { found.append(measure) }
                    k = max(k + 1, measure.range.upperBound)
                } else {
                    k += 1
                }
            }
        }
        return found
    }

    /// A time of day without a day, on the day that its sentence told last.
    private static func onDay(_ value: MentionValue?, _ day: CalendarDay?) -> MentionValue? {
        guard case .date(var date)? = value, date.iso.first == "T", !date.iso.contains("/"), let day else {
            return value
        }
        date.iso = day.iso + date.iso
        date.lower = day.iso
        date.upper = day.iso
        return .date(date)
    }

    /// Whether "over" before a stretch of time says when and not how long: "sank over three days", but "lasted over three days".
    private func isDuring(_ k: Int, _ end: Int) -> Bool {
        guard end == k + 1, reading.lexicon.glue(reading.atoms[k].hash).contains(.over) else { return false }
        guard k > 0, reading.atoms[k - 1].sentence == reading.atoms[k].sentence, reading.atoms[k - 1].isWord else {
            return true
        }
        let before = reading.atoms[k - 1]
        return !NameWords.standard.isPreposition(before.hash) && !Self.lasting.contains(before.hash)
            && reading.lexicon.glue(before.hash).isDisjoint(with: [.after, .lastingFor, .since])
            && FigureWords.standard.categories(before.hash).isDisjoint(with: .auxiliary)
    }

    private static let lasting = Set(
        [
            "lasted", "lasting", "lasts", "last", "took", "takes", "take", "taken", "taking", "spent", "spend",
            "waited",
            "just", "well", "than", "served", "jailed", "and", "or", "is", "was", "been",
        ].map(SmallWord.hash))

    /// A duration with its number and unit: a figure like others.
    private static func measured(
        _ date: FoundMeasure, _ hedges: [Lexicon.Hedge], _ quantities: QuantityFinder
    ) -> FoundMeasure {
        guard date.kind == .duration, case .date(let value)? = date.value,
            let (count, unit) = TimeUnit.parsed(value.iso)
        else { return date }
        var quantity = quantities.value(count, upper: nil, hedges, unit: unit, noun: "")
        quantity.iso = value.iso
        return FoundMeasure(range: date.range, kind: .duration, value: .quantity(quantity))
    }

    /// The sentences; where ordinals have a dot, one that ends in digits goes on in the next: "am 3. | März".
    private func stretches() -> [Range<Int>] {
        guard reading.lexicon.style.dotOrdinals else { return reading.sentences }
        var stretches: [Range<Int>] = []
        for sentence in reading.sentences {
            if let last = stretches.last, last.count > 1, last.upperBound == sentence.lowerBound,
                reading.atoms[last.upperBound - 1].isMark("."), reading.atoms[last.upperBound - 2].isDigits
            {
                stretches[stretches.count - 1] = last.lowerBound..<sentence.upperBound
            } else {
                stretches.append(sentence)
            }
        }
        return stretches
    }

    private func opensDate(_ atom: Atom) -> Bool {
        switch atom.kind {
        case .digits: true
        case .mark: atom.isMark("'") || atom.lead == 0xE2
        case .word: atom.has(DateFinder.openers) || DateFinder.isLettered(atom)
        }
    }

    private func opensQuantity(_ atom: Atom) -> Bool {
        switch atom.kind {
        case .digits: true
        case .mark where reading.lexicon.style.percentFirst && atom.isMark("%"): true
        case .mark:
            atom.has(.currency) || atom.isMark("-") || atom.isMark(".") || atom.isMark("+") || atom.isMark("(")
                || atom.lead == 0xC2 || atom.lead == 0xE2
        case .word:
            atom.has(QuantityFinder.openers) || atom.isAcronym || atom.end - atom.start <= 2
                || atom.has(.stop.union(.beginsUnit))
        }
    }
}
