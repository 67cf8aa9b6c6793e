import StageKit

/// Times of day.
extension DateFinder {
    /// A time of day that begins at `k`, with the day that may follow: "8.30 pm today", "13:00 February 28, 2013".
    func timeOfDay(at k: Int, limit: Int) -> DateMatch? {
        guard let (clock, end) = clock(at: k, limit: limit) else { return nil }
        return onDay(clock, end: end, limit: limit)
    }

    private func onDay(_ clock: Clock, end: Int, limit: Int) -> DateMatch {
        var (clock, end) = withZone(clock, end, limit: limit)
        let next = skip(end, .on, limit: limit)
        if next < limit, self.clock(at: next, limit: limit) == nil, next > end || atoms[next].isWord,
            !atoms[next].has(.clock), mayBeDay(next),
            let day = bareDay(at: next, limit: limit), let span = day.span
        {
            if let part = day.daypart { clock = clock.settled(by: part) }
            return dated(clock, span, end: day.end)
        }
        return .time(clock, end: end)
    }

    /// A time with the zone behind it, and where that ends: "10:30 BST", "10:30 local time".
    private func withZone(_ clock: Clock, _ end: Int, limit: Int) -> (clock: Clock, end: Int) {
        var clock = clock
        if let zone = zone(end, limit: limit) {
            clock.zone = zone
            return (clock, end + 1)
        }
        let isLocal = end + 1 < limit && isGlue(end, .local, limit: limit) && isGlue(end + 1, .clockTime, limit: limit)
        return (clock, isLocal ? end + 2 : end)
    }

    /// "five AM stations": a waveband, and no time.
    func isWaveband(_ match: DateMatch, limit: Int) -> Bool {
        match.kind == .time && match.end < limit && atoms[match.end - 1].isAcronym
            && Self.wavebands.contains(atoms[match.end].hash)
    }

    private static let wavebands = Set(
        ["radio", "station", "stations", "band", "transmitter", "transmitters"].map(SmallWord.hash))

    /// Whether the word is one that days begin with: small words begin durations too.
    func mayBeDay(_ k: Int) -> Bool { !atoms[k].has(.stop) || atoms[k].has(Self.pointing.union(.day)) }

    /// A day at `k` that has no time of its own.
    func bareDay(at k: Int, limit: Int) -> DateMatch? {
        guard let match = single(at: k, limit: limit), match.day != nil else { return nil }
        return match
    }

    private func dated(_ clock: Clock, _ day: DateSpan, end: Int) -> DateMatch {
        DateMatch(
            end: end, kind: .time,
            span: DateSpan("\(day.iso)T\(clock.text)", day.first, day.last, isRelative: day.isRelative), clock: clock)
    }

    /// A time behind a day: "December 29 at 10:30", "tonight at 7", "Monday 2 to 4 pm".
    func timed(_ match: DateMatch, limit: Int) -> DateMatch {
        guard let day = match.day else { return match }
        var next = match.end
        if next < limit, atoms[next].isMark(",") { next += 1 }
        for start in [next, skip(next, .at, limit: limit)] {
            if let range = clockRange(at: start, isBehindDay: true, daypart: match.daypart, limit: limit) {
                return dated(range, day)
            }
        }
        let clockAt =
            next < limit && atoms[next].isMark("@") ? next + 1 : skip(next, [.at, .before, .after], limit: limit)
        if let (clock, end) = clock(at: clockAt, limit: limit) {
            let (zoned, behind) = withZone(match.daypart.map { clock.settled(by: $0) } ?? clock, end, limit: limit)
            return dated(zoned, day, end: behind)
        }
        guard clockAt > next, clockAt == match.end + 1, let (hour, end) = bareHour(clockAt, limit: limit),
            end >= limit || atoms[end].kind == .mark && !atoms[end].isMark("%") || atoms[end].has(.stop)
        else { return match }
        return dated(match.daypart.map { hour.settled(by: $0) } ?? hour, day, end: end)
    }

    // MARK: Reading a clock

