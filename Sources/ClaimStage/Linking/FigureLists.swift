/// The figures of the members of a band, each of which is compared with several others: each list is read once.
final class FigureLists {
    private var known: [[Figure]?]

    /// Lists for so many members, of which none was read yet.
    init(of count: Int) { known = Array(repeating: nil, count: count) }

    /// The figures of a member.
    subscript(statement: StatementView) -> [Figure] {
        if let figures = known[statement.member] { return figures }
        let figures = statement.figures
        known[statement.member] = figures
        return figures
    }
}
