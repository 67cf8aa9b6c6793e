/// A step's work over one document: the one place that knows what the shapes of steps do with a document.
///
/// Runs, restored layers, audits and runs in memory all go through it, so they cannot disagree.
public struct StepExecution {
    /// The step.
    public let step: Step
    /// The layers of the document.
    public let layers: LayerSet
    /// Where the layers that the step gives are put.
    public let made: LayerSet
    /// What is known of the document beside its layers.
    public let facts: DocumentFacts

    /// The work of `step` over the document with these layers, which hold at least those that the step reads. What it gives
    /// is put among them, unless it is to go elsewhere.
    public init(_ step: Step, over layers: LayerSet, facts: DocumentFacts, into made: LayerSet? = nil) {
        self.step = step
        self.layers = layers
        self.made = made ?? layers
        self.facts = facts
    }

    private var input: StepInput { StepInput(layers: layers, facts: facts, step: step) }

    /// The keys of the decisions that the step asks for; nil for a step that asks for none.
    public func asks() throws(StageFailure) -> [FoldKey]? {
        if case .join(let body) = step.shape { try body.asks(input) } else { nil }
    }

    /// Runs the step. A map or a join puts its layers into ``made``; a fold gives its summary. A finish
    /// and a program do not run over one document, and give nothing.
    @discardableResult
    public func run(_ decisions: [FoldKey: [UInt8]] = [:]) throws(StageFailure) -> Summary? {
        switch step.shape {
        case .map(let body): try keep(try body.run(input))
        case .join(let body): try keep(try body.apply(input, decisions))
        case .fold(let body): return try body.summarize(input)
        case .finish, .program: break
        }
        return nil
    }

    private func keep(_ output: StepOutput) throws(StageFailure) {
        if step.isChecked {
            for case let layer as any GivenLayer in output.layers { try layer.check(in: try text()) }
        }
        made.set(output, named: step.layerNames)
    }

    /// The text of the document, which positions of layers are held to.
    private func text() throws(StageFailure) -> [UInt8] {
        do throws(LayerError) {
            return try layers.value(DocumentText.self)?.bytes ?? []
        } catch {
            throw .damaged(DocumentText.name, error)
        }
    }
}
