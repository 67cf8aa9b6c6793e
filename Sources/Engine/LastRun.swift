import Digests
import Model
import StageKit
import Store

/// What the state tells about the run that left it.
struct LastRun {
    /// The digest of the corpus; nil when there was no run, or its record can't be read.
    var root: ContentDigest?
    var runKey: ContentDigest?
    /// By step, the digest of what stands for the step in keys.
    var steps: [StepID: ContentDigest] = [:]
    /// By fold, the digest of its table.
    var tables: [StepID: SetDigest] = [:]
    /// Documents that have to be tried again.
    var unstable: Set<String> = []
    /// Documents that a step refused.
    var refused: [String: DocumentState.Refusal] = [:]

    private static let name = "run"

    /// The steps of `plan` that are what they were in this run.
    func current(of plan: RunPlan) -> Set<StepID> {
        Set(plan.digests.filter { steps[$0.key] == $0.value }.keys)
    }

    init(_ state: StateDatabase) throws {
        guard let bytes = try state.meta(Self.name) else { return }
        do throws(LayerError) {
            var reader = ByteReader(bytes)
            root = ContentDigest(try reader.blob())
            runKey = ContentDigest(try reader.blob())
            for _ in 0..<(try reader.unsigned()) {
                let id = try StepID(decoding: &reader)
                steps[id] = ContentDigest(try reader.blob())
            }
            for _ in 0..<(try reader.unsigned()) {
                let id = try StepID(decoding: &reader)
                tables[id] = SetDigest(bytes: try reader.blob(), rows: try reader.integer())
            }
            unstable = Set(try reader.list { reader throws(LayerError) in try reader.string() })
            for _ in 0..<(try reader.unsigned()) {
                let id = try reader.string()
                refused[id] = try DocumentState.Refusal(decoding: &reader)
            }
            try reader.finish()
        } catch {
            self = LastRun()
        }
    }

    private init() {}

    static func write(
        _ state: StateDatabase, store: ResultStore, plan: RunPlan, root: ContentDigest, nodes: [CorpusTree.Node],
        runKey: ContentDigest,
        tables: FoldTables, unstable: Set<String>, refused: [String: DocumentState.Refusal]
    ) throws {
        var batch = WriteBatch()
        batch.objects = nodes.map { KeptObject($0.digest, $0.bytes, "corpus") }
        try store.write(batch)
        var writer = ByteWriter()
        writer.write(root.bytes)
        writer.write(runKey.bytes)
        writer.write(list: plan.digests.sorted { $0.key < $1.key }) { writer, step in
            step.key.encode(into: &writer)
            writer.write(step.value.bytes)
        }
        writer.write(list: plan.folds.map(\.id).sorted()) { writer, fold in
            fold.encode(into: &writer)
            let digest = tables.digest(of: fold)
            writer.write(digest.bytes)
            writer.write(digest.rows)
        }
        writer.write(list: unstable.sorted()) { $0.write($1) }
        writer.write(list: refused.sorted { $0.key < $1.key }) { writer, entry in
            writer.write(entry.key)
            entry.value.encode(into: &writer)
        }
        try state.set(name, writer.bytes)
    }
}
