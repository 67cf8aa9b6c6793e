package import Executors
import Foundation
import Model
import StageKit

/// How a run gives work to tasks.
package struct TaskSettings: Sendable {
    /// What starts the tasks.
    package var executor: any Executor
    /// The program that tasks run, by its absolute path.
    package var tool: String
    /// What stands for the code of this program: a task of another build refuses to work.
    package var build: String
    /// How many documents a task gets. A task should take about ten minutes: far longer than it takes to start.
    package var documentsPerTask = 100_000
    /// How many bytes of documents a task gets; nil for no bound.
    package var bytesPerTask: Int?
    /// How many portions a task computes at once: as many processors as it gets.
    package var jobs = 1
    /// A pass that lacks the results of fewer documents than this is computed here, where it takes less time.
    package var threshold = 100_000
    /// Whether tasks get the documents however few they are.
    package var isForced = false
    /// Whether the run leaves once its tasks are submitted.
    package var isDetached = false
    /// After how many seconds a task hands in what it has.
    package var handInSeconds = 60

    /// Whether tasks go on when the run has left.
    package var canDetach: Bool { executor.outlives }

    package init(executor: any Executor, tool: String, build: String) {
        self.executor = executor
        self.tool = tool
        self.build = build
    }
}

/// The run has left, and its tasks go on.
package struct TasksSubmitted: Error, Sendable {
    /// What goes on, in words.
    package var what: String
}
