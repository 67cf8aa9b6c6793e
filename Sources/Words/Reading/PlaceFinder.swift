/// Finds a pattern in documents: words by what they are, names by where they are mentioned.
package struct PlaceFinder {
    /// Whom a name means.
    package let entities: [NamedEntity]
    private let mentions: [Int: [Range<Int>]]
    private var matcher: PatternMatcher?

    /// A finder for `pattern`.
    package init(_ pattern: WordPattern, folding: SearchFolding = .folded, in source: WordSource) throws {
        guard let name = pattern.name else {
            matcher = try PatternMatcher(pattern, folding: folding)
            (entities, mentions) = ([], [:])
            return
        }
        entities = try NamedEntity.all(named: name, in: source)
        mentions = try NamedEntity.mentions(of: entities, in: source)
    }

    /// The places in a document, each as the range of its words, from left to right.
    package mutating func places(in document: WordDocument) throws -> [Range<Int>] {
        if matcher != nil { return try matcher?.places(in: document) ?? [] }
        return document.places(ofCodePoints: mentions[document.number] ?? [])
    }
}
