/// Figures of two claims that count the same and can't both be right.
struct FigureConflict: Equatable {
    /// `figures differ: at least 50 / 44 killed`.
    var reason: String

    /// The first conflict among the figures; nil when none counts the same or all may be one number.
    init?(_ a: [Figure], _ b: [Figure]) {
        for figure in a {
            let rivals = b.filter(figure.counts(sameAs:))
            guard let rival = rivals.first, !rivals.contains(where: figure.isCompatible(with:)) else { continue }
            let label = figure.label.isEmpty ? rival.label : figure.label
            reason = "figures differ: \(figure.text) / \(rival.text)" + (label.isEmpty ? "" : " " + label)
            return
        }
        return nil
    }
}
