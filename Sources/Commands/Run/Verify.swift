import ArgumentParser
import Corpus
import Engine
import Model
import Results
import StageKit
import Store
import Text

/// `colophon verify`
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Recompute a sample of the cached results and report any difference.",
        discussion: """
            Recomputes every result of a sample of the documents and compares it with the cached one, byte for byte: this \
            finds stages whose output depends on something other than their input. Also rebuilds each corpus-wide table \
            from scratch and compares it with the one that runs update, and checks the tables of the results database \
            against their digests and against the lock file. Changes nothing. Exits with code 1 if anything differs.

              colophon verify pipelines/harbour.yaml
              colophon verify pipelines/harbour.yaml --sample 100%
            """)

    @OptionGroup var pipeline: PipelineOptions
    @OptionGroup var work: WorkOptions

    @Option(help: ArgumentHelp("The share of the documents to recompute, such as 5% or 0.05.", valueName: "SHARE"))
    var sample = "5%"

    func validate() throws {
        guard Self.share(sample) != nil else {
            throw ValidationError("'--sample' takes a share from 0% to 100%, such as 5% or 0.05")
        }
    }

    /// The share that is written so.
    static func share(_ text: String) -> Double? {
        let isPercent = text.hasSuffix("%")
        guard let number = Double(isPercent ? String(text.dropLast()) : text) else { return nil }
        let share = isPercent ? number / 100 : number
        return (0...1).contains(share) ? share : nil
    }

    func run() async throws {
        if work.quiet || work.json { ProgressLine.shared.silence() }
        let analysis = try pipeline.analysis()
        let (jobs, share) = (work.parallel, Self.share(sample) ?? 0.05)
        let found = try await Interruption.guarding { try await Verification(of: analysis, jobs: jobs, share: share) }
        if work.json { Terminal.print(found.json) } else if !work.quiet { Terminal.print(found.text) }
        for problem in found.problems.prefix(Self.named) { Terminal.error("error: \(problem)") }
        if found.problems.count > Self.named {
            Terminal.error("\(Wording.grouped(found.problems.count - Self.named)) more differences")
        }
        if !found.problems.isEmpty { throw Ending.failed }
    }

    /// How many differences are named.
    private static let named = 20
}

/// What holding a pipeline's results to their inputs found.
struct Verification {
    let audit: Audit
    /// By table of the results database, whether its rows are what its digest says.
    var results: [String: Bool] = [:]
    /// Tables for which the lock has another digest; nil where there is no lock.
    var lockDifferences: [String]?

    init(of analysis: Analysis, jobs: Int, share: Double) async throws {
        let place = ProjectStore(of: analysis.pipeline)
        let (store, state) = try place.open(
            for: analysis.outputName, startingFrom: analysis.pipeline.name, isReading: true)
        let corpus = try await CorpusReading(
            CorpusReading.Request(analysis.pipeline, prefix: place.prefix), store: store, jobs: jobs)
        let database = try analysis.lastResults()
        audit = try await ProgramRunners.with(analysis, jobs: jobs) { programs in
            let engine = Engine(
                plan: analysis.plan, store: store, state: state, project: analysis.pipeline.projectFolder, jobs: jobs,
                programs: programs)
            return try await engine.audit(over: corpus.tree, share: share)
        }

        let (kept, made) = (try database.digests(), try database.recomputedDigests())
        for name in Set(kept.keys).union(made.keys) { results[name] = kept[name] == made[name] }
        if let path = analysis.lockPath, let bytes = FileWriting.contents(of: path) {
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            let locked = Set(lines.filter { $0.hasPrefix("table ") }.map(String.init))
            let found = Set(kept.map { "table \($0.key) \($0.value)" })
            let names = locked.symmetricDifference(found).map { String($0.split(separator: " ")[1]) }
            lockDifferences = Set(names).sorted()
        }
    }

    /// What is not as it should be, in words.
    var problems: [String] {
        audit.differences.map { "'\($0.document)': step '\($0.step)': \($0.summary) [not-deterministic]" }
            + audit.tables.filter { !$0.value }.keys.sorted().map {
                "the table '\($0)' is not the sum of its documents. Delete the pipeline's file in .colophon/state and run "
                    + "again. [wrong-table]"
            }
            + results.filter { !$0.value }.keys.sorted().map {
                "the rows of '\($0)' in the results database were changed after the run. Delete results.sqlite in the "
                    + "output folder and run again. [changed-results]"
            }
            + (lockDifferences ?? []).map {
                "the lock file and the results database have different digests for the table '\($0)'. Run again. "
                    + "[lock-differs]"
            }
    }

    var text: String {
        var lines = [
            "\(Wording.count(audit.results, "result")) of \(Wording.count(audit.documents, "document")) recomputed, "
                + "\(Wording.count(audit.differences.count, "difference"))"
        ]
        if audit.outdated > 0 {
            lines.append(
                "\(Wording.count(audit.outdated, "result")) skipped: their documents or settings changed since the last run"
            )
        }
        lines.append(
            "\(Wording.count(audit.tables.count, "table")) rebuilt from scratch, "
                + "\(Wording.count(audit.tables.values.count { !$0 }, "difference"))")
        lines.append(
            "\(Wording.count(results.count, "table")) of the results database verified, "
                + "\(Wording.count(results.values.count { !$0 }, "difference"))")
        if let lockDifferences {
            lines.append("lock file compared with the results, \(Wording.count(lockDifferences.count, "difference"))")
        }
        return lines.joined(separator: "\n")
    }

    var json: [UInt8] {
        JSONOutput.line { output in
            output.field("results", audit.results)
            output.field("documents", audit.documents)
            output.field("outdated", audit.outdated)
            output.field("tables", audit.tables.count)
            output.field("result_tables", results.count)
            output.field("problems", problems)
        }
    }
}
