import Text

/// "wanted to know", which asks what is quoted beside it.
extension Reading {
    /// Whether the word is a form of "want" that tells of somebody.
    func wants(_ index: Int) -> Bool { Self.wanting.contains(words[index].key) }

    /// Whether "wanted to know" begins at `index`.
    func wantsToKnow(_ index: Int) -> Bool {
        wants(index) && index + 2 < words.count && words[index + 1].key == Self.to && words[index + 2].key == Self.know
    }

    private static let wanting = Set(["wanted", "wants"].map { Folding.key($0) })
    private static let to = Folding.key("to")
    private static let know = Folding.key("know")
}
