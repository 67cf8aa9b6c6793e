import Engine
import StageKit
import Store

/// Computes documents as tasks elsewhere do, within the process of the tests: what they hand in goes through its bytes.
final class ToyTasks: Sendable {
    /// What becomes of what a portion of so many documents hands in; nil where it is lost.
    private let arriving: @Sendable (_ number: Int, HandedResults) -> HandedResults?

    init(_ arriving: @escaping @Sendable (_ number: Int, HandedResults) -> HandedResults? = { $1 }) {
        self.arriving = arriving
    }

    func delegation(_ plan: RunPlan, _ store: ResultStore, project: String) -> Delegation {
        let arriving = arriving
        return { pass in
            let work = try TaskWork(
                plan, pass: pass.number, decisions: pass.decisions, project: project, programs: ProgramSteps())
            var delegated = Delegated()
            for (number, portion) in TaskWork.portions(try await pass.lacking()).enumerated() {
                guard let handed = try await work?.run(portion, counting: true),
                    let arrived = arriving(number, try HandedResults(encoded: handed.encoded))
                else { continue }
                try store.write(arrived.batch)
                try pass.tables.add(arrived.tables)
                for document in arrived.documents { delegated.ran[document.id] = document.ran }
            }
            return delegated
        }
    }
}
