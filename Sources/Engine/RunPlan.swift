import Digests
package import Formats
package import StageKit
import Store

/// A pipeline's steps in order, with what stands for each of them in keys.
package struct RunPlan: Sendable {
    /// The passes.
    package let graph: StepGraph
    /// By step: the parts of every key of the step that do not depend on a document.
    let fixedParts: [StepID: KeyFields]
    /// By step: the digest of those parts. When it is the last run's, only changed documents need a look.
    package let digests: [StepID: ContentDigest]
    /// The columns of tables and records that documents are made of.
    package var columns = FormatReader.Columns()
    /// The options of its steps.
    let options: LastOptions
    /// By layer, the step that writes it.
    let writers: [LayerName: Step]

    /// A plan for `graph`; `programs` gives the key parts of steps that are programs of the user's.
    package init(_ graph: StepGraph, programs: [StepID: KeyFields] = [:]) {
        self.graph = graph
        var fixedParts: [StepID: KeyFields] = [:]
        var writers: [LayerName: Step] = [:]
        for step in graph.steps {
            var fields = KeyFields()
            fields.add("step", step.id.description)
            fields.add("stage", step.id.stage)
            fields.add("code", ContentDigest(of: Array(step.fingerprint.utf8)).bytes)
            for option in step.options { fields.add("option \(option.name)", Self.part(of: option.value)) }
            for field in programs[step.id]?.fields ?? [] { fields.add(field.tag, field.bytes) }
            fixedParts[step.id] = fields
            for layer in step.contract.writes { writers[layer] = step }
        }
        self.fixedParts = fixedParts
        options = LastOptions(graph.steps)
        self.writers = writers
        digests = fixedParts.mapValues { ContentDigest(of: $0.encoded) }
    }

    /// What stands for an option in keys. A file is there by its digest: keys are kept with every result.
    private static func part(of value: OptionValue) -> [UInt8] {
        if case .file(let file) = value { ContentDigest(of: file.bytes).bytes } else { value.encoded }
    }

    /// The layers that a step reads.
    func reads(of step: StepID) -> [LayerName] { graph.steps.first { $0.id == step }?.contract.reads ?? [] }

    /// The folds, in order.
    package var folds: [Step] { graph.passes.flatMap(\.folds) }
    /// The finishes, in order.
    package var finishes: [Step] { graph.passes.flatMap(\.finishes) }

    /// The parts of a step's key for one document; nil where a layer that it reads is not known.
    func parts(
        of step: Step, facts: DocumentFacts, layers: [LayerName: ContentDigest], decisions: [FoldKey: [UInt8]?]? = nil
    ) -> KeyFields? {
        var fields = fixedParts[step.id] ?? KeyFields()
        for layer in step.contract.reads {
            guard let digest = layers[layer] else { return nil }
            fields.add("layer \(layer)", digest.bytes)
        }
        for fact in DocumentFact.allCases where step.contract.facts.contains(fact) {
            switch fact {
            case .id: fields.add("id", facts.id)
            case .folder: fields.add("folder", facts.folder)
            case .format: fields.add("format", facts.format.rawValue)
            case .row:
                var writer = ByteWriter()
                writer.write(list: facts.row) { writer, field in
                    writer.write(field.key)
                    writer.write(field.value)
                }
                fields.add("row", writer.bytes)
            }
        }
        if let decisions {
            var writer = ByteWriter()
            writer.write(list: decisions.sorted { $0.key < $1.key }) { writer, decision in
                writer.write(decision.key.bytes)
                writer.write(optional: decision.value) { $0.write($1) }
            }
            fields.add("decisions", ContentDigest(of: writer.bytes).bytes)
        }
        return fields
    }
}
