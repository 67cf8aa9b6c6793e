import ArgumentParser
import Foundation
import Model
import Notebook
import Store

/// `colophon init`
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Create a project, or print the notebook of the built-in report.",
        discussion: """
            Creates pipelines/analysis.yaml, a corpus folder and a .gitignore in FOLDER. Existing files are not changed. With \
            --notebook, prints the notebook of the built-in report instead: save it, change it, and name it in a pipeline \
            under 'notebook:'.

              colophon init my-project
              colophon init --notebook > pipelines/analysis.md
            """)

    @Argument(help: "The project folder.", completion: .directory)
    var folder = "."

    @Flag(help: "Print the notebook of the built-in report.")
    var notebook = false

    func run() throws {
        if notebook { return Terminal.print(BuiltInReport.text) }
        var made: [String] = []
        for (name, text) in [
            ("pipelines/analysis.yaml", Self.text(Embedded.pipeline)),
            ("corpus/README.txt", Self.text(Embedded.corpus)),
            (".gitignore", Self.text(Embedded.ignored)),
        ] {
            let path = Pipeline.join(folder, name)
            guard !FileManager.default.fileExists(atPath: path) else {
                Terminal.error("'\(path)' exists and was not changed")
                continue
            }
            try FileWriting.write(Array(text.utf8), to: path)
            made.append(path)
        }
        for path in made { Terminal.print("created \(path)") }
        let run = Wording.command("run", Pipeline.join(folder, "pipelines/analysis.yaml"), settings: [])
        Terminal.print("next: copy documents into \(Pipeline.join(folder, "corpus")) and run '\(run)'")
    }

    private static func text(_ data: StaticString) -> String { data.description }
}
