import Engine
import Project
import StageKit

/// The phases of a run, from its first pass to its results, and which share of the run each of them is.
///
/// The share is an estimate: a phase counts as much as it has steps for each document. Steps do not cost the same, but
/// the time left that follows is that of the run and not of the phase alone.
struct RunPhases: Sendable {
    /// The work of each phase, in the order in which they run; the results come last.
    private let work: [Double]

    /// The phases of a run of `graph`.
    init(_ graph: StepGraph) { self.init(graph.passes.map { $0.documentSteps.count + $0.folds.count }) }

    /// The phases of passes that have as many steps.
    init(_ steps: [Int]) { work = steps.map { Double(max(1, $0)) } + [Self.results] }

    /// Writing a document's rows costs about as much as this many of its steps.
    private static let results = 2.0

    /// The share of the run that is over when `done` of `total` of phase `number` are; the results are the phase behind the
    /// last pass.
    func share(_ number: Int, done: Int = 0, total: Int = 1) -> Double {
        let part = total > 0 ? min(1, Double(done) / Double(total)) : 1
        guard number < work.count else { return 1 }
        return (work[..<number].reduce(0, +) + work[number] * part) / work.reduce(0, +)
    }

    /// Shows how far the engine is.
    func show(_ progress: EngineProgress) {
        switch progress {
        case .documents(let pass, let passes, let done, let total):
            ProgressLine.shared.show(
                "pass \(pass + 1) of \(passes)", done: done, total: total,
                share: share(pass, done: done, total: total))
        case .deciding(let pass, let passes):
            ProgressLine.shared.show("pass \(pass + 1) of \(passes), tables", share: share(pass + 1))
        }
    }

    /// Shows how far the tasks of a pass are.
    func show(_ progress: TaskProgress) {
        var parts = ["\(progress.running) running", "\(progress.waiting) waiting"]
        if progress.failed > 0 { parts.append("\(progress.failed) failed") }
        let reasons = progress.running == 0 && progress.waiting > 0 ? [progress.reason].compactMap(\.self) : []
        ProgressLine.shared.show(
            "pass \(progress.pass + 1) of \(progress.passes), in tasks", done: progress.done, total: progress.total,
            details: [parts.joined(separator: ", ")] + reasons,
            share: share(progress.pass, done: progress.done, total: progress.total))
    }

    /// Shows how many documents' rows are in the results.
    func showResults(done: Int, total: Int) {
        ProgressLine.shared.show(
            "results", done: done, total: total, share: share(work.count - 1, done: done, total: total))
    }
}
