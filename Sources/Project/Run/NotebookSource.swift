import Digests
import Engine
import Model
import Notebook
import PipelineFile
import Results
import StageKit
import Store

/// The notebook of a pipeline: its own, or the built-in report.
struct NotebookSource {
    /// What the report depends on: the texts of the notebook and of the files that it includes.
    let bytes: [UInt8]
    /// The notebook, the files that it includes, and the results that it compares with, each by its path as seen from where
    /// the user is.
    let files: [(path: String, digest: ContentDigest)]
    private let notebook: Notebook
    private let parameters: [String: OptionValue]
    /// What is wrong with its form.
    private let formProblems: [Diagnostic]
    private let layers: [LayerName]
    private let statistics: [StatisticsNamespace]
    private let isBuiltIn: Bool

    /// Reads the notebook of an analysis; throws a `ProjectProblem` where it is no text.
    init(_ analysis: Analysis) throws {
        let pipeline = analysis.pipeline
        let found = try Self.read(
            pipeline.notebook.map { Pipeline.join(pipeline.projectFolder, $0) }, within: pipeline.projectFolder)
        notebook = found.notebook
        formProblems = found.problems
        isBuiltIn = pipeline.notebook == nil
        layers = analysis.customLayers
        statistics = analysis.statistics
        parameters = Dictionary(
            pipeline.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        var writer = ByteWriter()
        writer.write(found.text)
        for part in notebook.included { writer.write(part.text) }
        let baselines = notebook.baselines.map { path in
            (path: path, digest: ContentDigest(of: FileWriting.contents(of: path) ?? []))
        }
        for baseline in baselines { writer.write(baseline.digest.bytes) }
        bytes = writer.bytes
        let texts = [(found.path, found.text)] + notebook.included.map { ($0.path, $0.text) }
        files = texts.map { path, text in (path: path, digest: ContentDigest(of: Array(text.utf8))) } + baselines
    }

    /// Everything that is wrong with it, as far as that can be known without results.
    func problems(variants: [VariantSetting], corpus: CorpusFacts? = nil) -> [Diagnostic] {
        // The built-in report is checked by a test: to prepare its queries takes a third of a run that changes nothing.
        guard !isBuiltIn else { return formProblems }
        return Self.sorted(
            formProblems
                + notebook.problems(
                    parameters: parameters, layers: layers, statistics: statistics, variants: variants, corpus: corpus))
    }

    /// Whether it names documents, or values of metadata, of which only the corpus tells whether they are there.
    var asksForDocuments: Bool { notebook.citesDocuments || asksForMetadata }
    /// Whether it names columns of metadata.
    var asksForMetadata: Bool { notebook.asksForMetadata }

    /// What is wrong with the notebook of a pipeline that is wrong itself, as far as can be told.
    static func problems(of outline: PipelineFile.Outline) -> [Diagnostic] {
        do {
            guard let path = outline.notebook else { return [] }
            let found = try read(path, within: outline.projectFolder)
            return sorted(
                found.problems
                    + found.notebook.problems(
                        parameters: outline.parameters,
                        variants: outline.variants.map { VariantSetting(name: $0, parameters: outline.parameters) },
                        isPipelineKnown: false))
        } catch let problem as ProjectProblem {
            return problem.diagnostics
        } catch {
            return []
        }
    }

    /// The notebook at `path`, or the built-in report; throws a `ProjectProblem` where it is no text.
    ///
    /// A notebook needs no consent, because it can reach nothing: only files within `project` are included.
    private static func read(
        _ path: String?, within project: String
    ) throws -> (path: String, text: String, notebook: Notebook, problems: [Diagnostic]) {
        var text = BuiltInReport.text
        if let path {
            guard let bytes = FileWriting.contents(of: path) else {
                throw ProjectProblem.usage([
                    Diagnostic("the notebook can't be read", id: "unreadable", at: SourcePosition(file: path))
                ])
            }
            guard let string = String(validating: bytes, as: UTF8.self) else {
                throw ProjectProblem.usage([
                    Diagnostic(
                        "the notebook is not UTF-8", hint: "Save it as UTF-8.", id: "not-utf8",
                        at: SourcePosition(file: path))
                ])
            }
            text = string
        }
        let (notebook, problems) = Notebook.read(text, file: path ?? BuiltInReport.file) { path in
            guard FileWriting.isWithin(path, project) else { return nil }
            return FileWriting.contents(of: path).flatMap { String(validating: $0, as: UTF8.self) }
        }
        return (path ?? BuiltInReport.file, text, notebook, problems)
    }

    private static func sorted(_ problems: [Diagnostic]) -> [Diagnostic] {
        problems.enumerated().sorted {
            ($0.element.line ?? 0, $0.element.column ?? 0, $0.offset) < (
                $1.element.line ?? 0, $1.element.column ?? 0, $1.offset
            )
        }.map(\.element)
    }

    /// The paths of the files that it includes, as seen from where the user is.
    var includedFiles: [String] { notebook.included.map(\.path) }

    /// The paths of the results of earlier runs that it compares with, as seen from where the user is.
    var baselines: [String] { notebook.baselines }

    /// How many cells it has.
    var cellCount: Int { notebook.cellCount }

    /// The report over `results`; throws a `ProjectProblem` with what is wrong with its queries. `kept` is what the
    /// last report was made of; of its evidence pages those count that `stands` says are still there.
    func render(
        _ results: ResultsDatabase, variants: [ReportVariant], kept: KeptReport, jobs: Int,
        stands: @escaping (String) -> Bool
    ) throws -> RenderedReport {
        do throws(NotebookProblems) {
            return try NotebookRenderer(
                notebook, over: results, projectFolder: "../..", parameters: parameters, variants: variants, kept: kept,
                jobs: jobs, stands: stands
            )
            .render()
        } catch {
            throw ProjectProblem.usage(error.diagnostics)
        }
    }
}
