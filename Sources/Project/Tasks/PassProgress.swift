import Engine
import Executors
import StageKit
import Store

/// One array of tasks.
struct TaskJob {
    let folder: TaskFolder
    let array: TaskArray
    let kind: TaskPlan.Manner.Kind
    let plan: ContentDigest
    /// The documents of each task.
    let shares: [[String]]
    /// How many documents of each task are not handed in yet, and no other task's by now.
    var remaining: [Int]
    /// The packs that were taken in, or will never be.
    var settled: Set<String> = []
    /// Tasks of which packs were taken in.
    var fruitful: Set<Int> = []
    /// Since when a pack is there and not to be read.
    var unsound: [String: ContinuousClock.Instant] = [:]
    /// Since when nothing is known of a task, or it is said to have ended without an error.
    var missing: [Int: ContinuousClock.Instant] = [:]
    /// What was last seen of a task's pulse, and since when.
    var pulses: [Int: (pulse: TaskPulse, seen: ContinuousClock.Instant)] = [:]
    /// Tasks that were ended because they gave no sign of life.
    var hung: Set<Int> = []
    var states: [Int: TaskState] = [:]
    /// Tasks that have ended and whose documents were seen to.
    var closed: Set<Int> = []
}

/// What a pass has come to.
struct PassProgress {
    /// The documents that lack a result, by id.
    var open: [String: TaskDocument] = [:]
    /// Whose each of them is.
    var holders: [String: (job: Int, task: Int)] = [:]
    /// The order in which they are given to tasks.
    var order: [String] = []
    var total = 0
    var delegated = Delegated()
    /// Takes what tasks have counted.
    let tables: HandedTables
    /// Whether a later pass is for tasks, which may read what those of this one hand in.
    let goesOn: Bool
    var jobs: [TaskJob] = []
    /// How many tasks failed.
    var failures = 0
    /// How often tasks were lost through no fault of their own, or failed before they had begun, since the last pack.
    var (displaced, stillborn) = (0, 0)

    init(_ tables: HandedTables, goesOn: Bool) {
        self.tables = tables
        self.goesOn = goesOn
    }

    /// Gives the documents of an array to it, as far as they are open.
    mutating func hand(to k: Int) {
        for (task, ids) in jobs[k].shares.enumerated() {
            for id in ids where open[id] != nil {
                release(id)
                holders[id] = (k, task)
                jobs[k].remaining[task] += 1
            }
        }
    }

    private mutating func release(_ id: String) {
        if let holder = holders.removeValue(forKey: id) { jobs[holder.job].remaining[holder.task] -= 1 }
    }

    mutating func close(_ id: String) {
        open[id] = nil
        release(id)
    }

    /// What is missing of a task, in order.
    func missing(_ task: Int, of k: Int) -> [String] {
        jobs[k].shares[task].filter { id in holders[id].map { $0 == (k, task) } ?? false }
    }
}

/// How far the tasks of a pass are.
package struct TaskProgress: Sendable {
    /// Which pass, from 0, and of how many.
    package var pass: Int
    package var passes: Int
    /// Documents.
    package var done: Int
    package var total: Int
    /// Tasks.
    package var running: Int
    package var waiting: Int
    package var failed: Int
    /// Why tasks wait, in words.
    package var reason: String?
}
