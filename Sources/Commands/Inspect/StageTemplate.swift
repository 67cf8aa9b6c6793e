import ArgumentParser
import Model

/// A stage to start from, in a language.
enum StageTemplate: String, CaseIterable, ExpressibleByArgument {
    case python, r, shell, swift

    /// The name of the program's source.
    private var source: String {
        switch self {
        case .python: "stage.py"
        case .r: "stage.R"
        case .shell: "stage.sh"
        case .swift: "stage.swift"
        }
    }

    private var text: String {
        switch self {
        case .python: Embedded.stagePython.description
        case .r: Embedded.stageR.description
        case .shell: Embedded.stageShell.description
        case .swift: Embedded.stageSwift.description
        }
    }

    /// The command, as `stage.yaml` has it.
    private var command: String {
        switch self {
        case .python: "[python3, stage.py]"
        case .r: "[Rscript, --vanilla, stage.R]"
        case .shell: "[sh, stage.sh]"
        case .swift: "[./stage]"
        }
    }

    /// What has to be done before the stage can run; nil for nothing.
    var preparation: String? { self == .swift ? "swiftc -O stage.swift -o stage" : nil }

    /// The layer that the stage writes.
    private var layer: String { self == .shell ? "lengths" : "exclamations" }

    /// The files of a stage called `name`, each with its text.
    func files(name: String) -> [(name: String, text: String)] {
        let options =
            self == .shell
            ? ""
            : """
            options:
              longest: {type: integer, default: 40, summary: Longer words are left out.}

            """
        let description = """
            # A stage of your own. A pipeline uses it with '- uses: ./stages/\(name)'.
            summary: \(self == .shell ? "Counts the words of a document." : "Finds words that end in an exclamation mark.")
            run: \(command)
            # every file that the result depends on; a change to one of them runs the stage again
            files: [\(self == .swift ? "stage" : source)]
            reads: [text]
            writes: \(layer)
            limits: {seconds: 60}
            \(options)
            """
        return [("stage.yaml", description), (source, text)]
    }
}
