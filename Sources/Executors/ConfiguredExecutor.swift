/// An executor that `run --on` can name and `colophon.yaml` configures. A third one is a file beside `SlurmExecutor.swift` with
/// a type that conforms to this, and its name in ``ExecutorKinds/all``.
package protocol ConfiguredExecutor: Executor {
    /// As `--on`, `colophon.yaml` and messages call it.
    static var name: String { get }

    /// The keys of its section, beside those of all executors: `documents-per-task`, `bytes-per-task`, `at-most` and `cpus`.
    static var keys: [ExecutorKey] { get }

    /// An executor with these settings. On this machine, its tasks may use `jobs` processors together.
    init(configured settings: ExecutorSettings, jobs: Int) throws(ExecutorProblem)
}

extension ConfiguredExecutor {
    package var name: String { Self.name }
}

/// The executors that there are.
package enum ExecutorKinds {
    package static let all: [any ConfiguredExecutor.Type] = [SlurmExecutor.self, ProcessExecutor.self]
}

/// A key of an executor's section.
package struct ExecutorKey: Sendable {
    package enum Value: Sendable {
        /// One line of text, or a number.
        case text
        /// A text of several lines, or a list of texts.
        case lines
    }
    package let name: String
    package let value: Value
    /// How a consent calls one of its lines, where what it says acts with the user's rights: shell, options that name
    /// programs. Such a key of a project's own file needs consent.
    package let consent: String?

    package init(_ name: String, _ value: Value = .text, consent: String? = nil) {
        self.name = name
        self.value = value
        self.consent = consent
    }
}

/// What `colophon.yaml` says of an executor.
package struct ExecutorSettings: Sendable {
    /// By key, texts of one line.
    package var texts: [String: String] = [:]
    /// By key, lines.
    package var lines: [String: [String]] = [:]
    /// Processors of a task.
    package var cpus: Int?
    /// How many tasks may run at once.
    package var atMost: Int?

    package init() {}
}