    /// "10:38 a.m.", "17:30", "5 pm", "5 in the afternoon", "17 Uhr", "half past eight", "seven o'clock"
    func clock(at k: Int, limit: Int) -> (clock: Clock, end: Int)? {
        guard k < limit else { return nil }
        if !atoms[k].isDigits {
            if atoms[k].has(.clock), let hour = lexicon.integer(atoms[k].hash, .clock), !atoms[k].isCapital {
                return (Clock(hour: hour), k + 1)
            }
            return atoms[k].isWord ? spokenClock(at: k, limit: limit) : nil
        }
        guard k == 0 || atoms[k].isSpaced || atoms[k - 1].kind == .mark else { return nil }
        if let past = minutesPast(at: k, limit: limit) { return past }
        guard let read = hourAndMinutes(at: k, limit: limit) else { return nil }
        return settled(read.clock, end: read.end, hasMinutes: read.hasMinutes, limit: limit)
    }

    /// The digits of a time: "10", "10:38", "10:38:05", "10.38", "1140", "17h30".
    private func hourAndMinutes(at k: Int, limit: Int) -> (clock: Clock, end: Int, hasMinutes: Bool)? {
        if let both = digits(k, width: 3...4), both / 100 < 24, both % 100 < 60, k + 1 < limit,
            atoms[k + 1].has(.clockHalf)
        {
            return (Clock(hour: both / 100, minute: both % 100), k + 1, true)
        }
        if let (clock, end) = fourDigits(at: k, limit: limit) { return (clock, end, true) }
        guard let hour = digits(k, width: 1...2), hour <= 24 else { return nil }
        var clock = Clock(hour: hour, isSettled: hour > 12 || hour == 0)
        let next = k + 1
        guard next + 1 < limit, !atoms[next].isSpaced, let minute = digits(next + 1, width: 2...2), minute < 60 else {
            return (clock, next, false)
        }
        let isColon = atoms[next].isMark(":")
        let isDot = atoms[next].isMark(".") && isClockDot(k, behind: next + 2, limit: limit)
        let isMark =
            isGlue(next, .hourMark, limit: limit) && !atoms[next + 1].isCapital
            || isHourLetter(next, behind: k, hour, limit: limit)
        guard isColon && !atoms[next + 1].isSpaced || isDot && !atoms[next + 1].isSpaced || isMark else {
            return (clock, next, false)
        }
        clock.minute = minute
        var end = next + 2
        if isColon, end + 1 < limit, isJoined(end, ":", limit: limit), !atoms[end + 1].isSpaced,
            let second = digits(end + 1, width: 2...2), second < 60
        {
            clock.second = second == 0 ? nil : second
            end += 2
        }
        return (clock, end, true)
    }

    /// Whether the letter at `next` parts the hour from its minutes: "13h45", "at 9h30". How long something takes is written
    /// like that too, so that an hour before noon needs a word that a time follows.
    private func isHourLetter(_ next: Int, behind k: Int, _ hour: Int, limit: Int) -> Bool {
        guard isGlue(next, .hourLetter, limit: limit), !atoms[next].isCapital, !atoms[next + 1].isSpaced,
            next + 2 >= limit || atoms[next + 2].isSpaced || !atoms[next + 2].isWord
        else { return false }
        return hour > 12 || k > 0 && isGlue(k - 1, [.at, .until, .before, .after, .since, .from], limit: k)
    }

    /// "0930 hours", "at 1645 hrs", "0600 UTC": four digits with a word for hours or a zone.
    private func fourDigits(at k: Int, limit: Int) -> (clock: Clock, end: Int)? {
        guard let both = digits(k, width: 4...4), both / 100 < 24, both % 100 < 60, k + 1 < limit, atoms[k + 1].isWord
        else { return nil }
        let clock = Clock(hour: both / 100, minute: both % 100)
        if zone(k + 1, limit: limit) != nil { return (clock, k + 1) }
        // as many hours may pass, so that a zero or a word before it has to say that it is a time
        let isTime =
            both < 1000
            || k > 0 && atoms[k - 1].sentence == atoms[k].sentence
                && isGlue(k - 1, [.at, .until, .before, .after, .since, .from], limit: k)
        guard isTime, unit(k + 1, limit: limit) == .hour else { return nil }
        return (clock, k + 2)
    }

    /// What a zone of time that stands at `k` adds to ISO 8601: "UTC", "EDT".
    func zone(_ k: Int, limit: Int) -> String? {
        guard k < limit, atoms[k].isAcronym else { return nil }
        return Self.zones[reading.form(k..<k + 1)]
    }

    private static let zones: [String: String] = [
        "utc": "Z", "gmt": "Z", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00",
        "msk": "+03:00", "ist": "+05:30", "hkt": "+08:00", "jst": "+09:00", "kst": "+09:00", "aest": "+10:00",
        "aedt": "+11:00", "nzst": "+12:00", "nzdt": "+13:00", "est": "-05:00", "edt": "-04:00", "cst": "-06:00",
        "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
    ]

