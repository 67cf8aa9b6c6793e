/// Why a step could not handle a document. The document is left out from there on, and the report says so.
public struct StageFailure: Error, Hashable, Sendable {
    /// What is wrong with the document: lower case, no full stop.
    public var summary: String
    /// What the user can do about it.
    public var hint: String?
    /// The id of this kind of failure: `binary-file`.
    public var code: String

    /// A failure of the kind `code`.
    public init(_ summary: String, hint: String? = nil, code: String) {
        self.summary = summary
        self.hint = hint
        self.code = code
    }

    /// A step was given bytes that are no such layer: never shown for a sound store.
    static func damaged(_ layer: LayerName, _ error: LayerError) -> StageFailure {
        StageFailure("layer '\(layer)' can't be read: \(error.message)", code: "damaged-layer")
    }
}

/// What a step declares: nothing else reaches it, and nothing else is in its key.
public struct StepContract: Sendable {
    /// The step's name, unique in its stage: `read`. With the id of the stage it makes the ``StepID``.
    public var name: String
    /// The layers it reads.
    public var reads: [LayerName]
    /// The layers it writes; empty for folds and finishes.
    public var writes: [LayerName]
    /// Layers that another stage of the pipeline may give in place of what the step finds by itself. The step then reads
    /// what is given, with ``StepInput/given(_:)``, and writes its own layers from it.
    public var takes: [LayerName]
    /// What it asks beside layers.
    public var facts: Set<DocumentFact>
    /// For a finish, the name of the fold whose table it decides over; for a join, that of the finish whose decisions it
    /// asks for: a step of the same stage.
    public var after: String?
    /// Whether the step is left out of a pipeline in which nothing writes a layer that it reads. A stage may have
    /// more to say where more is known: statistics of words need tokens, those of names need entities as well, and a
    /// pipeline without entities still wants the first. Otherwise such a layer is a mistake in the pipeline.
    public var optional: Bool
    /// What results show of the step beside layers; nil for nothing.
    public var publishes: Publication?

    /// What results may show of a step's table or decisions.
    public enum Publication: Hashable, Sendable {
        /// The rows of a fold, which are those of these tables. Another fold may fill one of them as well, with rows of
        /// other keys.
        case statistics([StatisticsTable])
        /// The decisions of a finish, each an ``EntityDecision``.
        case entities
        /// The layers that a step writes, each a ``CustomLayer``, as tables of their names.
        case annotations
        /// The decisions of a finish, each a ``CustomLayer`` whose annotations are about the corpus as a whole: as the
        /// table of the name of this layer.
        case corpus(LayerName)
    }

    /// The contract of the step `name`.
    public init(
        _ name: String, reads: [LayerName] = [], writes: [LayerName] = [], takes: [LayerName] = [],
        facts: Set<DocumentFact> = [], after: String? = nil, optional: Bool = false, publishes: Publication? = nil
    ) {
        self.name = name
        self.reads = reads
        self.writes = writes
        self.takes = takes
        self.facts = facts
        self.after = after
        self.optional = optional
        self.publishes = publishes
    }
}

/// The bytes of the original file: the layer that every document has before any step.
public struct SourceBytes: Layer {
    /// `source`
    public static let name: LayerName = "source"
    /// The bytes of the file.
    public var bytes: [UInt8]

    /// The layer for these bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
    /// Writes the bytes as they are.
    public func encode(into writer: inout ByteWriter) { writer.write(bytes) }
    /// Reads the bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) { bytes = try reader.blob() }
}

/// What a step is given: the declared layers and facts of one document.
public struct StepInput {
    private let layers: LayerSet
    private let allFacts: DocumentFacts
    private let contract: StepContract
    /// The names of layers that the stage writes, where they have others in the pipeline.
    private let names: [LayerName: LayerName]
    /// By layer that the step takes, the layer that is given in its place.
    private let taken: [LayerName: LayerName]

    /// The view of `layers` and `facts` that `contract` allows.
    public init(layers: LayerSet, facts: DocumentFacts, contract: StepContract) {
        self.layers = layers
        self.allFacts = facts
        self.contract = contract
        names = [:]
        taken = [:]
    }

    /// The view of `layers` and `facts` that `step` is allowed.
    init(layers: LayerSet, facts: DocumentFacts, step: Step) {
        self.layers = layers
        self.allFacts = facts
        contract = step.contract
        names = step.layerNames
        taken = step.taken
    }

    /// A layer that the contract names; one that is not there is a failure.
    public func layer<L: Layer>(_ type: L.Type) throws(StageFailure) -> L {
        let name = names[L.name] ?? L.name
        guard contract.reads.contains(name) else {
            throw StageFailure("step '\(contract.name)' reads '\(name)' without declaring it", code: "undeclared-read")
        }
        return try value(type, named: name)
    }

    /// What another stage gives in place of a layer that the contract takes; nil where none does.
    public func given<L: GivenLayer>(_ type: L.Type) throws(StageFailure) -> L? {
        guard let name = taken[L.name] else { return nil }
        return try value(type, named: name)
    }

    private func value<L: Layer>(_ type: L.Type, named name: LayerName) throws(StageFailure) -> L {
        do throws(LayerError) {
            if let value = try layers.value(type, named: name) { return value }
        } catch {
            throw .damaged(name, error)
        }
        throw StageFailure("step '\(contract.name)' has no layer '\(name)'", code: "missing-layer")
    }

    /// The canonical bytes of a layer that the contract names, of whatever type.
    public func encoded(_ name: LayerName) throws(StageFailure) -> [UInt8] {
        let name = names[name] ?? name
        guard contract.reads.contains(name), let bytes = layers.encoded(name) else {
            throw StageFailure("step '\(contract.name)' has no layer '\(name)'", code: "missing-layer")
        }
        return bytes
    }

