/// Where tasks run: on this machine, or on a cluster.
///
/// An executor starts tasks and knows whether anybody still works on them; nothing else is asked of it. What a task has
/// done is read from the files that it hands in, never from what an executor says. Another scheduler (HTCondor, Kubernetes)
/// is one more implementation, as ``ConfiguredExecutor`` says.
package protocol Executor: Sendable {
    /// As messages call it: `slurm`.
    var name: String { get }

    /// How long what it says may lag behind, and files may take to be seen: what is missing is waited for so long before it
    /// counts as lost.
    var lag: Duration { get }

    /// The pause between two questions once tasks have been at work for a while.
    var pause: Duration { get }

    /// Whether tasks go on when this process has ended.
    var outlives: Bool { get }

    /// Starts the tasks of an array, and gives the name under which the scheduler knows it (a job's number). When tasks of
    /// this array have been started already, by a process that was killed since, or by a call that seemed to fail, it
    /// starts none and gives their number.
    func submit(_ array: TaskArray) async throws -> String

    /// What is known of the tasks of an array, by task; a task of which nothing is known is missing. Throws when the
    /// scheduler does not answer, which says nothing about the tasks.
    func states(of array: TaskArray) async throws -> [Int: TaskState]

    /// Ends the tasks that still wait or run; of the array, or those given. It is no error when there are none.
    func cancel(_ array: TaskArray, tasks: [Int]?) async
}

/// Tasks that differ by a number alone.
package struct TaskArray: Sendable {
    /// A name that no other array has, whoever starts it and whenever: by it a scheduler is asked for the array.
    package var name: String
    /// A folder that every machine sees. Logs go to `log/<task>.log` below it.
    package var folder: String
    /// The command; the number of the task is its last argument.
    package var command: [String]
    /// How many tasks there are; their numbers begin at 0.
    package var count: Int

    package init(name: String, folder: String, command: [String], count: Int) {
        self.name = name
        self.folder = folder
        self.command = command
        self.count = count
    }

    /// Where a task's output goes.
    package func log(of task: Int) -> String { "\(folder)/log/\(task).log" }
}

/// What a scheduler says of a task.
package enum TaskState: Equatable, Sendable {
    /// It is going to run; the reason why it does not yet, in words.
    case waiting(String)
    /// It runs, on a machine of this name.
    case running(String)
    case ended(TaskEnd)
}

/// How a task ended.
package enum TaskEnd: Equatable, Sendable {
    /// By itself, without an error.
    case finished
    /// With an error: in words.
    case failed(String)
    case outOfMemory
    case outOfTime
    /// Its machine was lost, or somebody else's job took its place: no fault of the task.
    case displaced(String)
    /// Somebody cancelled it.
    case cancelled(String)

    /// In words, for a message.
    package var words: String {
        switch self {
        case .finished: "ended without handing in everything"
        case .failed(let how): "failed (\(how))"
        case .outOfMemory: "ran out of memory"
        case .outOfTime: "reached its time limit"
        case .displaced(let how): "lost its place (\(how))"
        case .cancelled(let who): "was cancelled\(who.isEmpty ? "" : " by \(who)")"
        }
    }
}

/// Why an executor can't start tasks, with what to do about it.
package struct ExecutorProblem: Error, Hashable, Sendable {
    /// What is wrong: lower case, no full stop.
    package var summary: String
    /// What to do: a sentence.
    package var hint: String?
    /// The kind of problem: `slurm-refused`.
    package var id: String
    /// The key of the executor's settings that it is about.
    package var key: String?

    package init(_ summary: String, hint: String? = nil, id: String, key: String? = nil) {
        self.summary = summary
        self.hint = hint
        self.id = id
        self.key = key
    }
}
