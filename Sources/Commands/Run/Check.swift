import ArgumentParser
import Corpus
import Model
import Project
import Text

/// `colophon check`
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a pipeline, its notebook and its corpus without running anything.",
        discussion: """
            Reports every problem at once, with file, line and column, what was expected, and a similar name where there is \
            one. Also reports patterns that match no file, problems in the metadata file, files that can't be read, and \
            programs that are not installed. Exits with code 2 if there is an error; warnings do not stop a run.

            With --stage, starts the program of one stage, gives it a few texts several times, and explains what it does \
            otherwise than a stage has to.

              colophon check
              colophon check pipelines/harbour.yaml
              colophon check pipelines/harbour-sources.yaml --stage hedging
            """)

    @OptionGroup var pipeline: FoundPipelineOptions

    @Flag(help: "Print JSON instead of text: every problem with its place, for editors.")
    var json = false

    @Option(help: ArgumentHelp("Check the program of this stage.", valueName: "NAME"))
    var stage: String?

    func run() async throws {
        if let stage { return try await check(stage, of: try pipeline.analysis()) }
        let path = try pipeline.path
        let analysis: Analysis
        do {
            let found = try PipelineCheck.analysis(at: path, settings: pipeline.settings)
            analysis = json ? found : found.told
        } catch let problem as ProjectProblem {
            return try end(problem.diagnostics, of: path)
        }
        let isQuiet = json
        let check = try await PipelineCheck(analysis) { event in if !isQuiet { Terminal.tell(event) } }
        let warnings = json ? analysis.warnings : []
        try end(warnings + check.problems, of: path, check, analysis)
    }

    /// Prints what was found. With an error the command ends with code 2.
    private func end(
        _ problems: [Diagnostic], of path: String, _ check: PipelineCheck? = nil, _ analysis: Analysis? = nil
    ) throws {
        let errors = problems.count { $0.severity == .error }
        if json {
            Terminal.print(JSONOutput.line { write(problems, of: path, check, analysis, to: &$0) })
        } else {
            Terminal.report(problems)
            if errors > 1 { Terminal.error("\(errors) problems") }
        }
        guard errors == 0 else { throw Ending.usage }
        guard !json, let check, let analysis else { return }
        let left = check.corpus.unselected.count
        var found = Wording.count(check.corpus.tree.entries.count, "document")
        if left > 0 { found += " (\(Wording.grouped(left)) not selected)" }
        if check.variants > 0 { found += ", \(Wording.count(check.variants, "variant"))" }
        let warnings = problems.isEmpty ? "no problems" : Wording.count(problems.count, "warning")
        Terminal.print(
            "\(path): \(Wording.count(analysis.pipeline.stages.count, "stage")), "
                + "\(Wording.count(check.cellCount, "cell")), \(found), \(warnings)")
    }

    private func write(
        _ problems: [Diagnostic], of path: String, _ check: PipelineCheck?, _ analysis: Analysis?,
        to output: inout JSONOutput
    ) {
        output.field("pipeline", path)
        output.field("errors", problems.count { $0.severity == .error })
        if let check, let analysis {
            output.field("stages", analysis.pipeline.stages.count)
            output.field("cells", check.cellCount)
            output.field("documents", check.corpus.tree.entries.count)
            output.field("not_selected", check.corpus.unselected.count)
            output.field("variants", check.variants)
        }
        output.key("problems")
        output.array(problems) { output, problem in
            output.object { problem.write(to: &$0) }
        }
    }

    private func check(_ stage: String, of analysis: Analysis) async throws {
        let check = try await StageCheck(stage, of: analysis, permission: .consented(Consents()))
        for finding in check.findings {
            guard let problem = finding.problem else {
                Terminal.print("ok    \(finding.rule)")
                continue
            }
            let hint = finding.hint.map { ". \(Wording.sentence($0))" } ?? ""
            Terminal.print("wrong \(finding.rule): \(problem)\(hint)")
        }
        guard check.isSound else { throw Ending.failed }
    }
}

extension Diagnostic {
    /// The fields of an object of JSON. Lines and columns count from 1, columns in code points.
    fileprivate func write(to output: inout JSONOutput) {
        output.field("severity", severity.rawValue)
        for (name, text) in [("file", file), ("hint", hint)] {
            output.key(name)
            if let text { output.string(text) } else { output.null() }
        }
        for (name, number) in [("line", line), ("column", column), ("end_column", caret.map { $0.upperBound + 1 })] {
            output.key(name)
            if let number { output.integer(number) } else { output.null() }
        }
        output.field("message", message)
        output.field("id", id)
    }
}
