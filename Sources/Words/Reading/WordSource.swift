import GRDBSQLite
package import Results

/// A connection to a results database from which words are read. It asks SQLite itself, so that a table that is a function
/// of its arguments can use it while a query is on its way.
package final class WordSource {
    private let database: OpaquePointer
    /// Called before and behind the making of a statement, by a guard that lets nothing else read these tables.
    package var isTrusted: ((Bool) -> Void)?
    /// Told how many bytes of text were gone over; throws where it was enough.
    package var charge: ((Int) throws -> Void)?

    /// A source on an open connection, which has to outlive it.
    package init(_ database: OpaquePointer) { self.database = database }

    /// The rows of `sql` with `arguments` for its `?`.
    package func rows(_ sql: String, _ arguments: [String] = []) throws -> [[ResultsValue]] {
        let statement = try WordStatement(sql, arguments, on: self)
        var rows: [[ResultsValue]] = []
        while try statement.step() { rows.append((0..<statement.columns).map { statement.value($0) }) }
        return rows
    }

    /// The documents that may have all words with these hashes, in order. What tells it is read once: it is small.
    func documents(holding hashes: [UInt64]) throws -> [Int] {
        if marks == nil { marks = try readMarks() }
        let pool = pool
        return (marks ?? []).filter { entry in hashes.allSatisfy { WordMarks.mayHold($0, pool[entry.range]) } }
            .map(\.document)
    }

    /// The documents of a publisher, in order; an empty one stands for none.
    func documents(of publisher: String) throws -> [Int] {
        if let known = published[publisher] { return known }
        let found = try rows("select d from _document_rows where publisher is nullif(?, '') order by d", [publisher])
            .compactMap(\.[0].integer)
        published[publisher] = found
        return found
    }

    private var published: [String: [Int]] = [:]
    private var marks: [(document: Int, range: Range<Int>)]?
    private var pool: [UInt8] = []

    private func readMarks() throws -> [(document: Int, range: Range<Int>)] {
        let statement = try WordStatement("select d, marks from _document_words order by d", on: self)
        var entries: [(document: Int, range: Range<Int>)] = []
        while try statement.step() {
            let start = pool.count
            pool.append(contentsOf: statement.bytes(1))
            entries.append((statement.value(0).integer ?? 0, start..<pool.count))
        }
        return entries
    }

    /// Makes a statement.
    fileprivate func prepare(_ sql: String) throws -> OpaquePointer {
        isTrusted?(true)
        defer { isTrusted?(false) }
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw failure }
        return statement
    }

    fileprivate var failure: WordReadingError { WordReadingError(message: String(cString: sqlite3_errmsg(database))) }
}

/// The results can't be read.
package struct WordReadingError: Error {
    /// Lower case, no full stop.
    package let message: String

    package init(message: String) { self.message = message }
}

/// A statement that reads, gone with the value.
final class WordStatement {
    private let source: WordSource
    private let statement: OpaquePointer

    init(_ sql: String, _ arguments: [String] = [], on source: WordSource) throws {
        self.source = source
        statement = try source.prepare(sql)
        for (k, argument) in arguments.enumerated() {
            let bytes = Array(argument.utf8).map(CChar.init(bitPattern:))
            sqlite3_bind_text(
                statement, Int32(k + 1), bytes, Int32(clamping: bytes.count),
                unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }

    deinit { sqlite3_finalize(statement) }

    /// Begins again with `number` for the first `?`.
    func restart(_ number: Int) {
        sqlite3_reset(statement)
        sqlite3_bind_int64(statement, 1, Int64(number))
    }

    var columns: Int { Int(sqlite3_column_count(statement)) }

    /// Goes to the next row; false behind the last.
    func step() throws -> Bool {
        // SQLite makes a statement again when that may be faster with the values that it was given
        source.isTrusted?(true)
        defer { source.isTrusted?(false) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw source.failure
        }
    }

    func value(_ column: Int) -> ResultsValue {
        switch sqlite3_column_type(statement, Int32(column)) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, Int32(column)))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement, Int32(column)))
        case SQLITE_NULL: .null
        default: .text(String(decoding: bytes(column), as: UTF8.self))
        }
    }

    /// The bytes of a text or of other bytes, which stay until the next step.
    func bytes(_ column: Int) -> UnsafeRawBufferPointer {
        let address = sqlite3_column_blob(statement, Int32(column))
        return UnsafeRawBufferPointer(start: address, count: Int(sqlite3_column_bytes(statement, Int32(column))))
    }
}
