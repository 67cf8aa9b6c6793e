package import Model
package import StageKit

/// A stage that a folder describes, as it is without a pipeline: what lists of stages show.
package struct DescribedStage: Sendable {
    /// The folder, as pipelines name it: `./stages/sentiment`.
    package let path: String
    /// Its name, what it does, its options.
    package let description: StageDescription
    /// The layers that its program is given.
    package let reads: [LayerName]
    /// The layers that it gives.
    package let writes: [LayerName]

    /// Reads the folder at `path`, relative to the project in the folder `project`. Without a stage, the diagnostics say what
    /// is wrong with it.
    package static func load(
        _ path: String, project: String = ".", access: FileAccess = .disk
    ) -> (stage: DescribedStage?, diagnostics: [Diagnostic]) {
        let reader = PipelineReader(access: access, projectFolder: project)
        let place = Mark(SourceText(name: path, bytes: Array(path.utf8), isFile: false))
        guard let folder = StageFolder(path, reader, at: place), let run = folder.program["run"],
            let use = ProgramReader(reader: reader, folder: folder.folder).read(
                run, folder.program, with: [], at: run.keyMark),
            case .program(let program) = use.work, !reader.problems.hasErrors
        else { return (nil, reader.problems.diagnostics) }
        let stage = DescribedStage(
            path: "./" + Pipeline.join(".", path), description: folder.description, reads: program.reads,
            writes: program.writes)
        return (stage, reader.problems.diagnostics)
    }
}
