import ArgumentParser
import Foundation
import Model
import Notebook
import Store

/// `colophon init`
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Begin a new project, or print the built-in report's notebook.",
        discussion: """
            Makes pipelines/analysis.yaml, an empty corpus/ and a .gitignore in FOLDER. Nothing that is there already is \
            touched. With --notebook it prints the notebook of the built-in report instead: change it and name it in a \
            pipeline under 'notebook:'.

              colophon init my-project
              colophon init --notebook > pipelines/analysis.md
            """)

    @Argument(help: "The project's folder.", completion: .directory)
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
                Terminal.error("'\(path)' is there already and stays as it is")
                continue
            }
            try FileWriting.write(Array(text.utf8), to: path)
            made.append(path)
        }
        for path in made { Terminal.print("made \(path)") }
        Terminal.print(
            "next: put texts into \(Pipeline.join(folder, "corpus")), then: colophon run pipelines/analysis.yaml")
    }

    private static func text(_ data: StaticString) -> String { data.description }
}
