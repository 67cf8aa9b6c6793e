import Engine
import Programs
import StageKit

/// The programs of a pipeline while a run goes on: one pool each, whose processes end with the run.
struct ProgramRunners {
    private let pools: [String: ProgramPool]

    init(_ analysis: Analysis, jobs: Int) {
        pools = analysis.programs.mapValues { ProgramPool($0, workers: jobs) }
    }

    /// What the engine calls.
    var steps: ProgramSteps {
        ProgramSteps(
            pools.mapValues { pool in
                { documents in
                    try await pool.annotate(documents.map { ProgramRecord(document: $0.facts.id, layers: $0.layers) })
                        .map { $0.map(\.encoded) }
                }
            })
    }

    /// Ends the processes.
    func shutdown() async { for pool in pools.values { await pool.shutdown() } }
}
