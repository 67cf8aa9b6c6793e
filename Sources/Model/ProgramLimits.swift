/// What a program of the user's own may use. Limits are no part of a result's key: they don't change what a program gives.
package struct ProgramLimits: Hashable, Sendable {
    /// Seconds without an answer.
    package var seconds: Double
    /// MiB of address space of one process; nil for no limit.
    package var memory: Int?
    /// MiB of one answer.
    package var output: Int
    /// MiB of all answers of a run together; nil for no limit.
    package var totalOutput: Int?
    /// Seconds of all documents of a run together; nil for no limit.
    package var totalSeconds: Double?

    package init(
        seconds: Double = 60, memory: Int? = nil, output: Int = 256, totalOutput: Int? = nil,
        totalSeconds: Double? = nil
    ) {
        self.seconds = seconds
        self.memory = memory
        self.output = output
        self.totalOutput = totalOutput
        self.totalSeconds = totalSeconds
    }
}
