import ArgumentParser
import Corpus
import Foundation
import Model
import Notebook
import Project
import Store

/// `colophon init`
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create a project, a stage of your own, or a notebook to start from.",
        discussion: """
            Creates pipelines/analysis.yaml, a corpus folder and a .gitignore in FOLDER. If FOLDER already contains \
            documents (text, web pages, records, mail, word processor files, PDF), the pipeline includes them where they are, and a metadata.csv is created with \
            one row per document, in which you can fill in titles, dates and publishers; days in the names of files are \
            filled in. Existing files are not changed. \
            With --notebook, prints a short notebook instead, and with --notebook --full that of the built-in report: \
            save it, change it, and name it in a pipeline under 'notebook:'. \
            With --stage, writes a stage of your own into FOLDER (stages/example without one): a program to start from, \
            with its description in stage.yaml.

              colophon init my-project
              colophon init --stage python stages/tone
              colophon init --notebook > pipelines/analysis.md
            """)

    @Argument(help: "The folder: of the project, or of the stage. (default: .)", completion: .directory)
    var given: String?

    /// The folder of the project.
    private var folder: String { given ?? "." }

    @Option(help: ArgumentHelp("Write a stage in this language: python, r, shell or swift.", valueName: "LANGUAGE"))
    var stage: StageTemplate?

    @Flag(help: "Print a short notebook to start from.")
    var notebook = false

    @Flag(help: "With --notebook: print the notebook of the built-in report.")
    var full = false

    func run() throws {
        if notebook { return Terminal.print(full ? BuiltInReport.text : BuiltInReport.starter) }
        if let stage { return try write(stage, to: given ?? "stages/example") }
        let layout = ProjectLayout(of: folder)
        var created: Set<String> = []
        for (name, text) in layout.files {
            let path = Pipeline.join(folder, name)
            guard FileWriting.isGone(path) else {
                Terminal.error("'\(path)' exists and was not changed")
                continue
            }
            try FileWriting.write(Array(text.utf8), to: path)
            created.insert(name)
            Terminal.print("created \(path)")
        }
        let run = Wording.command("run", Pipeline.join(folder, ProjectLayout.pipeline), settings: [])
        guard let metadata = layout.metadata, created.contains(metadata) else {
            let place = layout.documents.isEmpty ? "copy documents into \(Pipeline.join(folder, "corpus")) and " : ""
            return Terminal.print("next: \(place)run '\(run)'")
        }
        Terminal.print(
            "next: fill in what you know in \(Pipeline.join(folder, metadata)) ("
                + "\(Wording.count(layout.documents.count, layout.hasRecords ? "file" : "document")); empty cells are found in the documents, as far as "
                + "they say), and run '\(run)'")
        if layout.hasRecords {
            Terminal.print(
                "the row of a file of records, mail or pages counts for every document in it; give 'columns:' in "
                    + "\(Pipeline.join(folder, ProjectLayout.pipeline)) where the column of the text is not called 'text'"
            )
        }
        if !layout.dates.isEmpty {
            Terminal.print(
                "\(Wording.count(layout.dates.count, "date")) in it \(layout.dates.count == 1 ? "is" : "are") taken from "
                    + "the names of files: delete those that are not days of publication")
        }
        if !created.contains(ProjectLayout.pipeline) {
            Terminal.print(
                "add 'metadata: \(metadata)' under 'corpus:' in \(Pipeline.join(folder, ProjectLayout.pipeline))")
        }
    }

    /// Writes the files of a stage into a folder. None that is there is changed.
    private func write(_ stage: StageTemplate, to folder: String) throws {
        let files = stage.files(name: Pipeline.lastComponent(of: folder))
        for (name, _) in files where !FileWriting.isGone(Pipeline.join(folder, name)) {
            Terminal.error("error: '\(Pipeline.join(folder, name))' exists. Name another folder. [file-exists]")
            throw Ending.usage
        }
        for (name, text) in files {
            let path = Pipeline.join(folder, name)
            try FileWriting.write(Array(text.utf8), to: path)
            Terminal.print("created \(path)")
        }
        let place = folder.hasPrefix("/") || folder.hasPrefix(".") ? folder : "./\(folder)"
        let first = stage.preparation.map { "in \(folder) run '\($0)', then " } ?? ""
        Terminal.print(
            "next: \(first)add '- uses: \(place)' to the stages of a pipeline, and run 'colophon trust PIPELINE' and "
                + "'colophon check PIPELINE --stage \(Pipeline.lastComponent(of: folder))'")
    }
}
