import Engine
import Model
import Notebook
import Results
import StageKit
import Store

/// The notebook of a pipeline, read and checked: its own, or the built-in report.
struct NotebookSource {
    /// What the report depends on: the texts of the notebook and of the files that it includes.
    let bytes: [UInt8]
    private let notebook: Notebook

    private let parameters: [String: OptionValue]

    /// Reads the notebook of an analysis and checks its queries; throws a `ProjectProblem` with every problem.
    init(_ analysis: Analysis) throws {
        let pipeline = analysis.pipeline
        parameters = Dictionary(
            pipeline.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        var file = BuiltInReport.file
        var text = BuiltInReport.text
        if let path = pipeline.notebook {
            file = Pipeline.join(pipeline.projectFolder, path)
            guard let bytes = FileWriting.contents(of: file) else {
                throw ProjectProblem.usage([
                    Diagnostic("the notebook can't be read", id: "unreadable", at: SourcePosition(file: file))
                ])
            }
            guard let string = String(validating: bytes, as: UTF8.self) else {
                throw ProjectProblem.usage([
                    Diagnostic(
                        "the notebook is not UTF-8", hint: "Save it as UTF-8.", id: "not-utf8",
                        at: SourcePosition(file: file))
                ])
            }
            text = string
        }
        do throws(NotebookProblems) {
            notebook = try Notebook(text, file: file) { path in
                FileWriting.contents(of: path).flatMap { String(validating: $0, as: UTF8.self) }
            }
        } catch {
            throw ProjectProblem.usage(error.diagnostics)
        }
        var writer = ByteWriter()
        writer.write(text)
        for part in notebook.included {
            writer.write(part.text)
        }
        bytes = writer.bytes
        let problems = notebook.problems(
            parameters: parameters, layers: analysis.customLayers, statistics: analysis.statistics)
        guard problems.isEmpty else { throw ProjectProblem.usage(problems) }
    }

    /// How many cells it has.
    var cellCount: Int { notebook.cellCount }

    /// The report over `results`; throws a `ProjectProblem` with what is wrong with its queries. `kept` is what the
    /// last report was made of; of its evidence pages those count that `stands` says are still there.
    func render(
        _ results: ResultsDatabase, kept: KeptReport, stands: @escaping (String) -> Bool
    ) throws -> RenderedReport {
        do throws(NotebookProblems) {
            return try NotebookRenderer(
                notebook, over: results, projectFolder: "../..", parameters: parameters, kept: kept, stands: stands
            )
            .render()
        } catch {
            throw ProjectProblem.usage(error.diagnostics)
        }
    }
}