    /// Whether a dot between digits is one of a time: "8.30 pm", "um 17.30 Uhr", "at 2.30".
    private func isClockDot(_ k: Int, behind end: Int, limit: Int) -> Bool {
        if end < limit, atoms[end].has(.clockHalf) || isGlue(end, .hourMark, limit: limit) { return true }
        guard k > 0, isGlue(k - 1, .at, limit: k), !isGlue(k - 1, [.until, .before], limit: k) else { return false }
        if style.decimalComma { return true }
        guard k > 1 else { return false }
        return atoms[k - 2].has(.weekday.union(.day).union(.month))
            && (end >= limit || !atoms[end].isWord || atoms[end].has(.stop))
    }

    /// With what says whether it is before noon; nil for a mere number.
    private func settled(
        _ clock: Clock, end: Int, hasMinutes: Bool, limit: Int
    ) -> (clock: Clock, end: Int)? {
        var clock = clock
        if let (hours, next) = half(end, limit: limit) {
            guard clock.hour <= 12 || hasMinutes else { return nil }
            if clock.hour <= 12 { clock.hour = clock.hour % 12 + hours }
            clock.isSettled = true
            return (clock, next)
        }
        if let part = daypartTail(end, limit: limit), clock.hour <= 12 {
            return (clock.settled(by: part.daypart), part.end)
        }
        if isGlue(end, .hourMark, limit: limit) { return (clock, end + 1) }
        if let next = clockWord(end, limit: limit) {
            if let part = daypartTail(next, limit: limit) { return (clock.settled(by: part.daypart), part.end) }
            return (clock, next)
        }
        return hasMinutes ? (clock, end) : nil
    }

    /// The end of "o'clock" or "oclock" at `k`.
    func clockWord(_ k: Int, limit: Int) -> Int? {
        guard k < limit, atoms[k].isWord else { return nil }
        if isGlue(k, .clock, limit: limit) { return atoms[k].lead | 0x20 == UInt8(ascii: "o") ? k + 1 : nil }
        guard atoms[k].end - atoms[k].start == 1, atoms[k].lead | 0x20 == UInt8(ascii: "o") else { return nil }
        return (k + 1...k + 2).first { isGlue($0, .clock, limit: limit) && !atoms[$0].isSpaced }.map { $0 + 1 }
    }

    /// "am", "p.m.", and a single letter that sticks to the digits: 9p
    private func half(_ k: Int, limit: Int) -> (hours: Int, end: Int)? {
        guard k < limit, atoms[k].isWord else { return nil }
        if let hours = lexicon.integer(atoms[k].hash, .clockHalf) { return (hours, k + 1) }
        guard !atoms[k].isSpaced, atoms[k].end - atoms[k].start == 1, atoms[k].lead == UInt8(ascii: "p") else {
            return nil
        }
        return (12, k + 1)
    }

    /// "in the morning", "at night", "this evening" behind an hour
    private func daypartTail(_ k: Int, limit: Int) -> (daypart: Int, end: Int)? {
        let first = skip(k, .in.union(.at).union(.of), limit: limit)
        let next = skip(first, .the, limit: limit)
        guard next > k, next < limit, atoms[next].has(.daypart), let part = lexicon.integer(atoms[next].hash, .daypart)
        else { return nil }
        return (part, next + 1)
    }

    /// "in the afternoon at 7", "morning at 8:00"
    func daypartTime(at k: Int, limit: Int) -> DateMatch? {
        let next = skip(k, .in, .the, limit: limit)
        guard next < limit, atoms[next].has(.daypart), let part = lexicon.integer(atoms[next].hash, .daypart),
            isGlue(next + 1, .at, limit: limit), let (clock, end) = bareHour(next + 2, limit: limit),
            end >= limit || !atoms[end].isWord || atoms[end].has(.stop)
        else { return nil }
        return .time(clock.settled(by: part), end: end)
    }

    /// An hour in words: "seven in the evening", "half past eight", "six pm", "nine thirty" in a range.
    private func spokenClock(at k: Int, limit: Int) -> (clock: Clock, end: Int)? {
        if let past = minutesPast(at: k, limit: limit) { return past }
        guard let (hour, end) = spokenHour(k, limit: limit) else { return nil }
        return settled(hour, end: end, hasMinutes: false, limit: limit)
    }

