import Foundation
import Model
import Notebook
package import Project
import Results
import Site
import StageKit
import Store
import Text

/// A project that is run again whenever one of its files is saved. Pages ask it whether something changed.
package actor LiveProject {
    /// What pages are told.
    package struct State: Sendable {
        /// Grows with every change that a page may show.
        package var version = 0
        /// Grows with every run.
        package var run = 0
        /// Grows with every run that wrote pages.
        package var written = 0
        /// What kept the last run from its end; empty where it got there.
        package var problems: [LiveProblem] = []
        /// The checks of the report that failed, in words.
        package var failedChecks: [String] = []
        /// Whether a run is under way.
        package var isRunning = false
        /// Whether there are results: of this run, or of one before it.
        package var hasResults = false

        /// As pages read it.
        var json: [UInt8] {
            var json = JSONOutput()
            json.object { json in
                for (name, number) in [("version", version), ("run", run), ("written", written)] {
                    json.key(name)
                    json.integer(number)
                }
                json.key("running")
                json.bool(isRunning)
                json.key("results")
                json.bool(hasResults)
                json.key("problems")
                json.array(problems) { $1.write(to: &$0) }
                json.key("checks")
                json.array(failedChecks) { $0.string($1) }
            }
            return json.bytes
        }
    }

    private let path: String
    private let settings: [String]
    private let jobs: Int
    private let observer: @Sendable (Analysis) -> any RunObserver
    private let words: @Sendable (any Error) -> String
    private(set) package var state = State()
    private var analysis: Analysis
    private var stamp: InputStamp?
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var search: (written: Int, index: SentenceSearch)?

    /// A project of the pipeline at `path`, whose analysis has been read once. `observer` is told of each run, and `words`
    /// says what an error means that is not about a file of the user.
    package init(
        _ analysis: Analysis, settings: [String] = [], jobs: Int,
        observer: @escaping @Sendable (Analysis) -> any RunObserver = { _ in SilentObserver() },
        words: @escaping @Sendable (any Error) -> String = { "\($0)" }
    ) {
        path = analysis.pipeline.path
        self.settings = settings
        self.jobs = jobs
        self.analysis = analysis
        self.observer = observer
        self.words = words
    }

    /// Runs the pipeline, and again after every change, until the task is cancelled.
    package func watch() async {
        while !Task.isCancelled {
            let began = ContinuousClock.now
            let now = await currentStamp()
            let took = ContinuousClock.now - began
            if now != stamp {
                stamp = now
                await runOnce()
            }
            // To look at the files of a large corpus takes a while: it is to take a twentieth of the time at most.
            try? await Task.sleep(for: min(max(.milliseconds(300), took * 20), .seconds(10)))
        }
    }

    private func currentStamp() async -> InputStamp {
        let (path, settings, last) = (path, settings, analysis)
        let (read, stamp) = await Self.look(path, settings, last)
        if let read { analysis = read }
        return stamp
    }

    @concurrent
    private static func look(
        _ path: String, _ settings: [String], _ last: Analysis
    ) async -> (Analysis?, InputStamp) {
        guard let read = try? Analysis(path: path, settings: settings) else {
            return (nil, InputStamp(unreadable: path, last))
        }
        return (read, InputStamp(read))
    }

    private func runOnce() async {
        change { $0.isRunning = true }
        let result = await Self.run(path: path, settings: settings, jobs: jobs, observer: observer)
        let hasResults = (try? analysis.lastResults()) != nil
        change { state in
            state.isRunning = false
            state.run += 1
            state.hasResults = hasResults
            switch result {
            case .success(let checks):
                state.written += 1
                state.problems = []
                state.failedChecks = checks
            case .failure(let error): state.problems = problems(error)
            }
        }
    }

    private func problems(_ error: any Error) -> [LiveProblem] {
        switch error {
        case let problem as ProjectProblem:
            problem.diagnostics.filter { $0.severity == .error }.map(LiveProblem.init)
        case is CancellationError: []
        default: [LiveProblem(words(error))]
        }
    }

    /// Runs the pipeline and writes the site; gives the checks that failed. It works beside the actor, which goes on
    /// answering.
    @concurrent
    private static func run(
        path: String, settings: [String], jobs: Int, observer: @Sendable (Analysis) -> any RunObserver
    ) async -> Result<[String], any Error> {
        do {
            let analysis = try Analysis(path: path, settings: settings)
            let summary = try await PipelineRun(analysis, jobs: jobs, observer: observer(analysis)).run()
            try await writeSite(analysis)
            return .success(summary.failedChecks)
        } catch {
            return .failure(error)
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
        wake()
    }

    /// The state when it is another than `version`, or after some seconds.
    package func state(after version: Int) async -> State {
        guard state.version == version, !Task.isCancelled else { return state }
        let timer = Task {
            try? await Task.sleep(for: .seconds(8))
            self.wake()
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiting.append($0) }
        } onCancel: {
            Task { await self.wake() }
        }
        timer.cancel()
        return state
    }

    /// Lets all pages that wait ask again.
    private func wake() {
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    /// The folder of the project, and that of the outputs as the project names it.
    var folders: (project: String, outputs: String) {
        (analysis.pipeline.projectFolder, "outputs/\(analysis.outputName)")
    }

    /// The results of the last run and the pipeline's parameters.
    func results() throws -> (database: ResultsDatabase, parameters: [String: OptionValue]) {
        let parameters = Dictionary(
            analysis.pipeline.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        return (try analysis.lastResults(), parameters)
    }

    /// The full-text search over the sentences of the last run; nil before it is made.
    var sentences: SentenceSearch? { search.flatMap { $0.written == state.written ? $0.index : nil } }

    /// Keeps a search that was made of the results of the run `written`.
    func keep(_ index: SentenceSearch, of written: Int) { search = (written, index) }
}

/// A run that nobody watches.
package struct SilentObserver: RunObserver {
    package init() {}
    package func tell(_ event: RunEvent) {}
}
