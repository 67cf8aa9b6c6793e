import ArgumentParser
import Dispatch
import Foundation
import Project

/// `colophon work`
struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compute the documents of one task of a run; 'colophon run --on' starts it.",
        discussion: """
            Reads a plan that 'colophon run --on' wrote, runs its steps over the documents of one task, and hands in what \
            it has about every minute, as files in the plan's folder. It refuses to work where the program or a file that \
            a step reads is another than where the run was planned.

              colophon work .colophon/tasks/harbour/…/plan --digest 5f0c… 3
            """)

    @Argument(help: "The plan.", completion: .file())
    var plan: String

    @Option(help: "The SHA-256 of the plan.")
    var digest: String

    @Argument(help: "The number of the task, from 0.")
    var task: Int

    func validate() throws {
        if task < 0 { throw ValidationError("the number of a task is 0 or more") }
    }

    func run() async throws {
        let stop = TaskStop()
        // Slurm sends the first shortly before the time is up, the second before it takes the place for another job.
        let sources = [SIGUSR1, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { stop.want() }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        let count = try await TaskRun(
            plan: plan, digest: digest, task: task, build: Embedded.fingerprint, stop: stop
        ).run()
        Terminal.print("\(Wording.count(count, "document")) handed in")
    }
}
