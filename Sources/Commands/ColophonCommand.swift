import ArgumentParser
import Model

/// The command line as a whole.
struct ColophonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "colophon",
        abstract:
            "Define an analysis of texts in YAML, run it over a folder, and get a report whose every figure leads "
            + "back to the bytes of its source.",
        discussion: """
            Begin with a new project, look at what it holds, and run it:

              colophon init my-project
              cd my-project
              colophon run pipelines/analysis.yaml

            Then change a document or a setting and run it again: only what rests on your edit is made afresh, and \
            `colophon why pipelines/analysis.yaml` says what that was. `colophon help COMMAND` explains a command.

            Exit codes: 0 done, 1 failed, 2 wrong usage or pipeline, 3 a check in the report failed.
            """,
        version: Release.version,
        groupedSubcommands: [
            CommandGroup(name: "Running", subcommands: [Run.self, Plan.self, Why.self, Check.self, Runs.self]),
            CommandGroup(name: "Looking", subcommands: [Annotate.self, Show.self, Graph.self, ExportCommand.self]),
            CommandGroup(name: "Keeping", subcommands: [Verify.self, Cache.self]),
            CommandGroup(name: "Writing pipelines", subcommands: [Init.self, Stages.self, Schema.self]),
        ])
}
