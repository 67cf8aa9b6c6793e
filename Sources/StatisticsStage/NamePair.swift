/// Two names that a sentence mentions, by their numbers: the smaller one first.
package struct NamePair: Hashable, Sendable {
    package let a, b: Int

    package init(_ one: Int, _ other: Int) {
        a = min(one, other)
        b = max(one, other)
    }

    /// Two mentions are together when fewer than this many stand between them in their sentence. The bound makes the
    /// work follow the length of the text even where a sentence is a list of a thousand names.
    private static let reach = 16

    /// The pairs among the mentions of a sentence, given by the numbers of their names in order of the text.
    package static func all(in mentions: [Int]) -> Set<NamePair> {
        var pairs: Set<NamePair> = []
        for (k, one) in mentions.enumerated() {
            for other in mentions[(k + 1)...].prefix(reach) where one != other { pairs.insert(NamePair(one, other)) }
        }
        return pairs
    }
}