    /// The document's facts; those that the contract does not name are empty.
    public var facts: DocumentFacts {
        DocumentFacts(
            id: contract.facts.contains(.id) ? allFacts.id : "",
            folder: contract.facts.contains(.folder) ? allFacts.folder : "",
            format: contract.facts.contains(.format) ? allFacts.format : .text,
            row: contract.facts.contains(.row) ? allFacts.row : [])
    }
}

/// What a map or a join gives back: its layers.
public struct StepOutput: Sendable {
    /// The layers, in no particular order.
    public private(set) var layers: [any Layer] = []
    /// Layers of types that only their writer knows, as bytes.
    public private(set) var encoded: [(name: LayerName, bytes: [UInt8])] = []

    /// These layers.
    public init(_ layers: any Layer...) { self.layers = layers }
    /// One layer as bytes.
    public init(_ name: LayerName, bytes: [UInt8]) { encoded = [(name, bytes)] }
}

/// One document's layers to other layers of it. Cached by content: the document's id is not in the key unless asked for.
public protocol MapStep: Sendable {
    /// What it reads and writes.
    static var contract: StepContract { get }
    /// Prepares the step once a run; the options read here are in its key.
    init(options: OptionReader) throws(OptionProblem)
    /// Facts that it asks beside those of its contract because of its options.
    var alsoAsks: Set<DocumentFact> { get }
    /// The layers of one document. A function of the input alone.
    func run(_ input: StepInput) throws(StageFailure) -> StepOutput
}

extension MapStep {
    /// None.
    public var alsoAsks: Set<DocumentFact> { [] }
}

/// A small summary of each document, added up to one table for the corpus.
public protocol FoldStep: Sendable {
    /// What it reads.
    static var contract: StepContract { get }
    /// Prepares the step once a run.
    init(options: OptionReader) throws(OptionProblem)
    /// Whether no document adds anything under its options. Then it does not run.
    var isIdle: Bool { get }
    /// The rows that one document adds: integers and sets, nothing cut, capped or ranked.
    func summarize(_ input: StepInput) throws(StageFailure) -> Summary
}

extension FoldStep {
    /// It has something to count.
    public var isIdle: Bool { false }
}

/// The rows of a fold's table to decisions by key: discrete, few, without counts.
public protocol FinishStep: Sendable {
    /// Its name, and in `after` the fold whose table it decides over.
    static var contract: StepContract { get }
    /// Prepares the step once a run.
    init(options: OptionReader) throws(OptionProblem)
    /// The keys that have to be decided together with this row's. The relation has to be symmetric: where a row
    /// names another, that other names it, so that a taken-away edge moves the rows at both of its ends.
    func neighbours(of row: FoldRow) -> [FoldKey]
    /// The rows that are looked up beside those that are decided over, in the shape in which they are asked.
    associatedtype Lookup: RowLookup = NoLookup
    /// The first key of the rows that are looked up: they stand behind all that are decided over. Nil for none.
    ///
    /// Only for *constant* rows: those whose content is a function of their key, such as what stands under its own hash.
    /// They are there or not, and a row that names one is moved by whatever brings it or takes it away; nothing else
    /// keeps watch over them.
    static var firstLookedUp: FoldKey? { get }
    /// The keys of the rows that are looked up to decide over this one.
    func wanted(for row: FoldRow) -> [FoldKey]
    /// Decides over connected rows, in order of their keys. Each decision belongs to one of the rows. In `lookup` is at
    /// least what ``wanted(for:)`` named, as far as it is there.
    func decide(_ rows: [FoldRow], _ lookup: Lookup) -> [Decision]
}

extension FinishStep {
    /// Each key is decided alone.
    public func neighbours(of row: FoldRow) -> [FoldKey] { [] }
    /// Nothing is looked up.
    public static var firstLookedUp: FoldKey? { nil }
    /// Nothing is looked up.
    public func wanted(for row: FoldRow) -> [FoldKey] { [] }
}

/// Rows of a table that a finish looks up, read once from the first to the last and then asked as often as need be.
public protocol RowLookup: Sendable {
    /// What is made of some rows, while others are read.
    associatedtype Part: Sendable
    /// Reads rows that stand one behind the other. Those that can't be read are left out.
    static func part(of rows: [FoldRow]) -> Part
    /// Puts parts together, which come in order of their rows.
    init(_ parts: [Part])
}

/// Nothing to look up.
public struct NoLookup: RowLookup {
    /// Nothing.
    public static func part(of rows: [FoldRow]) {}
    /// Nothing.
    public init(_ parts: [Void] = []) {}
}

/// One document's layers, and the decisions that it asks for, to layers of it.
public protocol JoinStep: Sendable {
    /// What it reads and writes, and in `after` the finish whose decisions it asks for.
    static var contract: StepContract { get }
    /// Prepares the step once a run.
    init(options: OptionReader) throws(OptionProblem)
    /// The keys of the decisions that this document's result depends on, in any order.
    func asks(_ input: StepInput) throws(StageFailure) -> [FoldKey]
    /// The layers, given the decisions that were asked for and those that are addressed to the document: a key without
    /// a decision has none, which is an answer too.
    func apply(_ input: StepInput, _ decisions: [FoldKey: [UInt8]]) throws(StageFailure) -> StepOutput
}

/// A step of one of the four shapes, before it is prepared.
public enum StepType: Sendable {
    case map(any MapStep.Type)
    case fold(any FoldStep.Type)
    case finish(any FinishStep.Type)
    case join(any JoinStep.Type)

    /// What the step declares.
    public var contract: StepContract {
        switch self {
        case .map(let type): type.contract
        case .fold(let type): type.contract
        case .finish(let type): type.contract
        case .join(let type): type.contract
        }
    }
}
