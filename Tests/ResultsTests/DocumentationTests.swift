import Foundation
import GRDB
import StageKit
import Testing

@testable import Results

/// `docs/results.md` against the declarations of the tables.
@Suite struct DocumentationTests {
    /// What a row of one of the page's tables says: the columns in order, and what a row is.
    private func described() throws -> [String: (summary: String, columns: [String])] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/results.md"), encoding: .utf8)
        var described: [String: (summary: String, columns: [String])] = [:]
        for line in page.components(separatedBy: "\n") where line.hasPrefix("| `") {
            let cells = line.components(separatedBy: " | ")
            guard cells.count > 2, let name = cells[0].firstMatch(of: /`(\w+)`/)?.output.1 else { continue }
            // What stands in brackets tells of a column.
            let columns = cells[2...].joined(separator: " | ").replacing(/\([^()]*\)/, with: "")
            let names = columns.matches(of: /`(\w+)`|\bplace\b/).flatMap { match in
                match.output.1.map { [String($0)] } ?? DocumentColumn.place.map(\.name)
            }
            described[String(name)] = (cells[1], names)
        }
        return described
    }

    @Test(
        "the documentation has every table with its columns and says what a row is",
        arguments: ResultsSchema.documented.map(\.name))
    func page(name: String) throws {
        let table = try #require(ResultsSchema.documented.first { $0.name == name })
        let described = try #require(try described()[name])
        #expect(described.columns == table.columns)
        #expect(described.summary.hasPrefix(table.summary))
    }

    @Test("what is not documented has a name that begins with _, and nothing else has")
    func inner() throws {
        try DatabaseQueue().inDatabase { db in
            try ResultsInterface.create(
                in: db, layers: ["hedges", "_own", "moved"], statistics: [StatisticsNamespace("wide")])
            let interface = try ResultsInterface(db)
            let all = try String.fetchSet(
                db, sql: "select name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite%'")
            #expect(all.filter { !$0.hasPrefix("_") } == Set(interface.names))
            #expect(interface.tables.isSuperset(of: ["hedges", "layer__own", "moved", "wide_terms"]))
        }
    }

    @Test("every table and view has the columns that it is declared with")
    func columns() throws {
        try DatabaseQueue().inDatabase { db in
            try ResultsFile.create(in: db)
            for table in ResultsSchema.documented {
                #expect(try db.columns(in: table.name).map(\.name) == table.columns, "\(table.name)")
            }
            let all = try String.fetchSet(
                db, sql: "select name from sqlite_schema where type = 'view' or name in ('about', 'digests')")
            #expect(all.isSubset(of: ResultsSchema.documented.map(\.name)))
        }
    }
}
