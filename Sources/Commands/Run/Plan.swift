import ArgumentParser
import Corpus
import Engine
import Foundation
import Model
import StageKit
import Store
import Text

/// `colophon plan`
struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what a run would compute now, and why; compute nothing.",
        discussion: """
            Compares the corpus, the pipeline and the stages with the last run. 'may run' stands where it depends on what \
            comes out of an earlier step: when its output is the same as before, nothing behind it runs.

              colophon plan pipelines/harbour.yaml
            """)

    @OptionGroup var pipeline: PipelineOptions
    @OptionGroup var work: WorkOptions

    func run() async throws { try await Self.show(try pipeline.analysis(), work: work) }

    static func show(_ analysis: Analysis, work: WorkOptions) async throws {
        let place = ProjectStore(of: analysis.pipeline)
        let (store, state) = try place.open(for: analysis.outputName)
        let corpus = try await CorpusReading(
            CorpusReading.Request(analysis.pipeline, prefix: place.prefix), store: store, jobs: work.parallel)
        let engine = Engine(
            plan: analysis.plan, store: store, state: state,
            project: analysis.pipeline.projectFolder, jobs: work.parallel)
        let prediction = try engine.predict(over: corpus.tree)
        Terminal.tell(damage: store.takeDamage())
        if work.json {
            Terminal.print(json(prediction, analysis.plan))
        } else if !work.quiet {
            Terminal.print(text(prediction, corpus, analysis.plan))
        }
    }

    private static func text(_ prediction: Prediction, _ corpus: CorpusReading, _ plan: RunPlan) -> String {
        var lines = [
            "\(Wording.count(corpus.tree.entries.count, "document")): \(prediction.added.count) new, "
                + "\(prediction.edited.count) edited, \(prediction.removed.count) removed, "
                + "\(corpus.leftOut.count) that can't be read"
        ]
        for (what, names) in [
            ("new", prediction.added), ("edited", prediction.edited), ("removed", prediction.removed),
        ]
        where !names.isEmpty { lines.append("  \(what): \(Wording.names(names))") }
        var causes = RootCauses(
            prediction.steps.mapValues(\.certain), steps: plan.graph.steps, edited: prediction.edited)
        for step in plan.graph.steps {
            guard let work = prediction.steps[step.name] else {
                let causes = prediction.finishCauses[step.name]?.map {
                    prediction.optionPlaces.description(of: $0, step: step.name)
                }
                if let causes { lines.append("\(step.name): decides anew: " + causes.joined(separator: ", ")) }
                continue
            }
            var line =
                "\(step.name): \(Wording.grouped(work.reused)) reused, \(Wording.grouped(work.certain.count)) to run"
            if !work.certain.isEmpty {
                let ran = work.certain.map { ($0.document, causes.root(of: $0), step.name) }
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
            prediction.finishCauses.isEmpty
        {
            lines.append("nothing to compute")
        }
        return lines.joined(separator: "\n")
    }

    private static func json(_ prediction: Prediction, _ plan: RunPlan) -> [UInt8] {
        var output = JSONOutput()
        output.object { output in
            for (key, names) in [
                ("added", prediction.added), ("edited", prediction.edited), ("removed", prediction.removed),
            ] {
                output.key(key)
                output.array(names) { $0.string($1) }
            }
            output.key("steps")
            output.array(plan.graph.steps.filter { prediction.steps[$0.name] != nil }) { output, step in
                guard let work = prediction.steps[step.name] else { return }
                output.object {
                    $0.key("step")
                    $0.string(step.name)
                    $0.key("stage")
                    $0.string(step.stage)
                    $0.key("reused")
                    $0.integer(work.reused)
                    $0.key("run")
                    $0.array(work.certain) { output, ran in
                        output.object {
                            $0.key("document")
                            $0.string(ran.document)
                            $0.key("causes")
                            $0.array(ran.causes) {
                                $0.string(prediction.optionPlaces.description(of: $1, step: step.name))
                            }
                        }
                    }
                    $0.key("may_run")
                    $0.array(work.possible) { $0.string($1) }
                }
            }
        }
        output.endLine()
        return output.bytes
    }
}

extension CorpusReading.Request {
    /// What a pipeline says of its corpus.
    init(_ pipeline: Pipeline, prefix: String) {
        self.init(
            project: pipeline.projectFolder, include: pipeline.corpus.include, exclude: pipeline.corpus.exclude,
            metadata: pipeline.corpus.metadata, prefix: prefix)
    }
}
