import Foundation
import GRDB
import StageKit
import Testing

@testable import Results

@Suite("Views of statistics give what their formulas say")
struct StatisticsViewTests {
    private struct Golden: Decodable {
        let tables: [String: [[String: Value]]]
        let names: [String: String]
        let views: [String: [[String: Value]]]
    }

    private enum Value: Decodable, Equatable {
        case text(String)
        case number(Double)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        var database: DatabaseValue {
            switch self {
            case .text(let text): text.databaseValue
            case .number(let number): Int64(exactly: number)?.databaseValue ?? number.databaseValue
            }
        }
    }

    private static let golden: Golden? = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/views.json")
        return (try? Data(contentsOf: path)).flatMap { try? JSONDecoder().decode(Golden.self, from: $0) }
    }()

    /// A database of the golden counts, with every view over them.
    private static func database(_ golden: Golden) throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.write { db in
            for table in StatisticsTable.all {
                let columns = table.key.map { "\"\($0.name)\" text" } + table.measures.map { "\"\($0.name)\" integer" }
                try db.execute(sql: "create table \(table.name) (\(columns.joined(separator: ", ")))")
                for row in golden.tables[table.name] ?? [] {
                    let names = row.keys.sorted()
                    try db.execute(
                        sql:
                            "insert into \(table.name) (\(names.map { "\"\($0)\"" }.joined(separator: ", "))) values (\(names.map { _ in "?" }.joined(separator: ", ")))",
                        arguments: StatementArguments(names.map { row[$0]?.database ?? .null }))
                }
            }
            try db.execute(sql: "create table entities (entity text, name text)")
            for (entity, name) in golden.names {
                try db.execute(sql: "insert into entities values (?, ?)", arguments: [entity, name])
            }
            for view in StatisticsView.all { try db.execute(sql: view.statement) }
        }
        return queue
    }

    @Test(
        "every value is that of the definition",
        arguments: ["terms", "keyness", "dispersion", "readability", "collocations", "cooccurrence"])
    func values(name: String) throws {
        let golden = try #require(Self.golden)
        let expected = try #require(golden.views[name])
        let view = try #require(StatisticsView.all.first { $0.name == name })
        let queue = try Self.database(golden)
        let rows = try queue.read { try Row.fetchAll($0, sql: "select * from \(name)") }
        #expect(rows.count == expected.count && !expected.isEmpty)
        let texts = Set(expected[0].filter { if case .text = $0.value { true } else { false } }.keys)
        for row in expected {
            let found = try #require(
                rows.first { candidate in
                    texts.allSatisfy { row[$0] == (candidate[$0] as String?).map { .text($0) } }
                }, "\(row)")
            #expect(Set(row.keys) == Set(view.columns.map(\.name)))
            for (column, value) in row {
                guard case .number(let number) = value else { continue }
                let made: Double = try #require(found[column])
                #expect(abs(made - number) <= 1e-9 * max(1, abs(number)), "\(column) of \(row): \(made)")
            }
        }
    }
}
