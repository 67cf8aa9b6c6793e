/// The steps whose outcome results show beside the layers of documents.
extension EntityDecision {
    /// The finish that decides which form of a name means which entity.
    public static let finish = "tag-entities.entities"
}

extension StatisticsTable {
    /// What the names of the folds begin with that fill ``all``.
    public static let foldPrefix = "summarize-statistics."
}
