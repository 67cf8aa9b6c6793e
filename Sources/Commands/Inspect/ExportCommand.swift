import ArgumentParser
import Engine
import Export
import Foundation
import Model
import Project
import Results
import StageKit
import Store
import Text

/// `colophon export`
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the results or the report in a format of other programs.",
        discussion: """
            Reads the results of the last run and writes them as files. The same results give the same bytes, except in \
            PDF and Word documents, which other programs write.

            \(ExportTarget.all.map { "  \($0.name.padding(toLength: 16, withPad: " ", startingAt: 0)) \($0.summary)" }.joined(separator: "\n"))

            Without --output the files go to outputs/<pipeline>/export/<format>/, which is replaced as a whole. A folder \
            that you name has to be new or empty, unless you give --force.

              colophon export pipelines/harbour.yaml --to csv
              colophon export pipelines/harbour.yaml --to csv --table claims --table claim_links
              colophon export pipelines/harbour.yaml --to conllu
              colophon export pipelines/harbour.yaml --to pdf
              colophon export pipelines/harbour.yaml --to brat --output ../brat/data/harbour
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Option(
        name: .customLong("to"), help: ArgumentHelp("The format.", valueName: "FORMAT"),
        completion: .list(ExportTarget.allValueStrings))
    var format: ExportTarget

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The folder to write to.", valueName: "FOLDER"), completion: .directory)
    var output: String?

    @Option(
        name: .customLong("table"), parsing: .singleValue,
        help: ArgumentHelp("Only this table (csv and jsonl). Can be repeated.", valueName: "TABLE"))
    var tables: [String] = []

    @Flag(help: "Write into a folder that has files already; files of the same names are replaced.")
    var force = false

    @Flag(name: .shortAndLong, help: "Print only errors.")
    var quiet = false

    func validate() throws {
        if !tables.isEmpty, !format.hasTables {
            throw ValidationError("'--table' goes with '--to csv' and '--to jsonl'; '\(format.name)' has no tables")
        }
    }

    func run() async throws {
        let analysis = try pipeline.analysis()
        let outputs = OutputFolder(analysis.outputFolder)
        // the lock would make the folder
        guard FileManager.default.fileExists(atPath: outputs.path(OutputFolder.results)) else {
            throw analysis.noResults
        }
        // a run that writes at the same time would give tables of two moments
        let lock = try await outputs.lock(with: nil, waiting: Terminal.waiting)
        defer { withExtendedLifetime(lock) {} }
        let results = try analysis.lastResults()
        try checkTables(in: results)
        let folder = try ExportFolder(named: output, default: outputs.path("export/\(format.name)"), force: force)
        var count = 0
        switch format {
        case .results(let format):
            try Exporter(results, tables: tables).export(to: format) { file in
                try folder.write(file)
                count += 1
            }
        case .conllu: count = try await Self.writeSentences(of: analysis, to: folder)
        case .crate:
            try ResearchCrate(of: analysis, outputs).export(results) { file in
                try folder.write(file)
                count += 1
            }
        case .report(let document):
            try folder.write(ExportFile("report.\(document.rawValue)", document.bytes(of: outputs)))
            count = 1
        }
        try folder.finish()
        if !quiet { Terminal.print("\(Wording.count(count, "file")) in \(folder.path)") }
    }

    /// How many documents are in memory at once.
    private static let portion = 256

    /// Writes a file for each document that has sentences and tokens, and returns how many there are.
    private static func writeSentences(of analysis: Analysis, to folder: ExportFolder) async throws -> Int {
        let layers = analysis.plan.graph.steps.flatMap(\.contract.writes)
        for (layer, stage) in [(Sentences.name, "segment"), (Tokens.name, "segment")] where !layers.contains(layer) {
            Terminal.error(
                "error: no stage of this pipeline writes '\(layer)', which CoNLL-U needs. Add the stage '\(stage)'. "
                    + "[missing-layer]")
            throw Ending.usage
        }
        let last = try await LastLayers(of: analysis, jobs: ProcessInfo.processInfo.activeProcessorCount)
        let ids = try last.documents()
        var count = 0
        for start in stride(from: 0, to: ids.count, by: portion) {
            let some = Array(ids[start..<min(start + portion, ids.count)])
            let layers = try await last.layers(CoNLLU.layers, of: some)
            for id in some {
                guard let document = try layers[id].flatMap({ try CoNLLU($0) }) else { continue }
                try folder.write(ExportFile("\(id).conllu", document.file(of: id)))
                count += 1
            }
        }
        return count
    }

    private func checkTables(in results: ResultsDatabase) throws {
        guard !tables.isEmpty else { return }
        let known = try results.publicTables()
        for name in tables where !known.contains(name) {
            let hint = NearName.hint(name, among: known) ?? "The tables are: \(known.joined(separator: ", "))."
            Terminal.error("error: the results have no table '\(name)'. \(hint) [unknown-table]")
            throw Ending.usage
        }
    }
}
