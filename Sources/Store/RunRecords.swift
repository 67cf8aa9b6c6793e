internal import GRDB
import Text

extension ResultStore {
    /// Adds the record of a run, and gives its number.
    package func append(run record: String, of pipeline: String) throws(StoreProblem) -> Int {
        try access(write: true) { db in
            try db.execute(
                sql: "INSERT INTO runs(pipeline, record, seal) VALUES (?, ?, ?)",
                arguments: [pipeline, record, Self.seal(record, of: pipeline)])
            return Int(db.lastInsertedRowID)
        }
    }

    /// The records of the last runs, the newest first; of one pipeline, or of all. Damaged ones are left out.
    package func runs(of pipeline: String?, limit: Int) throws(StoreProblem) -> [(number: Int, record: String)] {
        try access { db in
            var runs: [(number: Int, record: String)] = []
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT id, pipeline, record, seal FROM runs WHERE pipeline = ?1 OR ?1 IS NULL ORDER BY id DESC",
                arguments: [pipeline])
            while runs.count < limit, let row = try rows.next() {
                if Self.isSound(run: row) {
                    runs.append((number: row[0] as Int? ?? 0, record: row[2] as String? ?? ""))
                }
            }
            return runs
        }
    }

    /// Whether a row of `runs` (number, pipeline, record, seal) is as it was written.
    static func isSound(run row: Row) -> Bool {
        guard let pipeline = row[1] as String?, let record = row[2] as String? else { return false }
        return row[3] as Int? == seal(record, of: pipeline)
    }

    private static func seal(_ record: String, of pipeline: String) -> Int {
        var hash = StableHash()
        hash.combine(pipeline.utf8)
        hash.combine(UInt8(0))
        hash.combine(record.utf8)
        return Int(Int64(bitPattern: hash.value))
    }
}
