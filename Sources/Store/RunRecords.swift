internal import GRDB
import Text

extension ResultStore {
    /// Adds the record of a run, and gives its number.
    package func append(run record: String, of pipeline: String) throws(StoreProblem) -> Int {
        try access(write: true) { db in
            let number = (try Int.fetchOne(db, sql: "SELECT max(id) FROM runs") ?? 0) + 1
            try db.execute(
                sql: "INSERT INTO runs(id, pipeline, record, seal) VALUES (?, ?, ?, ?)",
                arguments: [number, pipeline, record, Self.seal(record, number: number, of: pipeline)])
            return number
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
                } else {
                    reportDamage("the record of run \(row[0] as Int? ?? 0) was damaged and is left out")
                }
            }
            return runs
        }
    }

    /// Puts the records of one pipeline under another name.
    package func rename(runsOf old: String, to new: String) throws(StoreProblem) {
        try access(write: true) { db in
            for row in try Row.fetchAll(
                db, sql: "SELECT id, pipeline, record, seal FROM runs WHERE pipeline = ?", arguments: [old])
            where Self.isSound(run: row) {
                let (number, record) = (row[0] as Int? ?? 0, row[2] as String? ?? "")
                try db.execute(
                    sql: "UPDATE runs SET pipeline = ?, seal = ? WHERE id = ?",
                    arguments: [new, Self.seal(record, number: number, of: new), number])
            }
        }
    }

    /// Whether a row of `runs` (number, pipeline, record, seal) is as it was written.
    static func isSound(run row: Row) -> Bool {
        guard let number = row[0] as Int?, let pipeline = row[1] as String?, let record = row[2] as String? else {
            return false
        }
        return row[3] as Int? == seal(record, number: number, of: pipeline)
    }

    private static func seal(_ record: String, number: Int, of pipeline: String) -> Int {
        var hash = StableHash()
        hash.combine(UInt64(bitPattern: Int64(number)))
        hash.combine(pipeline.utf8)
        hash.combine(UInt8(0))
        hash.combine(record.utf8)
        return Int(Int64(bitPattern: hash.value))
    }
}
