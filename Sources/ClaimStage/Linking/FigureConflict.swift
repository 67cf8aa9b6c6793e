/// Figures of two statements that count the same and can't both be right.
struct FigureConflict: Equatable {
    /// The figure of the first statement, as it stands there.
    var figure: String
    /// That of the second.
    var rival: String
    /// What they count.
    var label: String
    /// Whether that of the second is larger.
    var grows: Bool
    /// Whether they count what happened, so that a later count is not smaller: *were hurt*, and not *have 80 members*.
    var isToll = false
    /// Whether they count people to whom the same was done: *killed*, *deaths*.
    var isOfPeople = false
    /// Whether one is more than three times the other.
    var isWide = false
    /// Whether they plainly count one thing: the noun and what is said of it are the same, or nearly the same long number is
    /// given.
    var isSure = false
    /// Whether they differ by less than one in a hundred.
    var isNear = false

    /// A conflict of these figures.
    init(_ figure: String, _ rival: String, label: String, grows: Bool) {
        self.figure = figure
        self.rival = rival
        self.label = label
        self.grows = grows
    }

    /// The conflict of two figures.
    init(_ figure: Figure, _ rival: Figure) {
        self.init(
            figure.text, rival.text, label: figure.label.isEmpty ? rival.label : figure.label,
            grows: rival.exceeds(figure))
        isToll = figure.unit.isEmpty && figure.sharesEvent(with: rival) && (figure.noun != 0 || figure.isToll)
        isWide = max(figure.number, rival.number) > 3 * min(figure.number, rival.number)
        isOfPeople = figure.isToll && rival.isToll && figure.sharesEvent(with: rival)
        isNear = figure.isNear(rival)
        isSure = figure.isSurely(countedBy: rival)
    }

    /// The same, seen from the second statement.
    var mirrored: FigureConflict { FigureConflict(rival, figure, label: label, grows: !grows) }

    static func == (a: Self, b: Self) -> Bool {
        a.figure == b.figure && a.rival == b.rival && a.label == b.label && a.grows == b.grows
    }
}

/// The figures of two statements beside each other.
struct FigureComparison {
    /// The figures that count one thing and exclude each other, of several the closest; nil when there are none or others
    /// agree.
    var conflict: FigureConflict?
    /// Whether distinctive figures for one thing agree.
    var agree = false
    /// Whether both give one number in one unit, or one that both can mean.
    var anyEqual = false
    /// Whether both give one number of one noun, of which they say the same.
    var sameCount = false
    /// Whether one such number is larger than two texts give by chance.
    var sameLargeCount = false
    /// The figures in one unit or with one noun, of several the closest, where none of these agree: two things of one kind,
    /// as a rule.
    var difference: FigureConflict?

    private static let chance = 12.0

    init(_ a: [Figure], _ b: [Figure]) {
        guard !a.isEmpty, !b.isEmpty else { return }
        var found = Agreement()
        for one in a.indices {
            for two in b.indices where a[one].unit == b[two].unit { compare(a[one], b[two], (one, two), &found) }
        }
        // what is told of a conflict is put together once, of those that are told
        if !found.any, !agree, let (one, two) = found.nearest { conflict = FigureConflict(a[one], b[two]) }
        if !found.ofOneKind, !agree, let (one, two) = found.nearestOfKind {
            difference = FigureConflict(a[one], b[two])
        }
    }

    /// What is known of the pairs that were looked at.
    private struct Agreement {
        /// Whether figures that count one thing may be the same.
        var any = false
        /// Whether figures in one unit or with one noun may be the same.
        var ofOneKind = false
        /// The closest figures that exclude each other, and those of one kind, by their places, and by how much they differ.
        var nearest: (Int, Int)?
        var nearestOfKind: (Int, Int)?
        var distance = Double.infinity
        var distanceOfKind = Double.infinity
    }

    private mutating func compare(
        _ figure: Figure, _ rival: Figure, _ places: (Int, Int), _ found: inout Agreement
    ) {
        let isEqual = figure.number == rival.number
        let isCompatible = figure.isCompatible(with: rival)
        if isEqual, figure.isDistinctive { agree = true }
        if isEqual || isCompatible { anyEqual = true }
        let isSameKind = !figure.unit.isEmpty || figure.noun != 0 && figure.noun == rival.noun
        let countsSame = figure.counts(sameAs: rival)
        guard isSameKind || countsSame else { return }
        let distance = abs(figure.number - rival.number)
        if isSameKind {
            if isCompatible {
                found.ofOneKind = true
            } else if found.nearestOfKind == nil || distance < found.distanceOfKind {
                found.distanceOfKind = distance
                found.nearestOfKind = places
            }
        }
        guard countsSame else { return }
        if isCompatible {
            found.any = true
            if isEqual, figure.number > 2, figure.noun != 0, figure.noun == rival.noun,
                figure.sharesEvent(with: rival)
                    || figure.number >= 100 && (figure.event.isEmpty || rival.event.isEmpty)
            {
                sameCount = true
                if figure.number > Self.chance { sameLargeCount = true }
            }
        } else if found.nearest == nil || distance < found.distance, !figure.isFar(from: rival) {
            found.distance = distance
            found.nearest = places
        }
    }
}
