import ArgumentParser
import Foundation
import Model
import StageKit
import Text

/// What every command on a pipeline takes.
struct PipelineOptions: ParsableArguments {
    @Argument(help: "The pipeline, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp(
            "Give a parameter, or an option of a stage, another value for this run. May be repeated.",
            discussion: "The results then go to outputs/<pipeline>--<settings>/, and no lock is written.",
            valueName: "NAME=VALUE"))
    var settings: [String] = []

    func analysis() throws -> Analysis { try Analysis(path: pipeline, settings: settings) }
}

/// How a command works and tells of it.
struct WorkOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "How many documents to work on at once. (default: the processors there are)")
    var jobs: Int?

    @Flag(name: .shortAndLong, help: "Say nothing but what went wrong.")
    var quiet = false

    @Flag(help: "Print what happened as JSON instead of text.")
    var json = false

    func validate() throws {
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("'--jobs' takes a number from 1 to 1024") }
    }

    var parallel: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }
}

/// `colophon run`
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a pipeline and write its report.",
        discussion: """
            Reads the pipeline, looks at the corpus, computes what is not in the store yet, brings \
            outputs/<pipeline>/results.sqlite up to date and writes outputs/<pipeline>/report.md with its charts and \
            evidence pages. What was computed before and still holds is reused; `colophon why` tells what ran and why.

              colophon run pipelines/harbour.yaml
              colophon run pipelines/harbour.yaml --dry-run
              colophon run pipelines/harbour.yaml --set window=3
            """)

    @OptionGroup var pipeline: PipelineOptions
    @OptionGroup var work: WorkOptions

    @Flag(name: .customLong("dry-run"), help: "Tell what would run, as 'colophon plan' does, and run nothing.")
    var isDry = false

    @Flag(
        inversion: .prefixedNo,
        help: """
            Go on with the other documents when a stage refuses one, and list it in the report. With --no-keep-going the \
            run still ends its work but exits with code 1.
            """)
    var keepGoing = true

    func run() async throws {
        if work.quiet || work.json { ProgressLine.shared.silence() }
        let analysis = try pipeline.analysis()
        if isDry { return try await Plan.show(analysis, work: work) }
        let summary = try await Interruption.guarding {
            try await PipelineRun(analysis: analysis, jobs: work.parallel).run()
        }
        if work.json { Terminal.print(summary.record.json) }
        if !work.quiet && !work.json { tell(summary) }
        if summary.record.documents == 0 {
            Terminal.error("every document was left out; the report says why [no-documents]")
            throw Ending.failed
        }
        for check in summary.failedChecks { Terminal.error("check failed: \(check)") }
        if !summary.failedChecks.isEmpty { throw Ending.checkFailed }
        if !keepGoing && summary.record.leftOut > 0 { throw Ending.failed }
    }

    private func tell(_ summary: PipelineRun.Summary) {
        let record = summary.record
        let left = record.leftOut > 0 ? ", \(record.leftOut) left out" : ""
        if summary.isUnchanged {
            Terminal.print("nothing changed: \(Wording.count(record.documents, "document"))\(left), report as it was")
        } else {
            Terminal.print(
                "\(Wording.count(record.documents, "document"))\(left): "
                    + "\(Wording.count(record.ranCount, "step")) ran, \(record.reusedCount) reused, in "
                    + "\(Wording.seconds(record.seconds))")
            let changes = [(record.added, "added"), (record.edited, "edited"), (record.gone, "removed")]
                .filter { $0.0 > 0 }.map { "\(Wording.grouped($0.0)) \($0.1)" }
            if !changes.isEmpty, record.added < record.documents {
                Terminal.print("documents since the last run: " + changes.joined(separator: ", "))
            }
            Terminal.print("why: colophon why \(pipeline.pipeline)")
        }
        Terminal.print("report: \(summary.report)")
    }
}
