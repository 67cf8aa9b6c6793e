import ArgumentParser
import Foundation
import Model
import Project
import StageKit
import Text

/// What may be set for one command.
struct SettingOptions: ParsableArguments {
    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp(
            "Set a parameter, or an option of a stage, for this run only. Can be repeated.",
            discussion: "The results go to outputs/<pipeline>--<settings>/, and no lock file is written.",
            valueName: "NAME=VALUE"))
    var settings: [String] = []
}

/// What commands on a pipeline take.
struct PipelineOptions: ParsableArguments {
    @Argument(help: "The pipeline, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String

    @OptionGroup private var setting: SettingOptions

    var settings: [String] { setting.settings }

    func analysis() throws -> Analysis { try Analysis(path: pipeline, settings: settings).told }

    /// Another command on the same pipeline with the same settings, as a user can type it.
    func command(_ name: String) -> String { Wording.command(name, pipeline, settings: settings) }
}

/// How a command works, and what it prints.
struct WorkOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: "Number of documents to process at the same time. (default: the number of processors)")
    var jobs: Int?

    @Flag(name: .shortAndLong, help: "Print only warnings and errors.")
    var quiet = false

    @Flag(help: "Print JSON instead of text.")
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
            Reads the pipeline, finds the documents that changed since the last run, computes the results that are not \
            in the cache, updates outputs/<pipeline>/results.sqlite and writes outputs/<pipeline>/report.md with its \
            charts and evidence pages. Everything else is reused; 'colophon why' shows what ran, and why. Without a \
            pipeline, or with the folder of a project, it runs the only one in the folder pipelines.

              colophon run
              colophon run pipelines/harbour.yaml
              colophon run pipelines/harbour.yaml --dry-run
              colophon run pipelines/harbour.yaml --set window=3
              colophon run pipelines/harbour.yaml --frozen
              colophon run pipelines/harbour.yaml --on slurm
            """)

    @OptionGroup var pipeline: FoundPipelineOptions
    @OptionGroup var work: WorkOptions

    @Flag(name: .customLong("dry-run"), help: "Show what would be computed, as 'colophon plan' does, and run nothing.")
    var isDry = false

    @Flag(
        name: .customLong("frozen"),
        help: """
            Fail with exit code 3, and write no results, report or lock, when the lock would change; each line that would \
            is named with its cause.
            """)
    var isFrozen = false

    @Flag(
        name: .customLong("no-programs"),
        help: """
            Start no programs, and make the report from cached results alone. Documents for which the cache has no result \
            are left out and listed.
            """)
    var isWithoutPrograms = false

    @Flag(
        inversion: .prefixedNo,
        help: """
            Continue with the other documents when a stage rejects one, and list it in the report. With --no-keep-going \
            the run still finishes, but exits with code 1.
            """)
    var keepGoing = true

    @OptionGroup(title: "Tasks") var tasks: TaskOptions

    func run() async throws {
        if work.quiet || work.json { ProgressLine.shared.silence() }
        let (analysis, isFrozen) = (try pipeline.analysis(), isFrozen)
        let programs = isWithoutPrograms ? ProgramPermission.never : .consented(Consents())
        let tasks = try tasks.settings(for: analysis, jobs: work.parallel)
        if isDry { return try await Plan.show(analysis, work: work) }
        let summary: PipelineRun.Summary
        do {
            // A scheduler may take a while to cancel what was submitted.
            summary = try await Interruption.guarding(patience: tasks == nil ? 0.7 : 15) {
                try await PipelineRun(
                    analysis, jobs: work.parallel, isFrozen: isFrozen, programs: programs, tasks: tasks,
                    observer: TerminalObserver(analysis)
                ).run()
            }
        } catch let submitted as TasksSubmitted {
            ProgressLine.shared.clear()
            return Terminal.print(
                "submitted: \(submitted.what). To go on: \(analysis.command("run")) --on \(self.tasks.executor ?? "")"
                    + (self.tasks.isForced ? " --force-tasks" : ""))
        }
        if work.json { Terminal.print(summary.record.json) }
        if !work.quiet && !work.json { tell(summary, of: analysis.pipeline.path) }
        if summary.record.documents == 0 {
            Terminal.error("error: every document was left out; the report says why [no-documents]")
            throw Ending.failed
        }
        for check in summary.failedChecks { Terminal.error("check failed: \(check)") }
        if !summary.failedChecks.isEmpty { throw Ending.difference }
        if !keepGoing && summary.record.leftOut > 0 { throw Ending.failed }
    }

    private func tell(_ summary: PipelineRun.Summary, of path: String) {
        let record = summary.record
        let left =
            (record.leftOut > 0 ? ", \(Wording.grouped(record.leftOut)) left out" : "")
            + (record.unselected.map { ", \(Wording.grouped($0)) not selected" } ?? "")
        if summary.isUnchanged {
            Terminal.print(
                "nothing changed: \(Wording.count(record.documents, "document"))\(left), the report is up to date")
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
            Terminal.print("why: \(Wording.command("why", path, settings: pipeline.settings))")
        }
        Terminal.print("report: \(summary.report)")
    }
}
