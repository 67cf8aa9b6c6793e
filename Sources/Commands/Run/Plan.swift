import ArgumentParser
import Corpus
import Engine
import Model
import Project
import StageKit
import Text

/// `colophon plan`
struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what a run would compute, and why, without computing it.",
        discussion: """
            Compares the corpus, the pipeline and the stages with the last run. A step that 'may run' depends on the \
            output of an earlier one: if that output turns out to be unchanged, the step does not run.

              colophon plan pipelines/harbour.yaml
            """)

    @OptionGroup var pipeline: PipelineOptions
    @OptionGroup var work: WorkOptions

    func run() async throws { try await Self.show(try pipeline.analysis(), work: work) }

    static func show(_ analysis: Analysis, work: WorkOptions) async throws {
        let predicted = try await RunPrediction(of: analysis, jobs: work.parallel, tell: Terminal.tell)
        let (prediction, corpus) = (predicted.prediction, predicted.corpus)
        var variants: [(AnalysisVariant, RunPrediction)] = []
        for variant in try analysis.variants() where !variant.sharesResults {
            let predicted = try await RunPrediction(of: variant, jobs: work.parallel, tell: Terminal.tell)
            variants.append((variant, predicted))
        }
        if work.json {
            Terminal.print(json(prediction, corpus, analysis.plan, variants))
        } else if !work.quiet {
            Terminal.print(text(prediction, corpus, analysis.plan))
            for (variant, predicted) in variants { Terminal.print(Self.line(variant, predicted)) }
        }
    }

    /// What the run of a variant does: `variant window=3: 22 documents, summarize-statistics.words: 22 to run`.
    private static func line(_ variant: AnalysisVariant, _ predicted: RunPrediction) -> String {
        let steps = variant.analysis.plan.graph.steps.compactMap { step -> String? in
            guard let work = predicted.prediction.steps[step.id] else {
                switch predicted.prediction.corpusPrograms[step.id] {
                case .certain: return "\(step.id) runs over the whole corpus"
                case .possible: return "\(step.id) may run over the whole corpus"
                case .reused: return nil
                case nil: break
                }
                return predicted.prediction.finishCauses[step.id] == nil ? nil : "\(step.id) decides again"
            }
            let parts = [(work.certain.count, "to run"), (work.possible.count, "may run")].filter { $0.0 > 0 }
            guard !parts.isEmpty else { return nil }
            return "\(step.id) " + parts.map { "\(Wording.grouped($0.0)) \($0.1)" }.joined(separator: " and ")
        }
        let documents = Wording.count(predicted.corpus.tree.entries.count, "document")
        return "variant \(variant.name): \(documents), "
            + (steps.isEmpty ? "nothing to compute" : steps.joined(separator: ", "))
    }

    /// What a program does that sees the whole corpus: `topics.answers: runs over the whole corpus: option 'k' changed`.
    private static func line(_ work: Prediction.CorpusWork, _ step: StepID, _ prediction: Prediction) -> String {
        switch work {
        case .reused: "\(step): reused"
        case .possible: "\(step): may run over the whole corpus"
        case .certain(let causes):
            "\(step): runs over the whole corpus: "
                + causes.map { prediction.optionPlaces.description(of: $0, step: step) }.joined(separator: ", ")
        }
    }

    private static func text(_ prediction: Prediction, _ corpus: CorpusReading, _ plan: RunPlan) -> String {
        var lines = [
            "\(Wording.count(corpus.tree.entries.count, "document")): \(prediction.added.count) new, "
                + "\(prediction.edited.count) edited, \(prediction.removed.count) removed, "
                + "\(corpus.leftOut.count) unreadable"
                + (corpus.unselected.isEmpty ? "" : ", \(Wording.grouped(corpus.unselected.count)) not selected")
        ]
        for (what, names) in [
            ("new", prediction.added), ("edited", prediction.edited), ("removed", prediction.removed),
        ]
        where !names.isEmpty { lines.append("  \(what): \(Wording.names(names))") }
        var causes = RootCauses(
            prediction.steps.mapValues(\.certain), steps: plan.graph.steps, edited: prediction.edited)
        for step in plan.graph.steps {
            guard let work = prediction.steps[step.id] else {
                if let line = prediction.corpusPrograms[step.id].map({ Self.line($0, step.id, prediction) }) {
                    lines.append(line)
                }
                let causes = prediction.finishCauses[step.id]?.map {
                    prediction.optionPlaces.description(of: $0, step: step.id)
                }
                if let causes { lines.append("\(step.id): decides again: " + causes.joined(separator: ", ")) }
                continue
            }
            var line =
                "\(step.id): \(Wording.grouped(work.reused)) reused, \(Wording.grouped(work.certain.count)) to run"
            if !work.certain.isEmpty {
                let ran = work.certain.map { ($0.document, causes.root(of: $0), step.id) }
                let groups = RunRecord.groups(ran, prediction.optionPlaces)
                line += ": \(RunRecord.wording(groups))"
            }
            if !work.possible.isEmpty {
                line += ", \(Wording.grouped(work.possible.count)) may run"
            }
            lines.append(line)
        }
        if prediction.steps.values.allSatisfy({ $0.certain.isEmpty && $0.possible.isEmpty }),
            prediction.removed.isEmpty,
            prediction.finishCauses.isEmpty, prediction.corpusPrograms.values.allSatisfy({ $0 == .reused })
        {
            lines.append("nothing to compute")
        }
        return lines.joined(separator: "\n")
    }

    private static func json(
        _ prediction: Prediction, _ corpus: CorpusReading, _ plan: RunPlan,
        _ variants: [(AnalysisVariant, RunPrediction)]
    ) -> [UInt8] {
        JSONOutput.line { output in
            write(prediction, corpus, plan, to: &output)
            output.key("variants")
            output.array(variants) { output, item in
                output.object {
                    $0.field("variant", item.0.name)
                    write(item.1.prediction, item.1.corpus, item.0.analysis.plan, to: &$0)
                }
            }
        }
    }

    private static func write(
        _ prediction: Prediction, _ corpus: CorpusReading, _ plan: RunPlan, to output: inout JSONOutput
    ) {
        output.field("documents", corpus.tree.entries.count)
        output.field("left_out", corpus.leftOut.map(\.id))
        output.field("not_selected", corpus.unselected.count)
        output.field("added", prediction.added)
        output.field("edited", prediction.edited)
        output.field("removed", prediction.removed)
        output.key("steps")
        output.array(plan.graph.steps.filter { prediction.steps[$0.id] != nil }) { output, step in
            guard let work = prediction.steps[step.id] else { return }
            output.object {
                $0.field("step", step.id.description)
                $0.field("stage", step.id.stage)
                $0.field("reused", work.reused)
                $0.key("run")
                $0.array(work.certain) { output, ran in
                    output.object {
                        $0.field("document", ran.document)
                        $0.field(
                            "causes",
                            ran.causes.map { prediction.optionPlaces.description(of: $0, step: step.id) })
                    }
                }
                $0.field("may_run", work.possible)
            }
        }
        let programs = plan.graph.steps.filter { prediction.corpusPrograms[$0.id] != nil }
        if !programs.isEmpty {
            output.key("corpus_programs")
            output.array(programs) { output, step in
                output.object {
                    $0.field("step", step.id.description)
                    $0.field("stage", step.id.stage)
                    switch prediction.corpusPrograms[step.id] {
                    case .certain(let causes):
                        $0.field("work", "run")
                        $0.field(
                            "causes", causes.map { prediction.optionPlaces.description(of: $0, step: step.id) })
                    case .possible: $0.field("work", "may run")
                    case .reused, nil: $0.field("work", "reused")
                    }
                }
            }
        }
        output.key("decisions")
        output.array(plan.graph.steps.filter { prediction.finishCauses[$0.id] != nil }) { output, step in
            output.object {
                $0.field("step", step.id.description)
                $0.field("stage", step.id.stage)
                $0.field(
                    "causes",
                    (prediction.finishCauses[step.id] ?? []).map {
                        prediction.optionPlaces.description(of: $0, step: step.id)
                    })
            }
        }
    }
}
