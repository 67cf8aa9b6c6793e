package import StageKit

/// One entry of a pipeline's `stages`, checked.
package struct StageUse: Sendable {
    /// What runs.
    package enum Work: Hashable, Sendable {
        /// A stage of the catalogue, by its name.
        case builtin(String)
        /// A program of the user's own.
        case program(ProgramUse)
    }

    /// Something in the entry that a message can point at.
    package enum Place: Hashable, Sendable {
        case id
        case uses
        case run
        case reads
        /// One layer in the list of `reads`.
        case read(LayerName)
        case writes
        case file(String)
        /// The name of an option.
        case option(String)
        /// The value of an option.
        case value(String)
    }

    /// Unique in the pipeline: `id`, else the name of the stage or of the first layer that the program writes.
    package var id: String
    /// Where the entry begins.
    package var position: SourcePosition
    package var work: Work
    /// What stands under `with`, parameters put in, files read.
    package var options: [String: OptionValue]
    /// Where the parts of the entry stand; those that are not written are missing.
    package var places: [Place: SourcePosition]

    package init(
        id: String, position: SourcePosition, work: Work, options: [String: OptionValue] = [:],
        places: [Place: SourcePosition] = [:]
    ) {
        self.id = id
        self.position = position
        self.work = work
        self.options = options
        self.places = places
    }
}

/// A stage that is a program of the user's own.
package struct ProgramUse: Hashable, Sendable {
    /// What the program sees at once.
    package enum Scope: String, CaseIterable, Sendable {
        /// One document after the other: what it says of one does not depend on the others.
        case document
        /// All documents of the corpus.
        case corpus
    }

    /// The program and its arguments; never empty.
    package var command: [String]
    /// The files that its result depends on, relative to the project.
    package var files: [String]
    /// The layers it is given.
    package var reads: [LayerName]
    /// The layers it gives; never empty.
    package var writes: [LayerName]
    /// The names of the environment variables that it is given.
    package var environment: [String]
    /// Whether the digest of the program's own file is in the key.
    package var pin: Bool
    /// What it sees at once.
    package var scope: Scope
    /// Whether it may read only what is declared, where the system allows that to be enforced.
    package var isConfined: Bool
    /// What it may use.
    package var limits: ProgramLimits

    package init(
        command: [String], files: [String] = [], reads: [LayerName], writes: [LayerName], environment: [String] = [],
        pin: Bool = false, scope: Scope = .document, isConfined: Bool = true, limits: ProgramLimits = ProgramLimits()
    ) {
        self.command = command
        self.files = files
        self.reads = reads
        self.writes = writes
        self.environment = environment
        self.pin = pin
        self.scope = scope
        self.isConfined = isConfined
        self.limits = limits
    }
}
