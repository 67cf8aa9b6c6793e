import Project
import StageKit
import Engine
import ArgumentParser
import Model
import Store

/// `colophon why`
struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what the last run computed, and why.",
        discussion: """
            Lists for each step how many documents it ran for and how many results it reused, grouped by what changed \
            since the run before. Give a stage, a step or a document to see only that.

              colophon why pipelines/harbour.yaml
              colophon why pipelines/harbour.yaml tag-entities
              colophon why pipelines/harbour.yaml corpus/courier/who-pays.txt
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Argument(help: "A stage, a step or a document.")
    var about: String?

    @Flag(help: "Print the whole record as JSON.")
    var json = false

    func run() async throws {
        let analysis = try pipeline.analysis()
        let place = ProjectStore(of: analysis.pipeline, tell: Terminal.tell)
        let store = try place.open()
        guard let (number, text) = try store.runs(of: place.name(ofRuns: analysis.outputName), limit: 1).first,
            let record = RunRecord(json: text, number: number)
        else {
            Terminal.tell(.damage(store.takeDamage()))
            Terminal.error("error: this pipeline has not been run yet. Run '\(pipeline.command("run"))'. [no-run]")
            throw Ending.failed
        }
        Terminal.tell(.damage(store.takeDamage()))
        if json { return Terminal.print(record.json) }
        let stages = Set(record.steps.map(\.stage))
        if let about, !stages.contains(about), !record.steps.contains(where: { $0.step == about }),
            !record.tables.contains(where: { $0.step == about })
        {
            try tell(about, record, analysis)
        } else {
            Terminal.print("run \(record.number), \(record.began), \(Wording.count(record.documents, "document"))")
            if about == nil, let jobs = record.jobs, !jobs.isEmpty {
                Terminal.print("computed in tasks: \(jobs.joined(separator: ", "))")
            }
            var told: Set<String> = []
            for work in record.steps where about == nil || work.stage == about || work.step == about {
                // A stage of several steps first as a whole.
                if work.step != about, told.insert(work.stage).inserted,
                    let stage = record.stages?.first(where: { $0.stage == work.stage })
                {
                    tell(stage)
                }
                tell(work)
            }
            for table in record.tables where about.map({ table.step == $0 || table.step.hasPrefix("\($0).") }) ?? true {
                tell(table)
            }
            for message in record.messages ?? [] where about == nil || about == message.stage {
                Terminal.print("\(message.stage) wrote to standard error:")
                for line in message.lines { Terminal.print("  \(line)") }
            }
            if let doubled = record.doubled, doubled > 0, about == nil {
                Terminal.print(
                    "\(Wording.count(doubled, "result")) computed here had already been stored by another run, or for a "
                        + "document with the same text")
            }
        }
    }

    private func tell(_ work: RunRecord.StepWork) {
        var line = "\(work.step): \(Wording.grouped(work.reused)) reused, \(Wording.grouped(work.ran)) run"
        if !work.causes.isEmpty { line += ": \(RunRecord.wording(work.causes))" }
        if work.refused > 0 { line += "; \(Wording.count(work.refused, "document")) rejected" }
        Terminal.print(line)
    }

    private func tell(_ table: RunRecord.TableWork) {
        if table.asked == false {
            return Terminal.print("\(table.step): the program did not run: its answers were in the cache")
        }
        guard table.touched > 0 || table.rebuilt else { return }
        if let moved = table.moved, table.asked == true {
            Terminal.print(
                "\(table.step): the program ran over \(Wording.count(table.touched, "document")), "
                    + "\(Wording.count(moved, "answer")) changed"
                    + (table.causes.map { ": " + $0.joined(separator: ", ") } ?? ""))
        } else if let moved = table.moved {
            Terminal.print(
                "\(table.step): \(Wording.count(table.touched, "key")) decided again, "
                    + "\(Wording.count(moved, "decision")) changed"
                    + (table.causes.map { ": " + $0.joined(separator: ", ") } ?? ""))
        } else {
            let rebuilt = table.rebuilt ? ", table rebuilt from scratch" : ""
            Terminal.print("\(table.step): \(Wording.count(table.touched, "table row")) changed\(rebuilt)")
        }
    }

    private func tell(_ document: String, _ record: RunRecord, _ analysis: Analysis) throws {
        let found = record.steps.flatMap { work in
            work.causes.filter { $0.documents.contains(document) }.map { (work.step, $0.cause) }
        }
        if record.removed.contains(document) { return Terminal.print("\(document): removed since the previous run") }
        guard found.isEmpty else {
            for (step, cause) in found { Terminal.print("\(step): \(cause)") }
            return
        }
        let state = try ProjectStore(of: analysis.pipeline, tell: Terminal.tell).openState(analysis.outputName)
        guard let known = try state.documents([document])[document] else {
            let near = NearName.of(document, among: record.steps.map(\.stage) + record.changed)
            Terminal.error(
                "error: the last run has no stage, step or document named '\(document)'"
                    + (near.map { ". Did you mean '\($0)'?" } ?? "") + " [unknown-name]")
            throw Ending.usage
        }
        if let refusal = known.refusal {
            Terminal.print("\(document): left out by '\(refusal.stage)': \(refusal.failure.summary)")
        } else {
            Terminal.print("\(document): every result was reused")
        }
    }
}
