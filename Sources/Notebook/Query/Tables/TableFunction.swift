import Results
import Words

/// A value in a row of a ``TableFunction``.
enum TableValue: Sendable {
    case plain(ResultsValue)
    /// What the SQL aggregate `evidence` gave in another query.
    case evidence(EvidenceSet)
}

/// A table that is a function of its arguments, such as `occurrences('wall*')`: SQL reads it like any other.
struct TableFunction: Sendable {
    /// The name in SQL.
    let name: String
    /// The columns that it has. Behind them a row may have values of the arguments: what one that was left out stands for.
    let columns: [String]
    /// The arguments by name; those from ``required`` on may be left out.
    let parameters: [TableParameter]
    let required: Int
    /// The tables of the results that its rows follow from: a cell is asked again when one of these has moved.
    let reads: Set<String>
    /// The columns that take long to make: they may be null in a query that does not name any of them.
    let costly: Range<Int>
    private let made: @Sendable (TableArguments, WordSource) throws -> AnyIterator<Result<[TableValue], any Error>>

    /// One whose rows are made as they are read.
    init(
        _ name: String, columns: [String], parameters: [TableParameter], required: Int, reads: Set<String> = [],
        costly: Range<Int> = 0..<0,
        rows: @escaping @Sendable (TableArguments, WordSource) throws -> AnyIterator<Result<[ResultsValue], any Error>>
    ) {
        self.name = name
        self.columns = columns
        self.parameters = parameters
        self.required = required
        self.reads = Self.texts.union(reads)
        self.costly = costly
        made = { values, source in
            let rows = try rows(values, source)
            return AnyIterator { rows.next().map { $0.map { $0.map(TableValue.plain) } } }
        }
    }

    /// One whose rows are made all at once.
    init(
        _ name: String, columns: [String], parameters: [TableParameter], required: Int, reads: Set<String> = [],
        list: @escaping @Sendable (TableArguments, WordSource) throws -> [[ResultsValue]]
    ) {
        self.init(name, columns: columns, parameters: parameters, required: required, reads: reads) { values, source in
            var rows = try list(values, source).makeIterator()
            return AnyIterator { rows.next().map { .success($0) } }
        }
    }

    /// One whose rows are made a step at a time, as they are read.
    init<Step>(
        _ name: String, columns: [String], parameters: [TableParameter], required: Int, reads: Set<String> = [],
        steps:
            @escaping @Sendable (TableArguments, WordSource) throws -> (
                [Step], (Step) throws -> [[ResultsValue]]
            )
    ) {
        self.init(name, columns: columns, parameters: parameters, required: required, reads: reads) { values, source in
            let (all, rows) = try steps(values, source)
            var steps = all.makeIterator()
            var made: IndexingIterator<[[ResultsValue]]>?
            return AnyIterator<Result<[ResultsValue], any Error>> {
                while true {
                    if let row = made?.next() { return .success(row) }
                    guard let step = steps.next() else { return nil }
                    do { made = try rows(step).makeIterator() } catch { return .failure(error) }
                }
            }
        }
    }

    /// One without arguments, whose rows are no words of the corpus but tell of variants.
    init(_ name: String, columns: [String], rows: @escaping @Sendable () throws -> [[ResultsValue]]) {
        self.init(name, columns: columns, values: { try rows().map { $0.map(TableValue.plain) } })
    }

    /// The same, with evidence among its values.
    init(_ name: String, columns: [String], values: @escaping @Sendable () throws -> [[TableValue]]) {
        self.name = name
        self.columns = columns
        parameters = []
        required = 0
        reads = [VariantSource.mark]
        costly = 0..<0
        made = { _, _ in
            var rows = try values().makeIterator()
            return AnyIterator { rows.next().map { .success($0) } }
        }
    }

    /// The rows for `values`, of which those that were left out are null.
    func rows(
        _ values: [ResultsValue], usesCostly: Bool, _ source: WordSource
    ) throws -> AnyIterator<Result<[TableValue], any Error>> {
        try made(TableArguments(values, of: self, usesCostly: usesCostly), source)
    }

    /// What every one of them reads.
    private static let texts: Set<String> = Set(
        ["title", "date", "publisher", "author", "language", "words", "sentences"].flatMap {
            TableMarks.names(reading: $0, of: "_document_rows")
        }
    ).union(["_document_texts", "_document_words", "_metadata_rows", "_paths"])

    /// The statement that tells SQLite the columns.
    var declaration: String {
        let shown = columns.map { "\"\($0.replacing("\"", with: "\"\""))\"" }
        return "create table x(\((shown + parameters.map { "\"\($0.name)\" hidden" }).joined(separator: ", ")))"
    }
}
