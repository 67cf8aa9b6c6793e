/// The keys that a pipeline may have, with what editors and messages say about them.
enum Keys {
    struct Key {
        let name: String
        let summary: String
    }

    /// At the top of a pipeline, and of a file that it includes.
    static let pipeline = [
        Key(name: "title", summary: "The title of the report; without it, the name of the file."),
        Key(name: "include", summary: "Files with parts shared between pipelines, relative to this one."),
        Key(name: "corpus", summary: "The files of the corpus."),
        Key(
            name: "parameters", summary: "Named values that options refer to as $name; `--set name=value` changes one."),
        Key(
            name: "stages",
            summary: "The stages that run on each document; their order follows from what they read and write."),
        Key(
            name: "variants",
            summary: "Settings under which the same analysis runs once more, for tables by variant in one report."),
        Key(name: "notebook", summary: "The notebook that becomes the report; without it, a complete built-in one."),
        Key(name: "decisions", summary: "A file with your manual decisions about entities and links."),
    ]

    /// Under `corpus`.
    static let corpus = [
        Key(name: "include", summary: "Patterns of the files to include."),
        Key(name: "exclude", summary: "Patterns of files to leave out although `include` matches them."),
        Key(name: "metadata", summary: "A CSV file with one row per document."),
        Key(name: "where", summary: "What has to be known of a document for it to be analysed: values by column."),
        Key(
            name: "columns", summary: "Which columns of tables and records hold the text, the id, the title and so on."),
    ]

    /// In a condition under `corpus: where:`.
    static let condition = [
        Key(name: "is", summary: "A value, or several of which one has to be the document's."),
        Key(name: "not", summary: "A value, or several of which none may be the document's."),
        Key(name: "from", summary: "The first date or the smallest number."),
        Key(name: "to", summary: "The last date or the largest number."),
    ]

    /// Under `columns`.
    static let columns = ["text", "id", "title", "date", "publisher", "author", "language"].map {
        Key(name: $0, summary: "The column with the \($0) of a document; without it, the one named '\($0)'.")
    }

    /// In an entry of `variants` that has a name.
    static let variant = [
        Key(name: "name", summary: "What reports call the variant."),
        Key(name: "set", summary: "Parameters, options as STAGE.OPTION and conditions as corpus.where.COLUMN."),
    ]

    /// In every entry of `stages`.
    static let stage = [
        Key(name: "id", summary: "The name of the entry in messages and reports, unique in the pipeline."),
        Key(name: "uses", summary: "The name of a built-in stage, or a folder with a stage.yaml: ./stages/sentiment."),
        Key(name: "with", summary: "Options of the stage."),
    ]

    /// In an entry of `stages` that runs a program.
    static let program = [
        Key(name: "run", summary: "The program and its arguments, as a list."),
        Key(name: "files", summary: "The files that the program's result depends on: its source, its word lists."),
        Key(name: "reads", summary: "The layers that the program receives."),
        Key(
            name: "writes",
            summary: "The layer that the program writes, or several that stand in for those of built-in stages."),
        Key(name: "environment", summary: "The names of the environment variables that the program receives."),
        Key(name: "pin", summary: "Whether results are recomputed when the program itself changes."),
        Key(name: "scope", summary: "Whether the program sees one 'document' after the other or the whole 'corpus'."),
        Key(name: "confined", summary: "Whether the program may read declared files only. Default: true."),
        Key(name: "limits", summary: "What the program may use: time, memory, output."),
    ]

    /// Under `limits` of a stage that runs a program.
    static let limits = [
        Key(name: "seconds", summary: "How long it may give no answer, in seconds. Default: 60."),
        Key(name: "memory", summary: "How much memory each of its processes may have, in MiB. Default: no limit."),
        Key(name: "output", summary: "How long an answer may be, in MiB. Default: 256."),
        Key(name: "total-output", summary: "How long all answers of a run may be, in MiB. Default: no limit."),
        Key(name: "total-seconds", summary: "How long it may take for a whole run, in seconds. Default: no limit."),
    ]
}
