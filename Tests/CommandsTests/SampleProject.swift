import Foundation
import GRDB
import Store
import TestSupport
import Testing

@testable import Commands

/// A project with a few invented documents, on which commands run as they do for a user.
struct SampleProject {
    let folder: TemporaryProject

    /// Three documents that speak of one union, and one that does not.
    static let documents = [
        "corpus/courier/strike.txt": """
        Dockers walk out

        The Northern Harbour Union (NHU) said on Friday that 40 dockers had walked out. "We were not asked," said Petra \
        Holm, who leads the union. The harbour office denied that the pay had been cut.
        """,
        "corpus/courier/talks.txt": """
        Talks begin

        The NHU said that the talks had failed. Petra Holm said that 25 dockers would stay at home.
        """,
        "corpus/wire/budget.txt": """
        Council passes budget

        Mayor Tom Reed said the budget was sound. According to the auditor, 3 million crowns were missing.
        """,
        "corpus/wire/weather.txt": """
        Storm on Monday

        The weather service warned of a storm. Boats were told to stay in the harbour.
        """,
    ]

    static let pipeline = """
        title: A sample
        corpus:
          include: corpus/**/*.{txt,md,html}
        stages:
          - uses: clean
          - uses: segment
          - uses: tag-entities
          - uses: link-claims
          - uses: summarize-statistics

        """

    init(_ documents: [String: String] = Self.documents, pipeline: String = Self.pipeline) throws {
        folder = try TemporaryProject(documents)
        try folder.write(pipeline, to: "pipelines/sample.yaml")
    }

    var pipelinePath: String { folder.path("pipelines/sample.yaml") }

    /// Runs the pipeline and gives the exit code.
    @discardableResult
    func run(_ arguments: String...) async -> Int32 {
        await Colophon.run(["run", pipelinePath, "--quiet"] + arguments)
    }

    /// The records of the runs that changed something, the newest first.
    func records(of outputs: String = "sample") throws -> [RunRecord] {
        try ResultStore(folder: folder.path(".colophon")).runs(of: outputs, limit: 100).compactMap {
            RunRecord(json: $0.record, number: $0.number)
        }
    }

    /// The record of the last run that changed something.
    func record() throws -> RunRecord { try #require(try records().first) }

    /// Every file that a run writes and that is committed, by its path: the report with what belongs to it, and the lock.
    func outputs() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in FileManager.default.enumerator(atPath: folder.path("outputs"))?.compactMap({ $0 as? String }) ?? []
        {
            let path = "outputs/\(name)"
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder.path(path), isDirectory: &isFolder)
            if !isFolder.boolValue, !name.contains(".sqlite") { files[path] = try folder.bytes(of: path) }
        }
        files["pipelines/sample.lock"] = try folder.bytes(of: "pipelines/sample.lock")
        return files
    }

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

    /// The same files in a folder of its own, where nothing was ever run.
    func fresh() throws -> SampleProject {
        var files: [String: [UInt8]] = [:]
        for name in FileManager.default.enumerator(atPath: folder.path())?.compactMap({ $0 as? String }) ?? []
        where !name.hasPrefix(".colophon") && !name.hasPrefix("outputs") && !name.hasSuffix(".lock") {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder.path(name), isDirectory: &isFolder)
            if !isFolder.boolValue { files[name] = try folder.bytes(of: name) }
        }
        return SampleProject(folder: try TemporaryProject(bytes: files))
    }

    private init(folder: TemporaryProject) { self.folder = folder }
}

extension RunRecord {
    /// The documents over which a step ran, in order.
    func documents(_ step: String) -> [String] {
        steps.filter { $0.step == step }.flatMap { $0.causes.flatMap(\.documents) }.sorted()
    }

    /// The names of the steps that ran over something.
    var stepsThatRan: [String] { steps.filter { $0.ran > 0 }.map(\.step).sorted() }
}
