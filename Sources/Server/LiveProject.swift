import Foundation
import Model
import Notebook
package import Project
import Results
import Site
import StageKit
import Store

/// A project that is run again whenever one of its files is saved. Pages ask it whether something changed.
package actor LiveProject {
    /// What pages are told.
    package struct State: Sendable {
        /// Grows with every change that a page may show.
        package var version = 0
        /// Grows with every run.
        package var run = 0
        /// What is wrong with the pipeline, the notebook or the last run, in words; nil where all is well.
        package var problem: String?
        /// Whether a run is under way.
        package var isRunning = false
    }

    private let path: String
    private let settings: [String]
    private let jobs: Int
    private(set) package var state = State()
    private var analysis: Analysis?
    private var stamp: InputStamp?
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var search: (run: Int, index: SentenceSearch)?

    /// A project of the pipeline at `path`, whose analysis has been read once.
    package init(_ analysis: Analysis, settings: [String], jobs: Int) {
        path = analysis.pipeline.path
        self.settings = settings
        self.jobs = jobs
        self.analysis = analysis
    }

    /// Runs the pipeline, and again after every change, until the task is cancelled.
    package func watch() async {
        while !Task.isCancelled {
            let began = ContinuousClock.now
            let now = currentStamp()
            if now != stamp {
                stamp = now
                await runOnce()
            }
            // To look at the files of a large corpus takes a while: it is not to take more than a twentieth of the time.
            let pause = max(Duration.milliseconds(400), (ContinuousClock.now - began) * (now == stamp ? 20 : 1))
            try? await Task.sleep(for: min(pause, .seconds(10)))
        }
    }

    private func currentStamp() -> InputStamp {
        if let read = try? Analysis(path: path, settings: settings) {
            analysis = read
            return InputStamp(read.pipeline)
        }
        return InputStamp(unreadable: path, analysis?.pipeline)
    }

    private func runOnce() async {
        change { $0.isRunning = true }
        let (path, settings, jobs) = (path, settings, jobs)
        let problem = await Self.run(path: path, settings: settings, jobs: jobs)
        change {
            $0.isRunning = false
            $0.run += 1
            $0.problem = problem
        }
    }

    /// Runs the pipeline and writes the site; gives what went wrong, in words. It works beside the actor, which goes on
    /// answering.
    @concurrent
    private static func run(path: String, settings: [String], jobs: Int) async -> String? {
        do {
            let analysis = try Analysis(path: path, settings: settings)
            let summary = try await PipelineRun(analysis, jobs: jobs, observer: SilentObserver()).run()
            try await writeSite(analysis)
            let failed = summary.failedChecks
            return failed.isEmpty ? nil : failed.map { "check failed: \($0)" }.joined(separator: "\n")
        } catch let problem as ProjectProblem {
            return problem.diagnostics.map(\.rendered).joined(separator: "\n\n")
        } catch is CancellationError {
            return nil
        } catch {
            return "\(error)"
        }
    }

    private static func writeSite(_ analysis: Analysis) async throws {
        let outputs = OutputFolder(analysis.outputFolder)
        let lock = try await outputs.lock(with: nil, waiting: {})
        defer { withExtendedLifetime(lock) {} }
        let report = FileWriting.contents(of: outputs.path("report.html")) ?? []
        let site = Site(try analysis.lastResults(), report: report, projectFolder: "../..")
        _ = try SiteFolder(outputs.path("site")).write(site)
    }

    private func change(_ body: (inout State) -> Void) {
        body(&state)
        state.version += 1
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    /// The state when it is another than `version`, or after some seconds.
    package func state(after version: Int) async -> State {
        guard state.version == version else { return state }
        let timer = Task {
            try? await Task.sleep(for: .seconds(8))
            self.wake()
        }
        await withCheckedContinuation { waiting.append($0) }
        timer.cancel()
        return state
    }

    /// Lets all pages that wait ask again.
    package func wake() {
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    /// The folder of the project, and that of the outputs as the project names it.
    var folders: (project: String, outputs: String) {
        let analysis = analysis
        return (analysis?.pipeline.projectFolder ?? ".", "outputs/\(analysis?.outputName ?? "")")
    }

    /// The results of the last run and the pipeline's parameters.
    func results() throws -> (database: ResultsDatabase, parameters: [String: OptionValue]) {
        guard let analysis else { throw ProjectProblem.failure([]) }
        let parameters = Dictionary(
            analysis.pipeline.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        return (try analysis.lastResults(), parameters)
    }

    /// The full-text search over the sentences of the last run.
    func sentences() throws -> SentenceSearch {
        if let search, search.run == state.run { return search.index }
        let index = try SentenceSearch(try results().database)
        search = (state.run, index)
        return index
    }
}

/// A run that nobody watches.
private struct SilentObserver: RunObserver {
    func tell(_ event: RunEvent) {}
}
