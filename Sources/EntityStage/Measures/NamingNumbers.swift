import Text

/// Finds numbers that name something and count nothing: phone and book numbers, "Route 2", "Apollo 11", scores.
struct NamingNumbers {
    let reading: Reading

    private var atoms: [Atom] { reading.atoms }

    /// The end of such a number that begins at `k`; nil where none does.
    func end(at k: Int, limit: Int) -> Int? {
        guard k < limit else { return nil }
        if let end = chain(at: k, limit: limit) { return end }
        // "24/7": open day and night
        if k + 2 < limit, atoms[k].isDigits, atoms[k + 1].isMark("/"), !atoms[k + 1].isSpaced, !atoms[k + 2].isSpaced,
            reading.form(k..<k + 1) == "24", reading.form(k + 2..<k + 3) == "7"
        {
            return k + 3
        }
        guard atoms[k].isDigits || atoms[k].has(.small) else { return nil }
        // "PM2.5": what a full stop joins to a code
        if k > 1, atoms[k].isDigits, !atoms[k].isSpaced, atoms[k - 1].isMark("."), !atoms[k - 1].isSpaced,
            isCode(k - 2)
        {
            return k + 1
        }
        if let end = model(at: k, limit: limit) { return end }
        return label(at: k, limit: limit) ?? score(at: k, limit: limit) ?? listed(at: k, limit: limit)
    }

    /// Whether letters with a number behind them, or in them, end at `k`.
    private func isCode(_ k: Int) -> Bool {
        if atoms[k].isDigits { return k > 0 && !atoms[k].isSpaced && atoms[k - 1].isWord && atoms[k - 1].isCapital }
        return atoms[k].isWord && !atoms[k].shape.contains(.dotted) && atoms[k].end - atoms[k].start > 1
    }

    // MARK: Groups of digits

    /// Groups of digits with hyphens or blanks between that are no number: "555-1234", "+44 20 7946 0958",
    /// "978-3-16-148410-0", "(020) 7946 0958".
    private func chain(at start: Int, limit: Int) -> Int? {
        var k = start
        let hasPlus = atoms[k].isMark("+")
        if hasPlus { k += 1 }
        let isOpen = k < limit && atoms[k].isMark("(")
        if isOpen { k += 1 }
        guard k < limit, atoms[k].isDigits, hasPlus ? !atoms[k].isSpaced : true else { return nil }
        var widths = [Int(atoms[k].end - atoms[k].start)]
        var hyphens = 0
        let isZero = atoms[k].lead == UInt8(ascii: "0") && widths[0] > 1
        k += 1
        while k < limit, widths.count < 12 {
            var next = k
            if atoms[next].isMark(")"), isOpen { next += 1 }
            let isHyphen = next < limit && atoms[next].isMark("-") && !atoms[next].isSpaced
            if isHyphen { next += 1 }
            guard next < limit, atoms[next].isDigits, !isHyphen || !atoms[next].isSpaced,
                isHyphen || atoms[next].start - atoms[next - 1].end == 1, !atoms[next].shape.contains(.newLine)
            else { break }
            if isHyphen { hyphens += 1 }
            widths.append(Int(atoms[next].end - atoms[next].start))
            k = next + 1
        }
        guard widths.count > 1 else { return nil }
        let isLong = widths.reduce(0, +) >= 7
        if hasPlus || isZero { return isLong ? k : nil }
        if isOpen { return nil }
        // blanks part thousands too, in groups of three
        let isThousands = hyphens == 0 && widths[0] <= 3 && widths.dropFirst().allSatisfy { $0 == 3 }
        if hyphens >= 2, !isDate(widths) { return k }
        if hyphens == 1, widths.count == 2 { return widths == [3, 4] ? k : nil }
        return widths.count >= 3 && !isThousands && hyphens > 0 ? k : nil
    }

    private func isDate(_ widths: [Int]) -> Bool {
        widths.count == 3 && (widths[0] == 4 && widths[1] <= 2 && widths[2] <= 2 || widths[2] == 4 && widths[0] <= 2)
    }

    // MARK: Numbers behind nouns

