import Engine
import Model
import Project
import Store

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
        case .store(let event): Terminal.tell(event)
        case .waiting: Terminal.waiting()
        case .setAside(let path): Terminal.error("warning: \(DamagedFile.note(path)) [damaged-store]")
        case .wrongDigests(let paths):
            Terminal.error(
                "warning: the cache had wrong digests for \(Wording.count(paths.count, "file")) "
                    + "(\(Wording.names(paths))), which are now read again [damaged-store]")
        case .said(let messages):
            for message in messages {
                ProgressLine.shared.clear()
                Terminal.error(
                    "note: the program of stage '\(message.stage)' wrote to standard error: "
                        + "\((message.lines.last ?? "").prefix(200)) ('colophon why' shows more)")
            }
        case .progress(let progress): phases.show(progress)
        case .tasks(let progress): phases.show(progress)
        case .results(let done, let total): phases.showResults(done: done, total: total)
        case .written: ProgressLine.shared.clear()
        case .unknownDecisions(let decisions): tell(decisions)
        case .leftOut(let leftOut): tell(leftOut)
        }
    }

    /// Names the decisions that decide nothing.
    private func tell(_ unknown: [UnknownDecision]) {
        for decision in unknown.prefix(Self.named) {
            let position = SourcePosition(
                file: Pipeline.join(pipeline.projectFolder, decision.file), line: decision.line)
            Terminal.report([
                pipeline.diagnostic(
                    decision.note, hint: decision.hint, id: decision.code, severity: .warning, at: position)
            ])
        }
        if unknown.count > Self.named {
            let more = unknown.count - Self.named
            Terminal.error(
                "warning: \(more) more decisions about what no document contains; the report lists all of them [unknown-name]"
            )
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
