import Project
import StageKit
import Engine
import ArgumentParser
import Store

/// `colophon runs`
struct Runs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the runs of a pipeline, newest first.",
        discussion: """
            Each run that changed something is recorded with its time, its duration and what it computed. Times are kept \
            in these records only: a report depends on nothing but its inputs.

              colophon runs pipelines/harbour.yaml
              colophon runs pipelines/harbour.yaml --json
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Option(help: "Maximum number of runs to list.")
    var limit = 20

    @Flag(help: "Print one JSON object per run.")
    var json = false

    func run() async throws {
        let analysis = try pipeline.analysis()
        let place = ProjectStore(of: analysis.pipeline, tell: Terminal.tell)
        let store = try place.open()
        let runs = try store.runs(of: place.name(ofRuns: analysis.outputName), limit: max(1, limit))
        Terminal.tell(.damage(store.takeDamage()))
        if runs.isEmpty, !json { Terminal.error("this pipeline has not been run yet") }
        for (number, text) in runs {
            guard let record = RunRecord(json: text, number: number) else { continue }
            if json {
                Terminal.print(record.json)
            } else {
                let left = record.leftOut > 0 ? ", \(record.leftOut) left out" : ""
                let checks = record.failedChecks > 0 ? ", \(Wording.count(record.failedChecks, "check")) failed" : ""
                Terminal.print(
                    "\(number)  \(record.began)  \(Wording.seconds(record.seconds))  "
                        + "\(Wording.count(record.documents, "document"))\(left), \(Wording.grouped(record.ranCount)) ran, "
                        + "\(Wording.grouped(record.reusedCount)) reused\(checks)\(record.unfinished == true ? ", not finished" : "")"
                        + (record.jobs.map { $0.isEmpty ? "" : ", " + $0.joined(separator: ", ") } ?? "")
                )
            }
        }
    }
}
