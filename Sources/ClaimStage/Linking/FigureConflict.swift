/// Figures of two claims that count the same and can't both be right.
struct FigureConflict: Equatable {
    /// The figure of the first claim, as it stands there.
    var figure: String
    /// That of the second.
    var rival: String
    /// What they count.
    var label: String

    /// The first conflict among the figures; nil when none counts the same or all may be one number.
    init?(_ a: [Figure], _ b: [Figure]) {
        guard !b.isEmpty else { return nil }
        for figure in a {
            var first: Figure?
            var agrees = false
            for rival in b where figure.counts(sameAs: rival) {
                if first == nil { first = rival }
                agrees = agrees || figure.isCompatible(with: rival)
            }
            guard let first, !agrees else { continue }
            self.init(figure.text, first.text, label: figure.label.isEmpty ? first.label : figure.label)
            return
        }
        return nil
    }

    /// A conflict of these figures.
    init(_ figure: String, _ rival: String, label: String) {
        self.figure = figure
        self.rival = rival
        self.label = label
    }
}
