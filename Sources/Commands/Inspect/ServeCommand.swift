import ArgumentParser
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
            notebook, it runs again and the browser loads the page anew; what is wrong with a notebook is shown in the \
            page. It also has a full-text search and a box for SQL. Stop it with Ctrl-C.

              colophon serve pipelines/harbour.yaml
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Option(help: ArgumentHelp("The port. (default: the first free one from 8642)", valueName: "NUMBER"))
    var port: UInt16?

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
        let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        let settings = pipeline.settings
        guard let port = port ?? FreePort.first(from: 8642) else {
            Terminal.error("error: no port from 8642 on is free. Name one with --port. [no-port]")
            throw Ending.failed
        }
        guard FreePort.isFree(port) else {
            Terminal.error("error: port \(port) is in use. Name another one with --port. [no-port]")
            throw Ending.failed
        }
        Terminal.print("http://127.0.0.1:\(port)/ (stop with Ctrl-C)")
        try await Interruption.guarding {
            let project = LiveProject(analysis, settings: settings, jobs: jobs)
            let server = PageServer(project, port: port)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await project.watch() }
                group.addTask {
                    do {
                        try await server.run()
                    } catch {
                        if !Task.isCancelled { Terminal.error("error: the server ended: \(error) [server]") }
                    }
                }
                await group.next()
                group.cancelAll()
                await project.wake()
            }
        }
    }
}
