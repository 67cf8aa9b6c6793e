/// A step, prepared for one run, and where it stands in the pipeline.
public struct Step: Sendable {
    /// One of the four shapes, or a program of the user's, which is a map that runs elsewhere.
    public enum Shape: Sendable {
        case map(any MapStep)
        case fold(any FoldStep)
        case finish(any FinishStep)
        case join(any JoinStep)
        case program
    }

    /// The id of the stage in the pipeline.
    public var stage: String
    /// What the step declares.
    public var contract: StepContract
    /// The body.
    public var shape: Shape
    /// What stands for the step's code and data files in its key.
    public var fingerprint: String
    /// The options that it read while it was prepared.
    public var options: [(name: String, value: OptionValue)]

    /// The step's name, unique in the pipeline.
    public var name: String { contract.name }

    /// A prepared step.
    public init(
        stage: String, contract: StepContract, shape: Shape, fingerprint: String,
        options: [(name: String, value: OptionValue)] = []
    ) {
        self.stage = stage
        self.contract = contract
        self.shape = shape
        self.fingerprint = fingerprint
        self.options = options
    }

    /// Prepares the steps of a stage with the options that the user gave.
    public static func prepare(
        _ stage: any Stage.Type, id: String? = nil, options given: [String: OptionValue] = [:]
    ) throws(OptionProblem) -> [Step] {
        var steps: [Step] = []
        for type in stage.steps {
            let reader = OptionReader(given, descriptions: stage.description.options)
            let shape: Shape =
                switch type {
                case .map(let type): .map(try type.init(options: reader))
                case .fold(let type): .fold(try type.init(options: reader))
                case .finish(let type): .finish(try type.init(options: reader))
                case .join(let type): .join(try type.init(options: reader))
                }
            steps.append(
                Step(
                    stage: id ?? stage.description.name, contract: type.contract, shape: shape,
                    fingerprint: stage.fingerprint, options: reader.used))
        }
        return steps
    }
}

/// What keeps steps from being put in an order.
public enum StepGraphProblem: Error, Hashable, Sendable {
    /// `stage` reads a layer that nothing writes.
    case missingLayer(LayerName, stage: String, known: [LayerName])
    /// Two stages write one layer.
    case writtenTwice(LayerName, stages: [String])
    /// The stages need each other's layers.
    case circular(stages: [String], layers: [LayerName])
}

/// The steps of a pipeline in the order in which they run: passes, each closed by its folds and finishes.
public struct StepGraph: Sendable {
    /// What runs together over one document, and what is decided over the corpus when all documents are through.
    public struct Pass: Sendable {
        /// Maps, joins and programs, each after those whose layers it reads.
        public var documentSteps: [Step] = []
        /// The folds that close the pass.
        public var folds: [Step] = []
        /// What is decided over their tables, for the joins of later passes.
        public var finishes: [Step] = []
    }

    /// The passes in order.
    public let passes: [Pass]

    /// Every step, in the order in which it runs.
    public var steps: [Step] { passes.flatMap { $0.documentSteps + $0.folds + $0.finishes } }

    /// Orders `steps` by what they read and write; `given` are layers that documents have from the start. Optional
    /// steps whose layers nothing writes are left out.
    public init(_ steps: [Step], given: [LayerName] = [SourceBytes.name]) throws(StepGraphProblem) {
        let steps = Self.runnable(steps, given: given)
        var writer: [LayerName: Int] = [:]
        for (k, step) in steps.enumerated() {
            for layer in step.contract.writes {
                if let other = writer[layer] { throw .writtenTwice(layer, stages: [steps[other].stage, step.stage]) }
                writer[layer] = k
            }
        }
        let known = (given + writer.keys).sorted()
        for step in steps {
            for layer in step.contract.reads where writer[layer] == nil && !given.contains(layer) {
                throw .missingLayer(layer, stage: step.stage, known: known)
            }
        }

        let byName = Dictionary(steps.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var pass: [Int?] = Array(repeating: nil, count: steps.count)
        var order: [Int] = []
        var waiting = Array(steps.indices)
        while !waiting.isEmpty {
            let ready = waiting.filter { k in
                steps[k].contract.reads.allSatisfy { writer[$0].map { pass[$0] != nil } ?? true }
                    && (steps[k].contract.after.map { byName[$0].map { pass[$0] != nil } ?? false } ?? true)
            }
            guard !ready.isEmpty else {
                let stuck = waiting.map { steps[$0] }
                let written = Set(stuck.flatMap(\.contract.writes))
                throw .circular(
                    stages: Set(stuck.map(\.stage)).sorted(),
                    layers: Set(stuck.flatMap(\.contract.reads)).intersection(written).sorted())
            }
            for k in ready {
                let step = steps[k]
                var level = step.contract.reads.compactMap { writer[$0].flatMap { pass[$0] } }.max() ?? 0
                if let after = step.contract.after.flatMap({ byName[$0] }), let border = pass[after] {
                    if case .finish = step.shape { level = border } else { level = max(level, border + 1) }
                }
                pass[k] = level
                order.append(k)
            }
            waiting.removeAll { pass[$0] != nil }
        }

        var passes = Array(repeating: Pass(), count: (pass.compactMap { $0 }.max() ?? -1) + 1)
        for k in order {
            guard let level = pass[k] else { continue }
            switch steps[k].shape {
            case .map, .join, .program: passes[level].documentSteps.append(steps[k])
            case .fold: passes[level].folds.append(steps[k])
            case .finish: passes[level].finishes.append(steps[k])
            }
        }
        self.passes = passes
    }

    /// The steps without the optional ones that lack a layer or the step that they come after.
    private static func runnable(_ steps: [Step], given: [LayerName]) -> [Step] {
        var steps = steps
        while true {
            let written = Set(given).union(steps.flatMap(\.contract.writes))
            let names = Set(steps.map(\.name))
            let kept = steps.filter { step in
                !step.contract.optional
                    || step.contract.reads.allSatisfy(written.contains)
                        && step.contract.after.map(names.contains) ?? true
            }
            if kept.count == steps.count { return kept }
            steps = kept
        }
    }
}
