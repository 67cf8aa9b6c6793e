import GRDB
import Model

/// Advice on a query that names a table or a column that does not exist.
enum NearTable {
    /// `problem` with the name that was probably meant.
    static func advise(_ problem: QueryProblem, in db: Database) -> QueryProblem {
        var problem = problem
        let parts = problem.message.split(separator: ": ", maxSplits: 1).map(String.init)
        guard problem.hint == nil, parts.count == 2 else { return problem }
        let name = parts[1].split(separator: ".").last.map(String.init) ?? parts[1]
        let sql: String? =
            switch parts[0] {
            case "no such table": "select name from sqlite_schema where type in ('table', 'view')"
            case "no such column":
                """
                select distinct c.name from sqlite_schema s join pragma_table_info(s.name) c
                    where s.type in ('table', 'view')
                """
            default: nil
            }
        guard let sql, let names = try? String.fetchAll(db, sql: sql) else { return problem }
        problem.hint = NearName.hint(name, among: names)
        return problem
    }
}