    /// "week 22", "Route 2", "Flight 610", "Apollo 11"
    private func label(at k: Int, limit: Int) -> Int? {
        guard k > 0, atoms[k].isSpaced, atoms[k - 1].sentence == atoms[k].sentence else { return nil }
        var before = k - 1
        if atoms[before].isMark("."), before > 0, reading.lexicon.glue(atoms[before - 1].hash).contains(.label) {
            before -= 1
        }
        let isLabel = reading.lexicon.glue(atoms[before].hash).contains(.label)
        guard atoms[before].isWord, atoms[k].isDigits || atoms[before].isCapital || isLabel && atoms[k].isSpaced else {
            return nil
        }
        let isName =
            atoms[before].isCapital && !atoms[before].shape.contains(.opens) && atoms[k].isDigits
            && !atoms[before].has(Self.others) && !atoms[before].has(.currency)
        if before == k - 1, isPluralLabel(before) {
            let end = chained(behind: k + 1, limit: limit)
            // "lines 3 and 4", but "in flights 200 people"
            if end > k + 1 || atoms[before].isCapital,
                end >= limit || !isCounting(end, limit: limit, isLabel: false)
            {
                return end
            }
        }
        if isOfName(k, limit: limit) || isOpening(k, limit: limit) { return k + 1 }
        guard isLabel || isName || isNumeral(k) else { return nil }
        var end = k + 1
        // "2.0", "9-11"
        while end + 1 < limit, atoms[end].isMark(".") || atoms[end].isMark("-") || atoms[end].isMark(","),
            !atoms[end].isSpaced,
            atoms[end + 1].isDigits, !atoms[end + 1].isSpaced
        { end += 2 }
        if isLabel, atoms[before].has(.stop) || reading.form(before..<before + 1) == "no", !atoms[before].isCapital,
            before == k - 1, !isInUnit(before)
        {
            return nil
        }
        // with a noun or a unit behind it a number counts, whatever stands before it
        guard end >= limit || !isCounting(end, limit: limit, isLabel: isLabel && atoms[before].isCapital) else {
            return nil
        }
        // "beat Orsa 4 to 1"
        if isName, end + 1 < limit, reading.lexicon.glue(atoms[end].hash).contains(.rangeTo), atoms[end + 1].isDigits,
            end + 2 >= limit || !isCounting(end + 2, limit: limit, isLabel: false)
        {
            return end + 2
        }
        return end
    }

    /// "Marine One", "the Big Three": a numeral with a capital behind another word with one is a part of a name, unless
    /// the sentence writes all of its words so.
    private func isNumeral(_ k: Int) -> Bool {
        let (atom, before) = (reading.atoms[k], reading.atoms[k - 1])
        guard atom.isWord, atom.isCapital, !atom.isAcronym, before.isWord, before.isCapital, !before.isAcronym,
            !before.shape.contains(.opens), !before.has(.stop)
        else { return false }
        let near = max(0, k - 20)..<min(atoms.count, k + 20)
        return near.contains {
            atoms[$0].sentence == atom.sentence && atoms[$0].isWord && !atoms[$0].isCapital && !atoms[$0].has(.stop)
        }
    }

    /// "in week 27", "up to week 22"; "last week 27 left" counts.
    private func isInUnit(_ k: Int) -> Bool {
        k > 0 && atoms[k].has(.timeUnit) && atoms[k - 1].isWord
            && !reading.lexicon.glue(atoms[k - 1].hash).isDisjoint(with: [
                .in, .of, .to, .until, .from, .since, .during,
            ])
    }

    /// "sections", "Chapters": a label for several.
    private func isPluralLabel(_ k: Int) -> Bool {
        guard reading.ends(atoms[k], in: "s", longerThan: 3) else { return false }
        let word = reading.foldedBytes(k)
        return reading.lexicon.glue(StableHash.of(word.dropLast())).contains(.label)
    }

    /// The end of what goes on behind a label's number: "3 and 4", "3, 4 and 5", "3 to 5".
    private func chained(behind k: Int, limit: Int) -> Int {
        var end = k
        while end + 1 < limit {
            var next = end
            if atoms[next].isMark(",") { next += 1 }
            if next < limit, atoms[next].isWord,
                !reading.lexicon.glue(atoms[next].hash).isDisjoint(with: [.and, .or, .to])
            {
                next += 1
            }
            guard next > end, next < limit, atoms[next].isDigits, atoms[next].isSpaced else { break }
            end = next + 1
        }
        return end
    }

    /// "Group of 20", "Class of 84": a number that "of" joins to a word with a capital, and nothing behind it that it counts.
    private func isOfName(_ k: Int, limit: Int) -> Bool {
        guard k > 1, atoms[k - 1].hash == SmallWord.of, atoms[k - 2].isWord, atoms[k - 2].isCapital,
            !atoms[k - 2].shape.contains(.opens), !atoms[k - 2].isAcronym, atoms[k - 2].sentence == atoms[k].sentence,
            atoms[k].isDigits ? atoms[k].end - atoms[k].start <= 2 : atoms[k].isCapital
        else { return false }
        return k + 1 >= limit || !isCounting(k + 1, limit: limit, isLabel: false)
    }

    /// "Apollo 13 returned": a number behind the word with which its sentence begins, with a verb behind it.
    private func isOpening(_ k: Int, limit: Int) -> Bool {
        let before = atoms[k - 1]
        guard atoms[k].isDigits, before.isWord, before.isCapital, before.shape.contains(.opens), k + 1 < limit,
            before.end - before.start > 3, !before.has(Self.others.union(.beginsHedge).union(.people)),
            !NameWords.standard.isPreposition(before.hash), !reading.ends(before, in: "ly", longerThan: 3),
            !reading.ends(before, in: "s", longerThan: 3), !reading.ends(before, in: "ing", longerThan: 4)
        else { return false }
        let next = atoms[k + 1]
        return next.isWord
            && (!FigureWords.standard.categories(next.hash).isDisjoint(with: [.verb, .auxiliary])
                || reading.ends(next, in: "ed", longerThan: 4))
    }

