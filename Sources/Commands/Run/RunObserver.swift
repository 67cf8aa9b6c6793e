import Engine
import EntityStage
import Model
import StageKit
import Store

/// Who is told of a run while it is under way: a terminal, or whatever else runs pipelines. A run itself prints nothing.
protocol RunObserver: Sendable {
    func tell(_ event: RunEvent)
}

/// What a run tells.
enum RunEvent: Sendable {
    /// Something is wrong with a file that the user wrote, or a document is not in the analysis.
    case diagnostics([Diagnostic])
    /// Results of another release, or a file of somebody else, stood in the place of the results.
    case resultsRenewed(String)
    /// What was found damaged in the cache and is computed again.
    case damage([String])
    /// A database that was damaged was moved aside.
    case setAside(path: String)
    /// Files of which the cache had wrong digests, and which are read again.
    case wrongDigests([String])
    /// How far the engine is.
    case progress(EngineProgress)
    /// How many documents' rows are in the results.
    case results(done: Int, total: Int)
    /// Everything is written.
    case written
    /// Names in decisions by hand that no document has.
    case unknownNames([DecidedName])
    /// What is not in the analysis.
    case leftOut([LeftOut])
}

/// Tells a person at a terminal of a run.
struct TerminalObserver: RunObserver {
    private let pipeline: Pipeline
    private let phases: RunPhases

    init(_ analysis: Analysis) {
        pipeline = analysis.pipeline
        phases = RunPhases(analysis.plan.graph)
    }

    /// How many documents that are left out, or names that are unknown, are named.
    private static let named = 20

    func tell(_ event: RunEvent) {
        switch event {
        case .diagnostics(let diagnostics): Terminal.report(diagnostics)
        case .resultsRenewed(let note): Terminal.error("warning: \(note) [results-renewed]")
        case .damage(let notes): Terminal.tell(damage: notes)
        case .setAside(let path): Terminal.error("warning: \(DamagedFile.note(path)) [damaged-store]")
        case .wrongDigests(let paths):
            Terminal.error(
                "warning: the cache had wrong digests for \(Wording.count(paths.count, "file")) "
                    + "(\(Wording.names(paths))), which are now read again [damaged-store]")
        case .progress(let progress): phases.show(progress)
        case .results(let done, let total): phases.showResults(done: done, total: total)
        case .written: ProgressLine.shared.clear()
        case .unknownNames(let names): tell(names)
        case .leftOut(let leftOut): tell(leftOut)
        }
    }

    /// Names the decisions that decide nothing.
    private func tell(_ unknown: [DecidedName]) {
        for name in unknown.prefix(Self.named) {
            let position = SourcePosition(file: Pipeline.join(pipeline.projectFolder, name.file), line: name.line)
            Terminal.report([
                pipeline.diagnostic(
                    name.note,
                    hint:
                        "Remove it, or correct the name: the table 'aliases' of the results lists the names that were found.",
                    id: "unknown-name", severity: .warning, at: position)
            ])
        }
        if unknown.count > Self.named {
            let more = unknown.count - Self.named
            Terminal.error(
                "warning: \(more) more names that no document contains; the report lists all of them [unknown-name]")
        }
    }

    /// Names what is not in the analysis, with the reason.
    private func tell(_ leftOut: [LeftOut]) {
        Terminal.report(leftOut.prefix(Self.named).map { Diagnostic($0, in: pipeline) })
        if leftOut.count > Self.named {
            let more = leftOut.count - Self.named
            Terminal.error(
                "warning: \(Wording.count(more, "more document", "more documents")) left out; the report lists all of them "
                    + "[left-out]")
        }
    }
}
