import ArgumentParser
import Foundation
import Model
import PipelineFile
import Project

/// Where a run has documents computed.
struct TaskOptions: ParsableArguments {
    @Option(
        name: .customLong("on"),
        help: ArgumentHelp(
            "Have changed documents computed in tasks: on a cluster ('slurm'), or in processes of this machine ('processes').",
            discussion: """
                The report has the same bytes. Settings stand in colophon.yaml. A pass over fewer than 100,000 changed \
                documents is computed here, because that takes less time.
                """,
            valueName: "EXECUTOR"))
    var executor: String?

    @Flag(name: .customLong("force-tasks"), help: "With --on: give documents to tasks however few they are.")
    var isForced = false

    @Flag(
        name: .customLong("detach"),
        help: "With --on slurm: end when the tasks are submitted. The same command without --detach goes on from there."
    )
    var isDetached = false

    func validate() throws {
        if executor == nil, isForced || isDetached {
            throw ValidationError("'\(isForced ? "--force-tasks" : "--detach")' needs '--on'")
        }
    }

    /// How the run gives work to tasks; nil for a run that computes everything itself.
    func settings(for analysis: Analysis, jobs: Int) throws -> TaskSettings? {
        guard let executor else { return nil }
        var settings = try ExecutorConfiguration.settings(
            of: executor, for: analysis, tool: Self.tool, build: Embedded.fingerprint, jobs: jobs)
        settings.isForced = isForced
        settings.isDetached = isDetached
        guard settings.canDetach || !isDetached else {
            throw ValidationError("'--detach' needs an executor whose tasks go on without the run: '--on slurm'")
        }
        return settings
    }

    /// The path of this program.
    private static var tool: String {
        FileAccess.program
            ?? Pipeline.join(FileManager.default.currentDirectoryPath, CommandLine.arguments[0])
    }
}
