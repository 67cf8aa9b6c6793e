/// A stage: a name that pipelines use, options, and steps of the four shapes.
public protocol Stage: Sendable {
    /// What `colophon stages` shows.
    static var description: StageDescription { get }
    /// The steps, in any order: what each reads and writes orders them.
    static var steps: [StepType] { get }
    /// Digest of the sources and data files that the stage is built from; made by the build for the built-in ones.
    static var fingerprint: String { get }
    /// What else decides what the stage gives, with its version as it is on this machine: libraries of the system.
    static var libraries: [String] { get }
}

extension Stage {
    /// None.
    public static var libraries: [String] { [] }

    /// What stands for the stage in keys: its code and data files, and the versions of what they run on.
    static var wholeFingerprint: String {
        ([fingerprint, "unicode \(UnicodeData.version)"] + libraries).joined(separator: ", ")
    }
}

/// What users are told about a stage.
public struct StageDescription: Sendable {
    /// The name: lower case with hyphens.
    public var name: String
    /// One sentence.
    public var summary: String
    /// A few lines for `colophon stages NAME`: what it does, by which rules, and what it does not do.
    public var discussion: String
    /// The options.
    public var options: [OptionDescription]

    /// The stage `name`.
    public init(name: String, summary: String, discussion: String = "", options: [OptionDescription] = []) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.options = options
    }
}
