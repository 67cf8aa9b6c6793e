/// What a small word does between the parts of a date or a number: one bit a role.
///
/// `WordClass` says what a word is; these roles are few, asked for rarely, and differ from language to language, so
/// they stand in a table of their own.
struct Glue: OptionSet, Sendable, Hashable {
    let rawValue: UInt64

    static let of = Glue(bit: 0)
    static let `in` = Glue(bit: 1)
    static let on = Glue(bit: 2)
    static let at = Glue(bit: 3)
    static let the = Glue(bit: 4)
    static let article = Glue(bit: 5)
    static let from = Glue(bit: 6)
    /// Before the end of a range: to, until, through.
    static let to = Glue(bit: 7)
    static let between = Glue(bit: 8)
    static let and = Glue(bit: 9)
    static let or = Glue(bit: 10)
    /// Between two numbers of which the second is the larger: 5 to 10.
    static let rangeTo = Glue(bit: 41)
    static let since = Glue(bit: 11)
    static let until = Glue(bit: 12)
    static let before = Glue(bit: 13)
    static let after = Glue(bit: 14)
    static let during = Glue(bit: 15)
    static let now = Glue(bit: 16)
    static let other = Glue(bit: 17)
    /// Before a stretch of time that has gone by: vor, hace, il y a.
    static let goneBefore = Glue(bit: 18)
    /// Before a stretch of time that is to come: in two days.
    static let aheadOf = Glue(bit: 19)
    /// Parts the two numbers of a fraction: one over five.
    static let over = Glue(bit: 20)
    /// Parts the minutes and the hour: half past eight, twenty to nine.
    static let pastHour = Glue(bit: 21)
    static let toHour = Glue(bit: 22)
    /// Behind an hour: 17 Uhr, 17 h.
    static let hourMark = Glue(bit: 23)
    static let clock = Glue(bit: 24)
    /// A verb of what is to come, and one of what has been.
    static let future = Glue(bit: 25)
    static let past = Glue(bit: 26)
    static let old = Glue(bit: 27)
    static let aged = Glue(bit: 28)
    /// What stands before a day at the head of a page: published, updated.
    static let dateline = Glue(bit: 29)
    /// Letters behind a year that make it a decade: 1990s, 1990er.
    static let decadeSuffix = Glue(bit: 30)
    /// Between the parts of a decimal number in words: nine point four.
    static let point = Glue(bit: 31)
    /// Between two numbers of which one is a part of the other: two out of three.
    static let out = Glue(bit: 32)
    /// Between two units: kilometres per hour.
    static let per = Glue(bit: 33)
    static let begin = Glue(bit: 34)
    static let end = Glue(bit: 35)
    /// Before a percentage: yüzde 20.
    static let percentBefore = Glue(bit: 36)
    /// Behind one "to" begins what is to come: is to run.
    static let present = Glue(bit: 42)
    /// A participle behind it is no past: to be held.
    static let infinitive = Glue(bit: 43)
    /// Words that how long something lasts follows: for an hour.
    static let lasting = Glue(bit: 44)
    /// A month that is another word in small letters: march.
    static let doubtful = Glue(bit: 45)
    /// per cent, por ciento
    static let percent = Glue(bit: 40)
    /// Words that show that "one" is a number: in one, only one.
    static let beforeOne = Glue(bit: 37)
    /// Holds a year or a month that would be none without it: by March, year 2000.
    static let dates = Glue(bit: 38)
    /// Words that a season follows: in, since, during.
    static let years = Glue(bit: 39)

    /// Begins a clause about the noun before it: that, who.
    static let relative = Glue(bit: 46)
    /// "local time" behind a clock.
    static let local = Glue(bit: 47)
    static let clockTime = Glue(bit: 48)
    /// Before how far off a figure may be: plus or minus.
    static let margin = Glue(bit: 49)
    /// A noun whose number behind it names one of several and counts nothing: week 22, Route 2.
    static let label = Glue(bit: 50)
    /// The point of a percentage point.
    static let percentagePoint = Glue(bit: 51)
    /// Of people, behind "of": of whom.
    static let whom = Glue(bit: 52)
    /// Of words like next, those that mean the day that comes first: upcoming.
    static let coming = Glue(bit: 53)
    /// Before the time in which something is to happen: within nine months.
    static let within = Glue(bit: 54)
    /// Before how long something lasts that has begun: from 2 pm for three hours.
    static let lastingFor = Glue(bit: 55)
    /// What is counted by the million and never measured by the metre: 2.5m people.
    static let counted = Glue(bit: 56)
    /// Between an hour and its minutes, without blanks: 13h45.
    static let hourLetter = Glue(bit: 57)

    /// Right before a day on which something begins: starting Monday.
    static let starting = Glue(bit: 58)
    /// Verbs of timetables, right before a day that is to come: opens on Monday.
    static let opening = Glue(bit: 59)
    /// Verbs of what somebody wants; what they want is to come: hopes to return.
    static let intending = Glue(bit: 60)
    /// would
    static let conditional = Glue(bit: 61)

    init(rawValue: UInt64) { self.rawValue = rawValue }
    private init(bit: UInt64) { rawValue = 1 << bit }

    /// The roles under the names that data files use.
    static let named: [String: Glue] = [
        "of": .of, "in": .in, "on": .on, "at": .at, "the": .the, "article": .article, "from": .from, "to": .to,
        "between": .between, "and": .and, "or": .or, "range-to": .rangeTo, "since": .since, "until": .until,
        "before": .before,
        "after": .after, "during": .during, "now": .now, "other": .other, "gone-before": .goneBefore,
        "ahead-of": .aheadOf, "over": .over, "past-hour": .pastHour, "to-hour": .toHour, "hour-mark": .hourMark,
        "clock-word": .clock, "future": .future, "past": .past, "old": .old, "aged": .aged, "dateline": .dateline,
        "decade-suffix": .decadeSuffix, "point": .point, "out": .out, "per": .per, "begin": .begin, "end": .end,
        "percent-before": .percentBefore, "doubtful": .doubtful, "lasting": .lasting, "present": .present,
        "infinitive": .infinitive, "percent-words": .percent, "before-one": .beforeOne, "dates": .dates,
        "years": .years, "relative": .relative, "local": .local, "clock-time": .clockTime, "margin": .margin,
        "label": .label, "percentage-point": .percentagePoint, "whom": .whom, "coming": .coming, "within": .within,
        "for": .lastingFor, "counted": .counted, "hour-letter": .hourLetter, "starting": .starting,
        "opening": .opening, "intending": .intending, "conditional": .conditional,
    ]
}
