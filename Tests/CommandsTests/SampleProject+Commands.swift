import GRDB
import Project
import Store
import TestSupport
import Testing

@testable import Commands

/// A project on which commands run as they do for a user.
extension SampleProject {
    /// Runs the pipeline and gives the exit code.
    @discardableResult
    func run(_ arguments: String...) async -> Int32 {
        await Colophon.run(["run", pipelinePath, "--quiet"] + arguments)
    }

    /// Consents to the pipeline's programs and gives the exit code.
    @discardableResult
    func trust() async -> Int32 { await Colophon.run(["trust", pipelinePath, "--yes"]) }

    /// The records of the runs that changed something, the newest first.
    func records(of outputs: String = "sample") throws -> [RunRecord] {
        try ResultStore(folder: folder.path(".colophon")).runs(of: outputs, limit: 100).compactMap {
            RunRecord(json: $0.record, number: $0.number)
        }
    }

    /// The record of the last run that changed something.
    func record() throws -> RunRecord { try #require(try records().first) }

    /// What a query of the results gives, each value as text.
    func query(_ sql: String) throws -> [[String]] {
        var configuration = Configuration()
        configuration.readonly = true
        let results = try DatabaseQueue(
            path: folder.path("outputs/sample/results.sqlite"), configuration: configuration)
        return try results.read { db in
            try Row.fetchAll(db, sql: sql).map { row in
                row.databaseValues.map { value in
                    value.isNull ? "" : String.fromDatabaseValue(value) ?? "\(value.storage.value ?? "")"
                }
            }
        }
    }

    /// Every text in every table of the results.
    func everything() throws -> String {
        try query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").flatMap { table in
            try query("SELECT * FROM \"\(table[0])\"").map { $0.joined(separator: "\t") }
        }.joined(separator: "\n")
    }
}

extension RunRecord {
    /// The documents over which a step ran, in order.
    func documents(_ step: String) -> [String] {
        steps.filter { $0.step == step }.flatMap { $0.causes.flatMap(\.documents) }.sorted()
    }

    /// The names of the steps that ran over something.
    var stepsThatRan: [String] { steps.filter { $0.ran > 0 }.map(\.step).sorted() }
}
