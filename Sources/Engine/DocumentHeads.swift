import Digests
package import Model
package import StageKit
package import Store
import Text

/// What documents say about themselves when they are read: their front matter, their fields as records, the head of a page.
///
/// Conditions may ask for it before it is known which documents a run goes over. It is what the step that reads documents
/// gives, by the same key: the run finds the results of that step in the store. What it says is kept by group of documents,
/// so that a later run looks a few hundred results up instead of decoding all documents.
package struct DocumentHeads: Sendable {
    private let plan: RunPlan
    private let step: Step
    private let project: String
    private let read: @Sendable (LayerSet) throws -> Metadata?

    /// Heads of documents below the folder `project`, as the step that writes `layer` finds them; `read` takes them out of
    /// its layers. Nil where no step of `plan` makes the layer of nothing but the document.
    package init?(
        _ plan: RunPlan, layer: LayerName, project: String, read: @escaping @Sendable (LayerSet) throws -> Metadata?
    ) {
        guard let step = plan.writers[layer], case .map = step.shape, step.contract.reads == [SourceBytes.name] else {
            return nil
        }
        self.plan = plan
        self.step = step
        self.project = project
        self.read = read
    }

    private static let name: LayerName = "heads"

    /// What each of `entries`, which are in the order of the corpus, says of itself, by id. A document that can't be read is
    /// not among them: a run leaves it out, and says why.
    package func heads(
        of entries: [DocumentEntry], store: ResultStore, jobs: Int
    ) async throws -> [String: Metadata] {
        let groups = SheetPlan.groups(of: entries).map(\.entries)
        let parts = groups.map(parts)
        let keys = parts.map { ContentDigest(of: $0.encoded) }
        let kept = try store.reader.results(keys)
        let bytes = try store.reader.objects(kept.map { $0?.outputs.first?.digest ?? ContentDigest(of: []) })
        let due = groups.indices.map { k in
            (group: groups[k], key: keys[k], parts: parts[k], kept: kept[k] == nil ? nil : bytes[k])
        }
        var heads: [String: Metadata] = [:]
        for group in try await concurrentMap(due, jobs: jobs, { try await self.heads($0, store) }) {
            heads.merge(group) { first, _ in first }
        }
        return heads
    }

    private func parts(of group: [DocumentEntry]) -> KeyFields {
        var fields = plan.fixedParts[step.id] ?? KeyFields()
        var writer = ByteWriter()
        writer.write(list: group) { $1.encode(into: &$0) }
        fields.add(Self.name.description, ContentDigest(of: writer.bytes).bytes)
        return fields
    }

    private func heads(
        _ due: (group: [DocumentEntry], key: ContentDigest, parts: KeyFields, kept: [UInt8]?), _ store: ResultStore
    ) async throws -> [String: Metadata] {
        if let kept = due.kept, let heads = try? Self.decoded(kept, of: due.group) { return heads }
        let read = read
        var pass = plan.graph.passes[0]
        (pass.documentSteps, pass.folds, pass.finishes) = ([step], [], [])
        let leaf = LeafRun(
            plan: plan, pass: pass, store: store, project: project,
            decisions: DecisionTable([:], addressed: [:]), programs: ProgramSteps(), currentFolds: [], earlier: [],
            number: 0, isDoubting: false, added: Set(due.group.map(\.id)), leftOut: [], entriesBefore: [:],
            layersBefore: [:], dirty: [], currentSteps: [],
            making: Delivery.Making(
                layers: step.contract.writes, isWhole: true, make: { try read($1) ?? Metadata([]) }, changed: []))
        var batch = WriteBatch()
        var heads: [String: Metadata] = [:]
        var isWhole = true
        for portion in Engine.portions(due.group) {
            for outcome in try await leaf.run(portion.map { ($0, DocumentState?.none) }) {
                batch.append(outcome.writes)
                if outcome.state.refusal?.isUnstable == true { isWhole = false }
                heads[outcome.id] = outcome.product as? Metadata
            }
        }
        if isWhole {
            let bytes = Self.encoded(heads, of: due.group)
            let digest = ContentDigest(of: bytes)
            batch.objects.append(KeptObject(digest, bytes, Self.name))
            batch.results.append(
                KeptResult(
                    key: due.key, step: step.id, parts: due.parts,
                    result: StepResult(.layers([.init(Self.name, digest)]))))
        }
        try store.write(batch)
        return heads
    }

    private static func encoded(_ heads: [String: Metadata], of group: [DocumentEntry]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(list: group) { writer, entry in
            writer.write(optional: heads[entry.id]) { $1.encode(into: &$0) }
        }
        return writer.bytes
    }

    private static func decoded(
        _ bytes: [UInt8], of group: [DocumentEntry]
    ) throws(LayerError) -> [String: Metadata] {
        var reader = ByteReader(bytes)
        let all = try reader.list { reader throws(LayerError) in
            try reader.optional { reader throws(LayerError) in try Metadata(decoding: &reader) }
        }
        guard all.count == group.count else { throw LayerError("heads of other documents") }
        var heads: [String: Metadata] = [:]
        for (entry, head) in zip(group, all) { heads[entry.id] = head }
        return heads
    }
}
