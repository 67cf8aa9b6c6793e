package import StageKit

/// What ran, and why: the closed list of what a run tells about its work.
package struct RunLog: Equatable, Sendable {
    /// A step that ran over a document.
    package struct Ran: Hashable, Sendable {
        package var document: String
        /// What differs from the last run, the nearest to the user's doing first.
        package var causes: [Cause]

        package init(document: String, causes: [Cause]) {
            self.document = document
            self.causes = causes
        }
    }

    /// The work of one step.
    package struct StepLog: Equatable, Sendable {
        /// The documents over which the step ran, in order.
        package var ran: [Ran] = []
        /// How many documents it was not run for, because its result was there.
        package var reused = 0
        /// How many documents it refused.
        package var refused = 0

        package init() {}
    }

    /// By step. Maps, joins, programs, and the summaries of folds.
    package var steps: [StepID: StepLog] = [:]
    /// Where the files that options name are other than in the last run.
    package var optionPlaces = OptionPlaces()
    /// How many results another process had written, when they were to be written.
    package var doubled = 0
    /// By fold, how many rows of its table moved.
    package var rowsMoved: [StepID: Int] = [:]
    /// By fold, whether its table was put together from nothing.
    package var rebuilt: Set<StepID> = []
    /// By finish, how many keys were decided again.
    package var keysDecided: [StepID: Int] = [:]
    /// By finish that decided over its whole table, because it is another than in the last run: why it is.
    package var finishCauses: [StepID: [Cause]] = [:]
    /// By finish that is a program which sees the whole corpus, and whose inputs or own words are others than in the last
    /// run: whether it ran. If not, the store had its answers.
    package var askedPrograms: [StepID: Bool] = [:]
    /// By finish, how many decisions moved.
    package var decisionsMoved: [StepID: Int] = [:]

    package init() {}

    /// The documents over which a step ran.
    package func documents(_ step: StepID) -> [String] { steps[step]?.ran.map(\.document) ?? [] }

    /// How many units of work ran.
    package var ranCount: Int { steps.values.reduce(0) { $0 + $1.ran.count } }
    /// How many were reused.
    package var reusedCount: Int { steps.values.reduce(0) { $0 + $1.reused } }

    mutating func add(_ visits: [Visit]) {
        for visit in visits {
            if let causes = visit.causes {
                steps[visit.step, default: StepLog()].ran.append(Ran(document: visit.document, causes: causes))
            }
            if visit.refused { steps[visit.step, default: StepLog()].refused += 1 }
        }
    }
}

/// A step that came by a document: it ran for `causes`, or, where there are none, its result was there.
struct Visit: Sendable {
    var step: StepID
    var document: String
    var causes: [Cause]?
    var refused: Bool
}
