import Digests
import Results
import StageKit
import Words

/// Asks the results of every variant. A connection is opened when it is first needed.
///
/// Not checked by the compiler, because it is handed to tables of SQLite: it belongs to the one task that renders a report.
final class VariantSource: @unchecked Sendable {
    private let variants: [ReportVariant]
    private let base: ResultsDatabase
    private var connections: [Int: ReportConnection] = [:]
    private var changed: [[ResultsValue]]?
    /// By name of a query that others read, its rows.
    private var named: [String: [[TableValue]]] = [:]

    /// The name under which cells that ask variants are marked.
    static let mark = "variants"
    /// The column that tells the rows of variants apart.
    static let column = "variant"

    /// `base` are the results of the pipeline as it is written.
    init(_ variants: [ReportVariant], beside base: ResultsDatabase) {
        self.variants = variants
        self.base = base
    }

    var isEmpty: Bool { variants.isEmpty }
    var names: [String] { variants.map(\.name) }

    /// The rows of `sql` over each variant, with its name in front; at most `limit` of each.
    func run(
        _ sql: String, queries: NamedQueries, row: [(name: String, value: OptionValue)] = [], limit: Int
    ) throws(QueryProblem) -> QueryResult {
        var all: QueryResult?
        for (number, variant) in variants.enumerated() {
            let parameters = Parameters(variant.parameters).with(row)
            let runner = QueryRunner(try connection(number), parameters: parameters, queries: queries)
            let result = try runner.run(sql, limit: limit)
            var sum = all ?? QueryResult(columns: [Self.column] + result.columns)
            sum.rows += result.rows.map { [.text(variant.name)] + $0 }
            sum.further += result.further
            all = sum
        }
        var result = all ?? QueryResult(columns: [Self.column])
        result.tables = [Self.mark]
        return result
    }

    /// A named query over variants as a table with these columns. Its rows are asked for once, when they are first read.
    func table(_ name: String, _ sql: String, columns: [String], queries: NamedQueries) -> TableFunction {
        TableFunction(
            name.lowercased(), columns: [Self.column] + columns,
            values: {
                if let known = self.named[name] { return known }
                do {
                    let result = try self.run(sql, queries: queries, limit: VariantTables.most)
                    guard result.further == 0 else {
                        throw WordReadingError(
                            message: "the query '\(name)' gives more than \(VariantTables.most) rows of a variant")
                    }
                    let rows = try result.rows.map { try $0.map(VariantTables.value) }
                    self.named[name] = rows
                    return rows
                } catch let problem as QueryProblem {
                    throw WordReadingError(message: "the query '\(name)': \(problem.message)")
                }
            })
    }

    /// The passage of an id in the first variant that has it.
    func passage(_ id: String) throws -> Passage? {
        for number in variants.indices {
            if let passage = try PassageReader(connection(number)).passage(id) { return passage }
        }
        return nil
    }

    private func connection(_ number: Int) throws(QueryProblem) -> ReportConnection {
        if let known = connections[number] { return known }
        do {
            let made = try ReportConnection(variants[number].results)
            try made.add(VariantTables.all(of: nil))
            connections[number] = made
            return made
        } catch {
            throw QueryProblem("the results of the variant '\(variants[number].name)' can't be read: \(error)")
        }
    }

    /// What all that is asked of variants depends on: the moment at which the results of each were written last.
    func digest() -> ContentDigest {
        var key = KeyFields()
        for (number, variant) in variants.enumerated() {
            key.add("variant", variant.name)
            for setting in variant.settings { key.add("set", setting) }
            let moment = try? connection(number).read { try TableMarks($0).now }
            key.add("moment", moment ?? [])
        }
        return ContentDigest(of: key.encoded)
    }

    /// The variants in their order.
    var list: [[ResultsValue]] {
        variants.enumerated().map { n, variant in
            [
                .text(variant.name), .integer(Int64(n + 1)), .text(variant.settings.joined(separator: ", ")),
                .integer(variant.isAsWritten ? 1 : 0),
            ]
        }
    }

    /// What each variant sets.
    var settings: [[ResultsValue]] {
        variants.flatMap { variant in
            variant.settings.map { setting in
                let name = setting.prefix { $0 != "=" }
                let value = String(setting.dropFirst(name.count + 1))
                return [
                    .text(variant.name), .text(String(name)),
                    Int64(value).map { .integer($0) } ?? Double(value).map { .real($0) } ?? .text(value),
                ]
            }
        }
    }

    /// How the results of each variant differ from those of the pipeline as it is written. They are compared once.
    func changes() throws -> [[ResultsValue]] {
        if let changed { return changed }
        var rows: [[ResultsValue]] = []
        for variant in variants where variant.results.path != base.path {
            let found = try ResultsComparison(from: base.path, to: variant.results.path)
            rows += found.changes.map { change in
                [
                    .text(variant.name), .text(change.subject), .text(change.kind.rawValue), .text(change.id),
                    .text(change.name), change.document.map { .text($0) } ?? .null,
                    change.fields.isEmpty ? .null : .text(change.detail),
                ]
            }
            rows += found.tables.map { table in
                [
                    .text(variant.name), .text("table"), .text("different"), .text(table.name), .text(table.name),
                    .null, .text("rows \(table.old) → \(table.new)"),
                ]
            }
        }
        changed = rows
        return rows
    }
}
