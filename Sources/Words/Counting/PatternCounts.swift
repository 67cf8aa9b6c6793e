/// How often a pattern occurs in each part of a corpus, those without a place among them.
package struct PatternCounts {
    /// The counts of a part.
    package struct Row: Sendable {
        /// The value of the metadata; empty for documents without one.
        package let part: String
        /// How many places there are, and in how many documents.
        package fileprivate(set) var occurrences = 0
        package fileprivate(set) var documents = 0
        /// How many words and documents the part has.
        package fileprivate(set) var words = 0
        package fileprivate(set) var partDocuments = 0
    }

    /// In order of the parts' names.
    package let rows: [Row]

    /// Counts the places in the parts that `grouping` makes; without one in the whole corpus.
    package init(of places: inout PlaceFinder, by grouping: String?, in source: WordSource) throws {
        let column = try grouping.map { try MetadataColumn($0, in: source) }
        let reader = try WordReader(
            source, columns: column.map { ["coalesce(\($0.sql), '')"] } ?? [], arguments: column?.arguments ?? [])
        var rows: [String: Row] = [:]
        while try reader.next() {
            let part = column == nil ? "" : reader.value(0) ?? ""
            let found = try places.places(in: reader.document).count
            var row = rows[part] ?? Row(part: part)
            row.occurrences += found
            row.documents += found > 0 ? 1 : 0
            row.words += reader.document.count
            row.partDocuments += 1
            rows[part] = row
        }
        self.rows = rows.values.sorted { $0.part.utf8.lexicographicallyPrecedes($1.part.utf8) }
    }
}
