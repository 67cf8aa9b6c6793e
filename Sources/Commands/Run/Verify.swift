import ArgumentParser
import Engine
import Project
import Text

/// `colophon verify`
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Recompute a sample of the cached results and report any difference.",
        discussion: """
            Recomputes every result of a sample of the documents and compares it with the cached one, byte for byte: this \
            finds stages whose output depends on something other than their input. Also rebuilds each corpus-wide table \
            from scratch and compares it with the one that runs update, and checks the tables of the results database \
            against their digests and against the lock file. Changes nothing, except that a wrong result which came from a \
            pack or a shared cache is thrown away. Exits with code 3 if anything differs.

              colophon verify pipelines/harbour.yaml
              colophon verify pipelines/harbour.yaml --sample 100%
              colophon verify pipelines/harbour.yaml --lock
            """)

    @OptionGroup var pipeline: PipelineOptions
    @OptionGroup var work: WorkOptions

    @Option(help: ArgumentHelp("The share of the documents to recompute, such as 5% or 0.05.", valueName: "SHARE"))
    var sample = "5%"

    @Flag(
        help: """
            Recompute everything from the documents, in a temporary folder with an empty cache, and compare tables and \
            report with the lock.
            """)
    var lock = false

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
        if lock { return try await verifyLock(analysis) }
        let (jobs, share) = (work.parallel, Self.share(sample) ?? 0.05)
        let found = try await Interruption.guarding {
            try await Verification(of: analysis, jobs: jobs, share: share, tell: Terminal.tell)
        }
        if work.json { Terminal.print(found.json) } else if !work.quiet { Terminal.print(found.text) }
        for problem in found.problems.prefix(Self.named) { Terminal.error("error: \(problem)") }
        if found.problems.count > Self.named {
            Terminal.error("\(Wording.grouped(found.problems.count - Self.named)) more differences")
        }
        if !found.problems.isEmpty { throw Ending.difference }
    }

    private func verifyLock(_ analysis: Analysis) async throws {
        let jobs = work.parallel
        let found = try await Interruption.guarding {
            try await LockVerification(of: analysis, jobs: jobs, observer: TerminalObserver(analysis))
        }
        if work.json { Terminal.print(found.json) } else if !work.quiet { Terminal.print(found.text) }
        if !found.isSame { throw Ending.difference }
    }

    /// How many differences are named.
    private static let named = 20
}

extension Verification {
    /// What was compared and how much of it differs, a line each.
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
