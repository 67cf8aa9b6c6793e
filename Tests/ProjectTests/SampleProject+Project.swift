import Model
import Store
import Synchronization
import TestSupport
import Testing

@testable import Project

/// Keeps what a run tells.
final class ToldEvents: RunObserver {
    private let events = Mutex<[RunEvent]>([])

    func tell(_ event: RunEvent) { events.withLock { $0.append(event) } }

    var all: [RunEvent] { events.withLock { $0 } }

    /// What was told of files, without their places.
    var diagnostics: [Diagnostic] {
        all.flatMap { if case .diagnostics(let diagnostics) = $0 { diagnostics } else { [Diagnostic]() } }
    }

    /// The documents that were told to be left out.
    var leftOut: [LeftOut] {
        all.flatMap { if case .leftOut(let leftOut) = $0 { leftOut } else { [LeftOut]() } }
    }
}

/// A project on which pipelines run without a terminal.
extension SampleProject {
    func analysis(_ settings: String...) throws -> Analysis { try Analysis(path: pipelinePath, settings: settings) }

    @discardableResult
    func run(observer: any RunObserver = ToldEvents()) async throws -> PipelineRun.Summary {
        try await PipelineRun(analysis(), jobs: 2, observer: observer).run()
    }
}