    private func spokenHour(_ k: Int, limit: Int) -> (clock: Clock, end: Int)? {
        guard k < limit, atoms[k].has(.small), let hour = lexicon.integer(atoms[k].hash, .small),
            (1...12).contains(hour)
        else { return nil }
        var clock = Clock(hour: hour, isSettled: false)
        if k + 1 < limit, atoms[k + 1].has(.ten), let minute = numbers.number(at: k + 1, limit: limit),
            !minute.isOrdinal, minute.scale == 1, (10...59).contains(minute.value),
            minute.end >= limit || !atoms[minute.end].isWord || atoms[minute.end].has(.stop.union(.clockHalf))
        {
            clock.minute = Int(minute.value)
            return (clock, minute.end)
        }
        return (clock, k + 1)
    }

    /// "half past eight", "20 min past eight", "quarter to nine"
    private func minutesPast(at k: Int, limit: Int) -> (clock: Clock, end: Int)? {
        var minutes = 0
        var next = k
        if atoms[k].has(.fraction), let below = lexicon.integer(atoms[k].hash, .fraction), below == 2 || below == 4 {
            minutes = 60 / below
            next += 1
        } else if let number = numbers.number(at: k, limit: limit), (1...59).contains(number.value),
            number.value == number.value.rounded(), !number.isOrdinal
        {
            minutes = Int(number.value)
            next = number.end
            if unit(next, limit: limit) == .minute {
                next += 1
            } else {
                // "ten past nine", but no "ten to nine", which is a score or a vote
                guard minutes % 5 == 0, isGlue(next, .pastHour, limit: limit) else { return nil }
            }
        }
        guard minutes > 0, next < limit, isGlue(next, [.pastHour, .toHour], limit: limit),
            let (hour, end) = plainHour(next + 1, limit: limit), hour.minute == 0
        else { return nil }
        var clock = hour
        if isGlue(next, .pastHour, limit: limit) {
            clock.minute = minutes
        } else {
            clock.hour = (hour.hour + 23) % 24
            clock.minute = 60 - minutes
        }
        return settled(clock, end: end, hasMinutes: true, limit: limit)
    }

    /// An hour without anything that says it is one: "7", "seven".
    func bareHour(_ k: Int, limit: Int) -> (clock: Clock, end: Int)? {
        // most that is asked about is a small word, which no number begins with
        guard k < limit, atoms[k].isDigits || atoms[k].has(Self.hours) || isGlue(k, .article, limit: limit) else {
            return nil
        }
        return clock(at: k, limit: limit) ?? plainHour(k, limit: limit)
    }

    /// What an hour in words may begin with, beside an article.
    private static let hours: WordClass = [
        .clock, .small, .ten, .hundred, .scale, .dozen, .pluralScale, .ordinal, .fraction, .negative,
    ]

    /// The number of an hour.
    private func plainHour(_ k: Int, limit: Int) -> (clock: Clock, end: Int)? {
        guard k < limit else { return nil }
        if let hour = digits(k, width: 1...2), hour <= 24 {
            let isDecimal =
                k + 2 < limit && !atoms[k + 1].isSpaced && atoms[k + 1].kind == .mark
                && atoms[k + 2].isDigits && !atoms[k + 2].isSpaced && !isDash(k + 1)
            guard !isDecimal, k + 1 >= limit || atoms[k + 1].isSpaced || !atoms[k + 1].isWord else { return nil }
            return (Clock(hour: hour, isSettled: hour > 12), k + 1)
        }
        return spokenHour(k, limit: limit)
    }

    /// A time in words, where a date may begin: "half past eight", "seven in the evening".
    func spokenTime(at k: Int, limit: Int) -> DateMatch? {
        guard let (clock, end) = spokenClock(at: k, limit: limit) else { return nil }
        return onDay(clock, end: end, limit: limit)
    }

    /// "seven o'clock"
    func clock(_ hour: Int, end: Int, limit: Int) -> DateMatch {
        let clock = Clock(hour: hour, isSettled: false)
        if let part = daypartTail(end, limit: limit) { return .time(clock.settled(by: part.daypart), end: part.end) }
        return .time(clock, end: end)
    }

    /// "noon", "midnight"
    func noon(at k: Int, limit: Int) -> DateMatch? {
        guard let hour = lexicon.integer(atoms[k].hash, .clock), !atoms[k].isCapital || atoms[k].shape.contains(.opens)
        else { return nil }
        return .time(Clock(hour: hour), end: k + 1)
    }
}
