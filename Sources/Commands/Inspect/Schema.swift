import ArgumentParser
import PipelineFile
import Project

/// `colophon schema`
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of pipelines, for editors.",
        discussion: """
            With the schema, an editor completes names and marks mistakes while you type. Save it to a file and refer to \
            that file in the first line of a pipeline:

              colophon schema > pipelines/schema.json
              # yaml-language-server: $schema=schema.json

            With --layers it is the schema of layers: what programs of your own are sent and may answer, and what \
            'colophon annotate' prints.
            """)

    @Flag(help: "The schema of layers.")
    var layers = false

    func run() throws {
        Terminal.print(layers ? LayersSchema.json : PipelineSchema.json(Catalogue.descriptions))
    }
}
