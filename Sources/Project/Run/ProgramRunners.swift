import Engine
import Model
import Programs
import StageKit

/// The programs of a pipeline while a run goes on: one pool each, whose processes end with the run.
struct ProgramRunners {
    private let analysis: Analysis
    private let permission: ProgramPermission
    private let pools: [StepID: ProgramPool]
    private let jobs: Int

    /// Hands the programs of `analysis` to `body`, and ends their processes when it is done; `said` is then told what they
    /// wrote to their standard error, by the id of the stage. A program that may not be
    /// started ends the run when the first document needs it; where none may be, the documents that need one have none.
    static func with<Value>(
        _ analysis: Analysis, permission: ProgramPermission, jobs: Int, _ body: (ProgramSteps) async throws -> Value,
        said: ([String: [String]]) -> Void = { _ in }
    ) async throws -> Value {
        let runners = ProgramRunners(analysis, permission, jobs: jobs)
        do {
            let value = try await body(runners.steps)
            await runners.shutdown()
            said(await runners.standardError)
            return value
        } catch {
            await runners.shutdown()
            throw error
        }
    }

    private init(_ analysis: Analysis, _ permission: ProgramPermission, jobs: Int) {
        self.analysis = analysis
        self.permission = permission
        self.jobs = jobs
        pools = analysis.programs.mapValues { ProgramPool($0, workers: jobs) }
    }

    /// What the engine calls.
    private var steps: ProgramSteps {
        let (jobs, analysis, permission) = (jobs, analysis, permission)
        if case .never = permission {
            return ProgramSteps(
                analysis.programs.mapValues { _ in { documents in documents.map { _ in .failure(.withheld) } } },
                corpus: analysis.programs.mapValues { program in { _ in throw Self.withheld(program) } })
        }
        return ProgramSteps(
            pools.mapValues { pool in
                { documents in
                    try permission.check(analysis)
                    let records = documents.map { ProgramRecord(document: $0.facts.id, layers: $0.layers) }
                    // A share for each process that there may be: a program may wait, and others then go on.
                    let size = max(1, (records.count + jobs - 1) / jobs)
                    let shares = stride(from: 0, to: records.count, by: size).map {
                        Array(records[$0..<min($0 + size, records.count)])
                    }
                    let answers = try await concurrentMap(shares, jobs: jobs) { try await pool.annotate($0) }
                    return answers.flatMap { $0 }
                }
            },
            corpus: pools.mapValues { pool in
                { documents in
                    try permission.check(analysis)
                    let reply = try await pool.annotate(
                        corpus: documents.map { ProgramRecord(document: $0.facts.id, layers: $0.layers) })
                    return CorpusAnswers(documents: reply.answers.map { $0.map { $0[0] } }, rows: reply.corpus)
                }
            })
    }

    /// What was read by a program that sees the whole corpus is other than in its last run, and it may not run.
    private static func withheld(_ program: ProgramSpecification) -> ProjectProblem {
        .failure([
            Diagnostic(
                "stage '\(program.stage)' sees the whole corpus and has no result for it as it is now, and programs may "
                    + "not run", hint: "Run without '--no-programs'.", id: ProgramPermission.withheld)
        ])
    }

    /// By the id of the stage, the last lines that its program wrote to its standard error.
    private var standardError: [String: [String]] {
        get async {
            var lines: [String: [String]] = [:]
            for (step, pool) in pools {
                let own = await pool.standardError
                if !own.isEmpty { lines[step.stage] = own }
            }
            return lines
        }
    }

    /// Ends the processes.
    private func shutdown() async { for pool in pools.values { await pool.shutdown() } }
}

extension StageFailure {
    fileprivate static let withheld = StageFailure(
        "the cache has no result of this program for it, and programs may not run",
        hint: "run without '--no-programs'", code: ProgramPermission.withheld)
}
