import StageKit

/// Gathers the entries that a document adds to the tables of statistics.
struct Counts {
    private var builder = SummaryBuilder()

    /// The sum of all that was added.
    var summary: Summary { builder.summary() }

    /// Adds `measures` to the row of `table` with the key `columns`.
    mutating func add(_ table: StatisticsTable, _ columns: String..., measures: [(Measure, Int)]) {
        let key = FoldKey(parts: [table.name] + columns)
        for (measure, count) in measures { add(key.bytes, measure, count) }
    }

    /// Adds `count` to one measure of the row whose key has the bytes `key`; 0 takes no room.
    mutating func add(_ key: [UInt8], _ measure: Measure, _ count: Int) {
        if count != 0 { builder.add(key, measure.element, count) }
    }

    /// Adds what a document has in the month of its publication.
    mutating func addTimeline(_ setting: Setting, series: String, name: String, occurrences: Int) {
        add(.timeline, setting.month, series, name, measures: [(.documents, 1), (.occurrences, occurrences)])
    }
}

/// A column of counts of a ``StatisticsTable``.
struct Measure {
    /// The element of a fold's row.
    let element: [UInt8]

    /// The column `name`.
    init(_ name: String) { element = Array(name.utf8) }

    static let documents = Measure("documents")
    static let repeats = Measure("repeats")
    static let sentences = Measure("sentences")
    static let words = Measure("words")
    static let types = Measure("types")
    static let letters = Measure("letters")
    static let syllables = Measure("syllables")
    static let longWords = Measure("long_words")
    static let occurrences = Measure("occurrences")
    static let slots = Measure("slots")
    static let together = Measure("together")
    static let mentions = Measure("mentions")
    static let claims = Measure("claims")
    static let negated = Measure("negated")
}
