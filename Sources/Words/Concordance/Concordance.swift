/// Every place of a pattern in the documents of a results database, counted, and some of them with their context.
package struct Concordance: Sendable {
    /// What is asked for.
    package struct Request: Sendable {
        package var pattern: WordPattern
        package var folding = SearchFolding.folded
        package var filter = DocumentFilter()
        /// The metadata by which lines are grouped.
        package var group: String?
        /// In the order of importance; without any, lines stand in the order of the documents.
        package var sort: [SortKey] = []
        /// How many words of context stand on each side.
        package var window = 8
        /// How many lines are given at most, of each group where there are groups; nil for all.
        package var limit: Int?

        /// A request for `pattern` as it is written.
        package init(_ pattern: WordPattern) { self.pattern = pattern }
    }

    /// The lines of one value of the metadata.
    package struct Group: Sendable {
        /// The value; empty for documents without one. Nil where lines are not grouped.
        package let name: String?
        /// How many places there are.
        package var occurrences = 0
        /// In how many documents they are.
        package var documents = 0
        /// How many words the documents of the group have, those without a place among them.
        package var words = 0
        /// As many as were asked for.
        package var lines: [ConcordanceLine] = []
    }

    /// In order of their names; one where lines are not grouped. Groups without a place are left out.
    package let groups: [Group]
    /// How many places there are in all, and in how many documents.
    package let occurrences: Int
    package let documents: Int
    /// How many documents were looked at, and how many words they have.
    package let documentsSearched: Int
    package let wordsSearched: Int
    /// Whom a name means.
    package let entities: [NamedEntity]

    /// How often the pattern occurs in a million words.
    package static func perMillion(_ occurrences: Int, of words: Int) -> Double {
        words == 0 ? 0 : 1e6 * Double(occurrences) / Double(words)
    }

    /// Looks through the documents.
    package init(_ request: Request, in source: WordSource) throws {
        var search = try ConcordanceSearch(request, in: source)
        try search.run()
        entities = search.entities
        documentsSearched = search.documentsSearched
        wordsSearched = search.groups.reduce(0) { $0 + $1.words }
        groups = try search.finishedGroups()
        occurrences = groups.reduce(0) { $0 + $1.occurrences }
        documents = groups.reduce(0) { $0 + $1.documents }
    }
}
