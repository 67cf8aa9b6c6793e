import Synchronization

/// A value that a user gave for an option: YAML's, without positions.
public indirect enum OptionValue: Hashable, Sendable {
    case bool(Bool)
    case integer(Int)
    case real(Double)
    case string(String)
    case list([OptionValue])
    /// Keys in the order in which they were written.
    case mapping([OptionEntry])
    case null
    case file(FileValue)
}

/// One key of a mapping, with the line on which it stands (0 where there is none).
public struct OptionEntry: Hashable, Sendable {
    /// The key.
    public var key: String
    /// What it maps to.
    public var value: OptionValue
    /// The line of the file, counted from 1.
    public var line: Int

    /// The entry `key: value`.
    public init(_ key: String, _ value: OptionValue, line: Int = 0) {
        self.key = key
        self.value = value
        self.line = line
    }
}

/// A file that an option names: read once, and in the key by its content, not its path.
public struct FileValue: Hashable, Sendable {
    /// The path as written, for messages.
    public var path: String
    /// The bytes of the file.
    public var bytes: [UInt8]
    /// The content of a YAML file; nil for a file of another kind.
    public var tree: OptionValue?
    /// The content of a file of weights, whose ``bytes`` are only its seal: the digest that it ends with. It is named by
    /// that wherever options are kept. Nil for a file of another kind.
    public var weights: [UInt8]?

    /// The file at `path`.
    public init(path: String, bytes: [UInt8], tree: OptionValue? = nil) {
        self.path = path
        self.bytes = bytes
        self.tree = tree
    }

    /// The file of weights of this name, which ends with its seal.
    public init(name: String, weights: [UInt8]) {
        path = name
        bytes = Array(weights.suffix(ContentDigest.count))
        self.weights = weights
    }
}

/// What values an option takes.
public indirect enum OptionType: Hashable, Sendable {
    case bool
    case integer(ClosedRange<Int>)
    case real(ClosedRange<Double>)
    case string
    /// One of these words.
    case choice([String])
    case list(OptionType)
    /// A path to a YAML file, whose tree the stage checks.
    case yamlFile
    /// A path to any file.
    case file
    /// One of these words: the name of a file of weights that is installed beside the program. The value is the file.
    case weights([String])
}

/// An option as `colophon stages` and the schema show it.
public struct OptionDescription: Hashable, Sendable {
    /// The name: lower case with hyphens.
    public var name: String
    /// What values it takes.
    public var type: OptionType
    /// What holds when the user says nothing; nil for an option that is off until it is given.
    public var standard: OptionValue?
    /// One sentence for the help.
    public var summary: String

    /// The option `name`.
    public init(_ name: String, _ type: OptionType, default standard: OptionValue? = nil, _ summary: String) {
        self.name = name
        self.type = type
        self.standard = standard
        self.summary = summary
    }
}

/// What is wrong with the content of an option, with the line in the file that it names, if any.
public struct OptionProblem: Error, Hashable, Sendable {
    /// The option.
    public var option: String
    /// What is wrong: lower case, no full stop.
    public var summary: String
    /// What to do.
    public var hint: String?
    /// The file in which it is wrong; nil when it is the pipeline itself.
    public var file: String?
    /// The line in that file, from 1; 0 when unknown.
    public var line: Int
    /// The id of this kind of problem.
    public var code: String

    /// A problem with `option`.
    public init(
        option: String, _ summary: String, hint: String? = nil, file: String? = nil, line: Int = 0,
        code: String = "bad-option"
    ) {
        self.option = option
        self.summary = summary
        self.hint = hint
        self.file = file
        self.line = line
        self.code = code
    }
}

/// Gives a step its options and remembers which ones it read: those, and no others, are in the step's key.
public final class OptionReader: Sendable {
    private let values: [String: OptionValue]
    private let read = Mutex<Set<String>>([])

    /// A reader over the values given and the defaults of `descriptions`.
    public init(_ given: [String: OptionValue], descriptions: [OptionDescription]) {
        var values = given
        for option in descriptions where values[option.name] == nil { values[option.name] = option.standard }
        self.values = values
    }

    /// The value of an option; nil when it is not given and has no default.
    public func value(_ name: String) -> OptionValue? {
        read.withLock { _ = $0.insert(name) }
        return values[name]
    }

    /// The options read so far, by name.
    public var used: [(name: String, value: OptionValue)] {
        read.withLock { $0 }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { name in
            values[name].map { (name, $0) }
        }
    }

    /// A switch; false when it is not given.
    public func bool(_ name: String) -> Bool { if case .bool(true)? = value(name) { true } else { false } }

    /// A whole number; nil when it is not given.
    public func integer(_ name: String) -> Int? { if case .integer(let n)? = value(name) { n } else { nil } }

    /// A number; nil when it is not given.
    public func real(_ name: String) -> Double? {
        switch value(name) {
        case .real(let x)?: x
        case .integer(let n)?: Double(n)
        default: nil
        }
    }

    /// A word; nil when it is not given.
    public func string(_ name: String) -> String? { if case .string(let s)? = value(name) { s } else { nil } }

    /// A list of words; empty when it is not given.
    public func strings(_ name: String) -> [String] {
        guard case .list(let items)? = value(name) else { return [] }
        return items.compactMap { if case .string(let s) = $0 { s } else { nil } }
    }

    /// A file; nil when it is not given.
    public func file(_ name: String) -> FileValue? { if case .file(let f)? = value(name) { f } else { nil } }
}
