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

    /// What tells the step from every other one of the pipeline.
    public var id: StepID
    /// The step that the contract names as the one before it.
    public var after: StepID? { contract.after.map { StepID(stage: id.stage, name: $0) } }
    /// What the step declares, with the layers by the names that they have in the pipeline.
    public var contract: StepContract
    /// The body.
    public var shape: Shape
    /// What stands for the step's code and data files in its key.
    public var fingerprint: String
    /// The options that it read while it was prepared.
    public var options: [(name: String, value: OptionValue)]
    /// What sets apart the layers and tables of this use of its stage from those of another use; nil for the use that
    /// has the plain names.
    public var namespace: String?
    /// Whether it is a fold that has nothing to count under its options.
    public var isIdle: Bool { if case .fold(let fold) = shape { fold.isIdle } else { false } }
    /// The tables of statistics that it fills; nil for a step that is no fold of these.
    public var statistics: [StatisticsTable]? {
        if case .statistics(let tables) = contract.publishes { tables } else { nil }
    }
    /// By the names that the stage has for its own layers, their names in the pipeline, where these are others.
    private(set) var layerNames: [LayerName: LayerName]
    /// By layer that the step takes from another stage, its name in the pipeline.
    private(set) var taken: [LayerName: LayerName] = [:]
    /// Whether what the step writes is checked: it is a stage of the user's own that gives layers of built-in ones.
    private(set) var isChecked = false

    /// A prepared step.
    public init(
        stage: String, contract: StepContract, shape: Shape, fingerprint: String,
        options: [(name: String, value: OptionValue)] = []
    ) {
        self.init(
            StepID(stage: stage, name: contract.name), contract, shape, fingerprint: fingerprint, options: options,
            namespace: nil, layerNames: [:])
    }

    private init(
        _ id: StepID, _ contract: StepContract, _ shape: Shape, fingerprint: String,
        options: [(name: String, value: OptionValue)], namespace: String?, layerNames: [LayerName: LayerName]
    ) {
        self.id = id
        self.contract = contract
        self.contract.reads = contract.reads.map { layerNames[$0] ?? $0 }
        self.contract.writes = contract.writes.map { layerNames[$0] ?? $0 }
        self.shape = shape
        self.fingerprint = fingerprint
        self.options = options
        self.namespace = namespace
        self.layerNames = layerNames
    }

    /// Prepares the steps of a stage with the options that the user gave.
    ///
    /// With a `namespace`, the layers that the stage writes are called `namespace.layer`, and so are they where its
    /// own steps read them: the layers of another use of the stage keep the plain names.
    public static func prepare(
        _ stage: any Stage.Type, id: String? = nil, namespace: String? = nil, options given: [String: OptionValue] = [:]
    ) throws(OptionProblem) -> [Step] {
        var names: [LayerName: LayerName] = [:]
        if let namespace {
            for name in stage.steps.flatMap(\.contract.writes) { names[name] = LayerName("\(namespace).\(name)") }
        }
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
            var contract = type.contract
            if case .map(let step) = shape { contract.facts.formUnion(step.alsoAsks) }
            steps.append(
                Step(
                    StepID(stage: id ?? stage.description.name, name: type.contract.name), contract, shape,
                    fingerprint: stage.wholeFingerprint, options: reader.used, namespace: namespace, layerNames: names))
        }
        return steps
    }
}

extension Step {
    /// The steps, of which those that take layers read what the stages `own` give in their place.
    ///
    /// A stage of the user's own may write a layer of ``GivenLayers``. Where a built-in stage of the pipeline writes it as
    /// well, the own stage's is called `id.layer`, and the built-in one takes it; where none does, it is the layer itself.
    /// Of several uses of a built-in stage, the one with the plain names takes it.
    public static func taking(_ steps: [Step], from own: Set<String>) throws(StepGraphProblem) -> [Step] {
        var steps = steps
        for k in steps.indices where own.contains(steps[k].id.stage) { steps[k].isChecked = true }
        for taker in steps.indices where !own.contains(steps[taker].id.stage) && steps[taker].namespace == nil {
            for layer in steps[taker].contract.takes {
                let givers = steps.filter { own.contains($0.id.stage) && $0.contract.writes.contains(layer) }
                guard let giver = givers.first?.id.stage else { continue }
                guard givers.count == 1 else { throw .writtenTwice(layer, stages: givers.map(\.id.stage)) }
                let name = LayerName("\(giver).\(layer)")
                for k in steps.indices where steps[k].id.stage == giver { steps[k].rename(layer, to: name) }
                steps[taker].taken[layer] = name
                steps[taker].contract.reads.append(name)
            }
        }
        return steps
    }

    private mutating func rename(_ layer: LayerName, to name: LayerName) {
        contract.writes = contract.writes.map { $0 == layer ? name : $0 }
        layerNames[layer] = name
        if case .program = shape { return }
        contract.reads = contract.reads.map { $0 == layer ? name : $0 }
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
    /// Two steps have one identity: the ids of two stages are the same, or the names of two steps of one stage.
    case sameStep(StepID)
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
        var ids: Set<StepID> = []
        for step in steps where !ids.insert(step.id).inserted { throw .sameStep(step.id) }
        let steps = Self.runnable(steps, given: given)
        var writer: [LayerName: Int] = [:]
        for (k, step) in steps.enumerated() {
            for layer in step.contract.writes {
                if let other = writer[layer] {
                    throw .writtenTwice(layer, stages: [steps[other].id.stage, step.id.stage])
                }
                writer[layer] = k
            }
        }
        let known = (given + writer.keys).sorted()
        for step in steps {
            for layer in step.contract.reads where writer[layer] == nil && !given.contains(layer) {
                throw .missingLayer(layer, stage: step.id.stage, known: known)
            }
        }

        let places = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.id, $0) })
        var pass: [Int?] = Array(repeating: nil, count: steps.count)
        var order: [Int] = []
        var waiting = Array(steps.indices)
        while !waiting.isEmpty {
            let ready = waiting.filter { k in
                steps[k].contract.reads.allSatisfy { writer[$0].map { pass[$0] != nil } ?? true }
                    && (steps[k].after.map { places[$0].map { pass[$0] != nil } ?? false } ?? true)
            }
            guard !ready.isEmpty else {
                let stuck = waiting.map { steps[$0] }
                let written = Set(stuck.flatMap(\.contract.writes))
                throw .circular(
                    stages: Set(stuck.map(\.id.stage)).sorted(),
                    layers: Set(stuck.flatMap(\.contract.reads)).intersection(written).sorted())
            }
            for k in ready {
                let step = steps[k]
                var level = step.contract.reads.compactMap { writer[$0].flatMap { pass[$0] } }.max() ?? 0
                if let after = step.after.flatMap({ places[$0] }), let border = pass[after] {
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
            let ids = Set(steps.map(\.id))
            let kept = steps.filter { step in
                !step.contract.optional
                    || step.contract.reads.allSatisfy(written.contains)
                        && step.after.map(ids.contains) ?? true
            }
            if kept.count == steps.count { return kept }
            steps = kept
        }
    }
}
