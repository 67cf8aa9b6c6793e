import ArgumentParser
import Model

/// The command line as a whole.
struct ColophonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "colophon",
        abstract:
            "Define an analysis of texts in YAML, run it over a folder of documents, and get a report whose figures link "
            + "to the passages they count.",
        discussion: """
            Create a project, copy documents into it and run the analysis:

              colophon init my-project
              cp articles/*.txt my-project/corpus/
              colophon run my-project/pipelines/analysis.yaml

            After you edit a document or a setting, run it again: only the results that depend on the edit are \
            recomputed, and 'colophon why' lists them with the reason. 'colophon help COMMAND' explains a command.

            'colophon --generate-completion-script bash' (or zsh, or fish) prints a script that completes commands and \
            options in your shell.

            Exit codes: 0 success, 1 failure, 2 invalid command line or pipeline, 3 a check in the report failed, or a \
            difference was found ('run --frozen', 'verify', 'diff').
            """,
        version: Release.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Running",
                subcommands: [Run.self, Plan.self, Why.self, Check.self, Runs.self, Trust.self, Work.self]),
            CommandGroup(
                name: "Inspecting",
                subcommands: [
                    Find.self, Annotate.self, Show.self, Trace.self, Diff.self, Graph.self, ExportCommand.self,
                    SiteCommand.self, ServeCommand.self, OpenCommand.self,
                ]),
            CommandGroup(name: "Sharing", subcommands: [Pack.self, Unpack.self]),
            CommandGroup(name: "Maintaining", subcommands: [Verify.self, Cache.self]),
            CommandGroup(name: "Writing pipelines", subcommands: [Init.self, Stages.self, Schema.self]),
        ])
}
