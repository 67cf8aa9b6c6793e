/// The figures of statements that are compared with several others: each list is read once.
final class FigureLists {
    private var known: [UnsafeRawPointer: [Figure]] = [:]

    /// The figures of a statement.
    subscript(statement: StatementView) -> [Figure] {
        if let figures = known[statement.identity] { return figures }
        let figures = statement.figures
        known[statement.identity] = figures
        return figures
    }
}
