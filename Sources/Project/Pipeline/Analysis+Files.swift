import Model
import Notebook
import Programs
import Store

extension Analysis {
    /// Every file beside the documents that a run depends on, as seen from where the user is: the pipeline and what it was
    /// read from, the notebook with its parts, the metadata file, decisions, and programs. Some need not be there.
    package var files: [String] {
        let named =
            [pipeline.notebook, pipeline.decisions, pipeline.corpus.metadata].compactMap { $0 }
            + pipeline.inputs.map(\.path)
            + programs.values.flatMap { $0.use.files + $0.use.command.prefix(1).filter { $0.contains("/") } }
        let files = named.map { Pipeline.join(pipeline.projectFolder, $0) }
        return Set([pipeline.path] + files + notebookParts).sorted()
    }

    /// The files that the notebook includes, directly or through others.
    private var notebookParts: [String] {
        guard let notebook = pipeline.notebook else { return [] }
        let file = Pipeline.join(pipeline.projectFolder, notebook)
        let text = FileWriting.contents(of: file).flatMap { String(validating: $0, as: UTF8.self) } ?? ""
        return Notebook.includedFiles(of: text, file: file) { path in
            FileWriting.contents(of: path).flatMap { String(validating: $0, as: UTF8.self) }
        }
    }
}
