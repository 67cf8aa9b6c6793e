import StageKit

extension StatisticsTable {
    /// The table as it is stored.
    var shape: TableShape {
        TableShape(
            name, summary,
            (key.map { "\($0.name) TEXT" } + measures.map { "\($0.name) INTEGER" }).joined(separator: ", "),
            key: key.map(\.name).joined(separator: ", "))
    }
}
