import StageKit

extension DateFinder {
    /// "between 2015 and 2017", "from May to July 2019", "2014–2018", "1939-45"
    func range(at k: Int, limit: Int) -> DateMatch? {
        var start = k
        var joints: Set<String> = ["to", "until", "till", "through"]
        if isWord(k, "between", limit: limit) {
            joints = ["and"]
            start = k + 1
        } else if isWord(k, "from", limit: limit) {
            start = k + 1
        } else {
            guard atoms[k].isDigits || atoms[k].has(.month) else { return nil }
            joints = ["to", "through", "until"]
        }
        guard start < limit, let low = single(at: start, limit: limit), low.kind == .date, let first = low.span else {
            return nil
        }
        if let end = shortYear(behind: low, limit: limit) { return end }
        guard let next = joint(at: low.end, joints, limit: limit), next < limit,
            let high = single(at: next, limit: limit), high.kind == .date, let last = high.span
        else { return nil }
        return joined(first, last, end: high.end)
    }

    private func joint(at k: Int, _ joints: Set<String>, limit: Int) -> Int? {
        guard k < limit else { return nil }
        if atoms[k].isWord { return joints.contains(word(k)) ? k + 1 : nil }
        return isDash(k) ? k + 1 : nil
    }

    func isDash(_ k: Int) -> Bool {
        let atom = atoms[k]
        if atom.isMark("-") { return true }
        guard atom.lead == 0xE2, atom.end - atom.start == 3, reading.bytes[Int(atom.start) + 1] == 0x80 else {
            return false
        }
        return (0x90...0x95).contains(reading.bytes[Int(atom.start) + 2])
    }

    /// "1939-45"
    private func shortYear(behind low: DateMatch, limit: Int) -> DateMatch? {
        let k = low.end
        guard k + 1 < limit, isDash(k), !atoms[k].isSpaced, !atoms[k + 1].isSpaced,
            let short = digits(k + 1, width: 2...2),
            let first = low.span, first.iso.utf8.count == 4, let from = first.first?.parts.year,
            case let to = from / 100 * 100 + short, to > from
        else { return nil }
        return joined(first, .year(to), end: k + 2)
    }

    /// A range of two dates; the first takes from the second what it lacks.
    private func joined(_ first: DateSpan, _ last: DateSpan, end: Int) -> DateMatch? {
        guard let low = first.first, let high = last.last else {
            return DateMatch(end: end, span: DateSpan("\(first.iso)/\(last.iso)"))
        }
        var first = first
        var from = low
        if from > high || (first.isRelative && !last.isRelative), let high = last.first {
            // "from May to July 2019"
            let (_, month, day) = low.parts
            let isMonth = first.iso.utf8.count == 7
            var year = high.parts.year
            if CalendarDay.isValid(year, month, day), CalendarDay(year, month, day) > high { year -= 1 }
            guard CalendarDay.isValid(year, month, day) else { return nil }
            first = isMonth ? .month(year, month) : .day(CalendarDay(year, month, day))
            from = CalendarDay(year, month, day)
        }
        guard from <= high, !first.iso.utf8.contains(UInt8(ascii: "/")), !last.iso.utf8.contains(UInt8(ascii: "/"))
        else { return nil }
        return DateMatch(
            end: end,
            span: DateSpan("\(first.iso)/\(last.iso)", from, high, isRelative: first.isRelative || last.isRelative))
    }
}
