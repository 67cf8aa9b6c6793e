import ArgumentParser
import Export
import Foundation
import Model
import Project
import Results
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
              colophon export pipelines/harbour.yaml --to pdf
              colophon export pipelines/harbour.yaml --to brat --output ../brat/data/harbour
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Option(name: .customLong("to"), help: ArgumentHelp("The format.", valueName: "FORMAT"))
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
        case .report(let document):
            try folder.write(ExportFile("report.\(document.rawValue)", document.bytes(of: outputs)))
            count = 1
        }
        try folder.finish()
        if !quiet { Terminal.print("\(Wording.count(count, "file")) in \(folder.path)") }
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
