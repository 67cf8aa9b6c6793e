/// A number in words while it is read: what has been added up, and which word may follow.
struct WordSum {
    /// What the last word was.
    enum Last { case nothing, small, ten, hundred, scale, dozen }

    private let style: MeasureStyle
    private(set) var last = Last.nothing
    /// The factor of the last word of scale.
    private(set) var scale = 1.0
    private var thousands = 0.0
    private var hundreds = 0.0
    private var rest = 0.0
    private var lastTen = 0.0
    private var lastSmall = 0.0

    init(style: MeasureStyle) { self.style = style }

    var isEmpty: Bool { last == .nothing }
    var total: Double { thousands + hundreds + rest }
    private var beginsGroup: Bool { last == .nothing || last == .hundred || last == .scale }

    /// "seven", "nineteen"; false where it can't follow.
    mutating func add(small value: Double) -> Bool {
        let limit = style.twenties && (lastTen == 60 || lastTen == 80) ? 20.0 : 10
        // dix-sept
        let isTeen = style.twenties && last == .small && lastSmall == 10 && (7...9).contains(value)
        guard beginsGroup || isTeen || last == .ten && value > 0 && value < limit else { return false }
        lastSmall = value
        rest += value
        last = .small
        return true
    }

    /// "seventy"; behind a four "vingts" makes it eighty.
    mutating func add(ten value: Double) -> Bool {
        if style.twenties, last == .small, rest == 4, value == 20 {
            rest = 80
            lastTen = 80
            last = .ten
            return true
        }
        guard beginsGroup else { return false }
        rest += value
        lastTen = value
        last = .ten
        return true
    }

    /// "hundred", and words for several of them: doscientos.
    mutating func add(hundred value: Double, mayBeBare: Bool) -> Bool {
        if value > 100 || mayBeBare && (last == .nothing || last == .scale) {
            guard last == .nothing || last == .scale else { return false }
            hundreds += value
        } else {
            guard last == .small || last == .ten else { return false }
            hundreds = rest * value
            rest = 0
        }
        scale = 100
        last = .hundred
        lastTen = 0
        return true
    }

    /// "thousand", "million"
    mutating func add(scale value: Double) -> Bool {
        let group = hundreds + rest
        guard last != .scale || group > 0 || value > scale, !isEmpty || style.bareHundreds && value == 1000 else {
            return false
        }
        // three lakh crore
        if last == .scale, group == 0 {
            thousands *= value
        } else {
            thousands += (group == 0 ? 1 : group) * value
        }
        (hundreds, rest, lastTen) = (0, 0, 0)
        scale = value
        last = .scale
        return true
    }

    /// "two dozen"
    mutating func addDozen() -> Bool {
        guard last == .small || last == .ten else { return false }
        rest *= 12
        scale = 12
        last = .dozen
        return true
    }
}