    /// "the 737 Max": three digits between an article and a word with a capital that they do not count.
    private func model(at k: Int, limit: Int) -> Int? {
        guard k > 0, k + 1 < limit, atoms[k].isDigits, atoms[k].end - atoms[k].start == 3,
            atoms[k - 1].hash == SmallWord.the || atoms[k - 1].hash == SmallWord.a,
            atoms[k + 1].isWord, atoms[k + 1].isCapital, atoms[k + 1].isSpaced, !atoms[k + 1].has(.people),
            !atoms[k + 1].has(.currency.union(.unitOfMeasure)),
            CountedNoun(reading: reading).range(at: k + 1, limit: min(limit, k + 5)) == nil
        else { return nil }
        return k + 1
    }

    // MARK: Numbers of lists

    /// "1. Open the lid", "(2) a key": what a line or an item of a row begins with.
    private func listed(at k: Int, limit: Int) -> Int? {
        guard atoms[k].isDigits, atoms[k].end - atoms[k].start <= 2, k + 1 < atoms.count, !atoms[k + 1].isSpaced else {
            return nil
        }
        let opensLine = k == 0 || atoms[k].shape.contains(.newLine)
        if opensLine, atoms[k + 1].isMark(".") || atoms[k + 1].isMark(")"),
            k + 2 >= atoms.count || atoms[k + 2].isSpaced
        {
            return k + 1
        }
        guard k > 0, atoms[k - 1].isMark("("), atoms[k - 1].isSpaced || k == 1, atoms[k + 1].isMark(")"),
            !atoms[k].isSpaced, k + 2 < atoms.count, atoms[k + 2].isWord, atoms[k + 2].isSpaced
        else { return nil }
        return isRow(k) ? k + 1 : nil
    }

    /// Whether the number before or behind a bracketed one stands in brackets near it.
    private func isRow(_ k: Int) -> Bool {
        guard let own = Int(reading.form(k..<k + 1)) else { return false }
        for at in max(1, k - 80)..<min(atoms.count - 1, k + 80)
        where at != k && atoms[at].isDigits && atoms[at - 1].isMark("(") && atoms[at + 1].isMark(")") {
            if let other = Int(reading.form(at..<at + 1)), abs(other - own) == 1 { return true }
        }
        return false
    }

    private static let others: WordClass = [
        .month, .monthShort, .weekday, .weekdayShort, .season, .title, .stop, .common, .holiday, .era, .day, .speech,
    ]

    /// The words behind a number that say what it measures.
    private static let units: WordClass = [.percent, .unitOfMeasure, .scale, .hundred, .timeUnit, .currency]

    /// Whether what stands behind a number makes it a figure.
    private func isCounting(_ k: Int, limit: Int, isLabel: Bool) -> Bool {
        let atom = atoms[k]
        if atom.isMark("%") || atom.has(.currency) && atom.kind == .mark { return true }
        if atom.isMark("-"), !atom.isSpaced { return true }
        guard atom.isWord, !atom.has(.stop) else { return false }
        if !atom.isSpaced { return true }
        if atom.has(Self.units) { return true }
        return !isLabel && CountedNoun(reading: reading).range(at: k, limit: min(limit, k + 3)) != nil
    }

    // MARK: Scores

    /// "3-2", "52–48": two numbers of at most three digits that are no range upward, or that nothing is counted by.
    private func score(at k: Int, limit: Int) -> Int? {
        guard k + 2 < limit, atoms[k].isDigits, atoms[k].end - atoms[k].start <= 3, !atoms[k + 1].isSpaced,
            !atoms[k + 2].isSpaced, atoms[k + 2].isDigits, atoms[k + 2].end - atoms[k + 2].start <= 3,
            atoms[k + 1].isMark("-") || reading.isUnicodeDash(atoms[k + 1]),
            k == 0 || atoms[k].isSpaced || atoms[k - 1].isMark("(")
        else { return nil }
        let end = k + 3
        if end < limit {
            if atoms[end].isMark("%") || !atoms[end].isSpaced && atoms[end].isWord { return nil }
            if atoms[end].isMark("-")
                || atoms[end].isMark(".") && end + 1 < limit && !atoms[end + 1].isSpaced && atoms[end + 1].isDigits
            {
                return nil
            }
            if atoms[end].isWord, !atoms[end].has(.stop) {
                if atoms[end].has(Self.units) { return nil }
                if CountedNoun(reading: reading).range(at: end, limit: limit) != nil { return nil }
            }
        }
        if k > 0, atoms[k - 1].has(.currency) || atoms[k - 1].has(.month.union(.monthShort)) { return nil }
        if k > 0, reading.lexicon.glue(atoms[k - 1].hash).contains(.aged) { return nil }
        return end
    }
}
