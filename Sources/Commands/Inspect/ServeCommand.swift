import ArgumentParser
import Dispatch
import Foundation
import Project
import Server

/// `colophon serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Show the results in a browser, and run again whenever a file is saved.",
        discussion: """
            Serves the site of the pipeline on this computer alone. When you save a document, the pipeline or the \
            notebook, it runs again and the browser shows the new page at the same place; what is wrong with a notebook is \
            shown in the page, with its line. It also has a full-text search and a box for SQL. Stop it with Ctrl-C.

              colophon serve pipelines/harbour.yaml
              colophon serve pipelines/harbour.yaml --open
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Option(help: ArgumentHelp("The port. (default: the first free one from 8642)", valueName: "NUMBER"))
    var port: UInt16?

    @Flag(help: "Open the page in a browser.")
    var open = false

    @Option(
        name: .shortAndLong,
        help: "Number of documents to process at the same time. (default: the number of processors)")
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("'--jobs' takes a number from 1 to 1024") }
        if port == 0 { throw ValidationError("'--port' takes a number from 1 to 65535") }
    }

    func run() async throws {
        ProgressLine.shared.silence()
        let analysis = try pipeline.analysis()
        let (port, isOpening) = (port, open)
        let project = LiveProject(
            analysis, settings: pipeline.settings, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
            observer: { TerminalObserver($0) }, words: { Failure.message(for: $0) })
        try await Interruption.guarding {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await project.watch() }
                group.addTask {
                    do {
                        try await PageServer(project).run(port: port) { address in
                            Terminal.print("\(address) (stop with Ctrl-C)")
                            if isOpening { DispatchQueue.global().async { _ = Browser.open(address) } }
                        }
                    } catch is PageServer.PortProblem {
                        let ports = port.map { "port \($0) is in use" } ?? "no port from 8642 to 8741 is free"
                        Terminal.error("error: \(ports). Name another one with --port. [no-port]")
                        throw Ending.failed
                    }
                }
                try await group.next()
                group.cancelAll()
            }
        }
    }
}
