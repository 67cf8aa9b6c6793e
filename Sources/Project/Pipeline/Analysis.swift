import Digests
package import Engine
import Formats
import Foundation
package import Model
package import PipelineFile
package import Programs
package import Results
package import StageKit
import Store

/// A pipeline that has been read and checked, with its steps in order: what everything that is done with a pipeline begins
/// with.
package struct Analysis: Sendable {
    package let pipeline: Pipeline
    package let plan: RunPlan
    /// The programs of the user's own.
    package let programs: [StepID: ProgramSpecification]
    /// What is probably not as it was meant, and keeps nothing from running.
    package let warnings: [Diagnostic]
    /// The folder within the pipeline's own that has the results, where this is a variant of it: `variants/window-3`.
    private(set) var variantFolder: String?

    /// Reads the pipeline at `path`; throws a `ProjectProblem` with everything that is wrong with it.
    package init(path: String, settings: [String] = [], access: FileAccess = .disk) throws {
        let (loaded, found) = PipelineFile.load(
            path: path, catalogue: Catalogue.descriptions, settings: settings, access: access)
        var diagnostics = found
        guard let pipeline = loaded else { throw ProjectProblem.usage(diagnostics) }
        self.pipeline = pipeline

        var steps: [Step] = []
        var programs: [StepID: ProgramSpecification] = [:]
        let namespaces = Namespaces(of: pipeline)
        for use in pipeline.stages {
            switch use.work {
            case .builtin(let name):
                guard let stage = Catalogue.stage(name) else { continue }
                do throws(OptionProblem) {
                    steps += try Step.prepare(
                        stage, id: use.id, namespace: namespaces.namespace(of: use), options: use.options)
                } catch {
                    diagnostics.append(pipeline.diagnostic(for: error, stage: use.id))
                }
            case .program(let program):
                let specification = try ProgramSpecification(program, of: use, in: pipeline)
                let made = Self.steps(of: specification)
                programs[made.program] = specification
                steps += made.steps
            }
        }
        if !steps.contains(where: { $0.contract.writes.contains(DocumentText.name) }) {
            steps += try Step.prepare(Catalogue.fallback)
        }
        do throws(StepGraphProblem) {
            steps = try Step.taking(steps, from: Catalogue.own(in: pipeline))
        } catch {
            throw ProjectProblem.usage(diagnostics + [pipeline.diagnostic(for: error)])
        }
        diagnostics += namespaces.problems(in: pipeline, steps)
        guard !diagnostics.contains(where: { $0.severity == .error }) else { throw ProjectProblem.usage(diagnostics) }
        do throws(StepGraphProblem) {
            var plan = RunPlan(try StepGraph(steps), programs: programs.mapValues(\.keyFields))
            plan.columns = FormatReader.Columns(pipeline.corpus.columns)
            self.plan = plan
        } catch {
            var problem = pipeline.diagnostic(for: error)
            if case .missingLayer(let layer, _, _) = error, let writer = Catalogue.writer(of: layer) {
                problem.hint = "The stage '\(writer)' writes it: add it to the stages."
            }
            throw ProjectProblem.usage(diagnostics + [problem])
        }
        self.programs = programs
        warnings = diagnostics
    }

    /// A program as steps, and which of them is the program.
    private static func steps(of specification: ProgramSpecification) -> (steps: [Step], program: StepID) {
        let (stage, writes) = (specification.stage, specification.use.writes)
        switch specification.use.scope {
        case .document:
            let contract = StepContract("", reads: specification.layersRead, writes: writes)
            let step = Step(stage: stage, contract: contract, shape: .program, fingerprint: "program")
            return ([step], step.id)
        case .corpus:
            // it writes one: the reader of pipelines sees to that
            let layer = writes[0]
            return CorpusProgram.steps(
                stage: stage, reads: specification.layersRead, writes: layer,
                isOwn: GivenLayers.type(of: layer) == nil)
        }
    }

    /// The pipeline that has these built-in stages, for documents given on the command line.
    package init(stages names: [String], settings: [String]) throws {
        for name in names where Catalogue.stage(name) == nil {
            let hint = NearName.hint(name, among: Catalogue.descriptions.map(\.name))
            throw ProjectProblem.usage([Diagnostic("no stage named '\(name)'", hint: hint, id: "unknown-stage")])
        }
        let path = "--stages"
        let text = "corpus: {include: ['*']}\nstages:\n" + names.map { "  - uses: \($0)\n" }.joined()
        let disk = FileAccess.disk
        var access = disk
        access.read = { wanted, limit throws(FileProblem) in
            wanted == path ? Array(text.utf8) : try disk.read(wanted, limit)
        }
        try self.init(path: path, settings: settings, access: access)
    }

    /// The name of the run's folder below `outputs/`: the pipeline's, with what was set for this run. Where a setting has
    /// characters that a name can't hold, a digest of the settings tells it from others that look alike.
    package var outputName: String {
        if let variantFolder { return variantFolder }
        return pipeline.settings.isEmpty ? pipeline.name : "\(pipeline.name)--\(Self.name(of: pipeline.settings))"
    }

    /// The name of the run with whose state and results a first run of this one begins.
    package var baseName: String {
        variantFolder.map { Pipeline.folder(of: Pipeline.folder(of: $0)) } ?? pipeline.name
    }

    /// Settings as the name of a folder.
    static func name(of settings: [String]) -> String {
        let settings = settings.joined(separator: "_")
        let shown = settings.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-=".contains($0)) ? $0 : "-" }
        let name = String(shown.prefix(80)).replacing("=", with: "-")
        guard String(shown) != settings || shown.count > 80 else { return name }
        return "\(name)-\(ContentDigest(of: Array(settings.utf8)).description.prefix(8))"
    }

    /// The same analysis with more settings, whose results stand in a folder within this one's.
    func variant(_ settings: [String], access: FileAccess = .disk) throws -> Analysis {
        var variant = try Analysis(path: pipeline.path, settings: pipeline.settings + settings, access: access)
        variant.variantFolder = "\(outputName)/variants/\(Self.name(of: settings))"
        return variant
    }

    /// A command on this pipeline with these settings, as a user can type it.
    package func command(_ name: String) -> String { Wording.command(name, pipeline.path, settings: pipeline.settings) }

    /// The folder of the run's results, as seen from where the user is.
    package var outputFolder: String { Pipeline.join(pipeline.projectFolder, "outputs/\(outputName)") }

    /// The lock beside the pipeline; nil for a run with settings of its own, which is not the pipeline as written.
    package var lockPath: String? {
        guard pipeline.settings.isEmpty, variantFolder == nil else { return nil }
        return Pipeline.join(Pipeline.folder(of: pipeline.path), "\(pipeline.name).lock")
    }

    /// The results of the last run; throws a `ProjectProblem` where there are none.
    package func lastResults() throws -> ResultsDatabase {
        let results = try ResultsDatabase(at: OutputFolder(outputFolder).path(OutputFolder.results))
        guard results.standsFor != nil else { throw noResults }
        return results
    }

    /// That the pipeline has not been run.
    package var noResults: ProjectProblem {
        .failure([
            Diagnostic(
                "this pipeline has no results yet", hint: "Run '\(command("run"))' first.", id: "no-run")
        ])
    }

    /// The uses of `summarize-statistics`, each of which has tables of its own in the results.
    var statistics: [StatisticsNamespace] { statisticsFolds.map { StatisticsNamespace($0.namespace) } }

    /// The folds that fill these tables.
    var statisticsFolds: [Step] { plan.folds.filter { $0.statistics != nil } }

    /// The layers that have a table of their own in the results: those that programs of the user's own write, about
    /// documents and about the corpus, and those of stages that are used a second time.
    var customLayers: [LayerName] {
        plan.graph.steps.flatMap { step -> [LayerName] in
            if ResultsLayers.isCustom(step) { return step.contract.writes }
            if case .corpus(let layer) = step.contract.publishes { return [layer] }
            return step.namespace == nil ? [] : step.contract.writes.filter(ResultsLayers.hasTable)
        }
    }
}
