/// A run of a pipeline that is about to begin. `PipelineRun+Sequence.swift` has its steps in order.
package struct PipelineRun: Sendable {
    let analysis: Analysis
    /// How many documents are in work at once.
    let jobs: Int
    /// Whether the run ends with a problem, before it writes anything, where the lock would change.
    let isFrozen: Bool
    /// A folder that has cache, outputs and lock of the run in the place of the project; nil for the project.
    let scratch: String?
    /// Results to begin with, where this is the run of a variant: it makes results and no report.
    let seed: String?
    /// Whether programs may be started.
    let programs: ProgramPermission
    /// How documents are given to tasks elsewhere; nil where all are computed here.
    let tasks: TaskSettings?
    let observer: any RunObserver

    package init(
        _ analysis: Analysis, jobs: Int, isFrozen: Bool = false, scratch: String? = nil, seed: String? = nil,
        programs: ProgramPermission = .consented(Consents()), tasks: TaskSettings? = nil, observer: any RunObserver
    ) {
        self.analysis = analysis
        self.jobs = jobs
        self.isFrozen = isFrozen
        self.scratch = scratch
        self.programs = programs
        self.seed = seed
        self.tasks = tasks
        self.observer = observer
    }

    /// What a run tells when it is over.
    package struct Summary: Sendable {
        package var record: RunRecord
        /// Where the report is, as seen from where the user is.
        package var report: String
        /// Checks of the report that failed, in words.
        package var failedChecks: [String]
        /// Whether everything stood already and nothing had to be done.
        package var isUnchanged: Bool
    }
}
