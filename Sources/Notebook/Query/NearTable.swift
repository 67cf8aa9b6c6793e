import GRDB
import Model
import Results

/// Advice on a query that names a table, a column or a function that does not exist.
enum NearTable {
    /// `problem` with its place in the query, and with the name that was probably meant.
    ///
    /// `known` has the advice that was given before, by the message: many cells may have one mistake.
    static func advise(
        _ problem: QueryProblem, on sql: String, in db: Database, _ interface: ResultsInterface,
        queries: [String] = [], known: inout [String: String?]
    ) -> QueryProblem {
        var problem = problem
        let parts = problem.message.split(separator: ": ", maxSplits: 1).map(String.init)
        guard problem.hint == nil, parts.count == 2 else { return problem }
        let name = parts[1].split(separator: ".").last.map(String.init) ?? parts[1]
        problem.offset = problem.offset ?? sql.offset(of: name)
        if parts[0] == "no such column", isInDoubleQuotes(name, at: problem.offset, in: sql) {
            problem.hint = "A text stands in single quotes: '\(name)'. Double quotes are for names of columns."
            return problem
        }
        if parts[0] == "ambiguous column name" {
            problem.hint = "Several tables of the query have it: write that of one, such as 'documents.\(name)'."
            return problem
        }
        if let hint = known[problem.message] {
            problem.hint = hint
            return problem
        }
        let names: [String]? =
            switch parts[0] {
            case "no such table": interface.tables.union(queries).sorted()
            case "no such column":
                try? String.fetchAll(
                    db,
                    sql: """
                        select distinct c.name from sqlite_schema s join pragma_table_info(s.name) c
                            where s.type in ('table', 'view') and lower(s.name) in (select value from json_each(?))
                        """,
                    arguments: ["[" + interface.tables.sorted().map { "\"\($0)\"" }.joined(separator: ",") + "]"])
            case "no such function":
                try? String.fetchAll(
                    db, sql: "select distinct name from pragma_function_list where name not like '%\\_%' escape '\\'")
            default: nil
            }
        problem.hint = names.flatMap { NearName.hint(name, among: $0) }
        known[problem.message] = .some(problem.hint)
        return problem
    }

    /// Whether the query has the name at `offset` between double quotes.
    private static func isInDoubleQuotes(_ name: String, at offset: Int?, in sql: String) -> Bool {
        guard let offset else { return sql.contains("\"\(name)\"") }
        let bytes = Array(sql.utf8)
        let quote = UInt8(ascii: "\"")
        return bytes.indices.contains(offset) && bytes[offset] == quote
            || offset > 0 && bytes[offset - 1] == quote
    }
}
