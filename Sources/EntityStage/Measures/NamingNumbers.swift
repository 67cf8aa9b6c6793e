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
        return label(at: k, limit: limit) ?? score(at: k, limit: limit)
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
        guard atoms[before].isWord, atoms[k].isDigits || atoms[before].isCapital else { return nil }
        let isLabel = reading.lexicon.glue(atoms[before].hash).contains(.label)
        let isName =
            atoms[before].isCapital && !atoms[before].shape.contains(.opens) && atoms[k].isDigits
            && !atoms[before].has(Self.others) && !atoms[before].has(.currency)
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
