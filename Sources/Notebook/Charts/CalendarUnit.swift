import Text

/// A unit into which a stretch of time is cut. Units are numbered: 0 begins with 1970, or with the year 0.
enum CalendarUnit: Int, CaseIterable, Comparable {
    case day, week, month, quarter, year, decade, century

    var name: String { "\(self)" }

    /// The finest unit that cuts so many days into pieces that can be distinguished.
    static func fitting(days: Int) -> CalendarUnit {
        switch days {
        case ...92: .day
        case ...732: .week
        case ...3_660: .month
        case ...10_980: .quarter
        case ...43_900: .year
        case ...439_000: .decade
        default: .century
        }
    }

    /// The unit that dates of a precision can be put into.
    init(_ precision: Moment.Precision) {
        switch precision {
        case .day: self = .day
        case .month: self = .month
        case .year: self = .year
        }
    }

    /// The number of the unit in which a day stands.
    func index(of day: Int) -> Int {
        switch self {
        case .day: return day
        // weeks begin on Mondays: 1970-01-05 was one
        case .week: return Self.floor(day - 4, 7)
        default: break
        }
        guard let moment = Moment.day(day), let month = moment.month else { return day }
        return switch self {
        case .month: moment.year * 12 + month - 1
        case .quarter: moment.year * 4 + (month - 1) / 3
        case .decade: Self.floor(moment.year, 10)
        case .century: Self.floor(moment.year, 100)
        default: moment.year
        }
    }

    /// The first day of a unit.
    func start(of index: Int) -> Int {
        switch self {
        case .day: index
        case .week: index * 7 + 4
        case .month: CalendarDay(Self.floor(index, 12), index - Self.floor(index, 12) * 12 + 1, 1).number
        case .quarter: CalendarDay(Self.floor(index, 4), (index - Self.floor(index, 4) * 4) * 3 + 1, 1).number
        case .year: CalendarDay(index, 1, 1).number
        case .decade: CalendarDay(index * 10, 1, 1).number
        case .century: CalendarDay(index * 100, 1, 1).number
        }
    }

    /// What a unit is called.
    func label(of index: Int) -> String {
        let day = Moment.day(start(of: index))
        let text = day?.description ?? ""
        return switch self {
        case .day: text
        case .week: "week of \(text)"
        case .month: String(text.dropLast(3))
        case .quarter: "\(text.dropLast(6)) Q\(index - Self.floor(index, 4) * 4 + 1)"
        case .year: String(text.dropLast(6))
        case .decade, .century: "\(text.dropLast(6))s"
        }
    }

    static func < (a: CalendarUnit, b: CalendarUnit) -> Bool { a.rawValue < b.rawValue }

    private static func floor(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }
}
