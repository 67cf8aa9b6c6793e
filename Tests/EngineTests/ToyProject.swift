import Corpus
import Engine
import Foundation
import Model
import StageKit
import Store
import TestSupport

/// A folder of documents, a store and a state, over which the toy stage runs.
final class ToyProject {
    let folder: String
    var options: [String: OptionValue] = [:]
    /// Fingerprints that stand in for those of the stage, by step.
    var code: [StepID: String] = [:]
    var jobs = 2
    /// What computes documents elsewhere; nil where nothing does.
    var tasks: ToyTasks?
    private var hasMetadata = false
    private(set) var store: ResultStore
    private(set) var state: StateDatabase

    init(_ files: [String: String]) throws {
        folder = NSTemporaryDirectory() + "colophon-engine-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/corpus", withIntermediateDirectories: true)
        store = try ResultStore(folder: folder + "/.colophon")
        state = try StateDatabase(path: folder + "/.colophon/state.sqlite")
        for (name, text) in files { try write(name, text) }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/corpus/\(name)"))
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/corpus/\(name)") }

    func rename(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: "\(folder)/corpus/\(name)", toPath: "\(folder)/corpus/\(other)")
    }

    /// Writes the metadata file, with a column `label` for these documents.
    func annotate(_ rows: [String: String]) throws {
        let lines = rows.sorted { $0.key < $1.key }.map { "corpus/\($0.key),\($0.value)" }
        try write("metadata.csv", (["document,label"] + lines).joined(separator: "\n") + "\n")
        hasMetadata = true
    }

    /// The program ends.
    func close() throws {
        store = try ResultStore(folder: nil)
        state = try StateDatabase(path: nil)
    }

    /// The program starts anew on the same folder; `withoutStore` as if somebody had deleted it.
    func restart(withoutStore: Bool = false, withoutState: Bool = false) throws {
        try close()
        if withoutStore { try FileManager.default.removeItem(atPath: folder + "/.colophon") }
        if withoutState {
            for suffix in ["", "-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: folder + "/.colophon/state.sqlite" + suffix)
            }
        }
        store = try ResultStore(folder: folder + "/.colophon")
        state = try StateDatabase(path: folder + "/.colophon/state.sqlite")
    }

    private func engine() throws -> Engine {
        var steps = try Step.prepare(ToyStage.self, options: options)
        for k in steps.indices { steps[k].fingerprint = code[steps[k].id] ?? steps[k].fingerprint }
        let plan = RunPlan(try StepGraph(steps))
        return Engine(
            plan: plan, store: store, state: state, project: folder, jobs: jobs,
            delegation: tasks?.delegation(plan, store, project: folder))
    }

    private func corpus() async throws -> CorpusReading {
        try await CorpusReading(
            .init(
                project: folder, include: ["corpus/*.txt"], metadata: hasMetadata ? "corpus/metadata.csv" : nil),
            store: store, jobs: jobs)
    }

    @discardableResult
    func run() async throws -> RunOutcome {
        let tree = try await corpus().tree
        return try await engine().run(over: tree, runKey: tree.root)
    }

    func predict() async throws -> Prediction { try engine().predict(over: try await corpus().tree) }

    /// The marks of every document that is in, by the file's name.
    func marks() async throws -> [String: String] { try await layers("marks") }

    /// A layer of every document that is in, by the file's name.
    func layers(_ name: LayerName) async throws -> [String: String] {
        let tree = try await corpus().tree
        var layers: [String: String] = [:]
        for loaded in try await engine().load(tree.entries, layers: [name]) {
            let bytes = loaded.layers.encoded(name) ?? []
            layers[String(loaded.entry.id.dropFirst("corpus/".count))] = String(decoding: bytes, as: UTF8.self)
        }
        return layers
    }

    /// The table of the fold by word, and the words that are common.
    func table() throws -> [String: Int] {
        var table: [String: Int] = [:]
        try state.eachRow(of: "toy.words") { table[String(decoding: $0.key.bytes, as: UTF8.self)] = $0.count() }
        return table
    }
}

extension RunOutcome {
    /// The files over which a step ran.
    func ran(_ step: StepID) -> [String] { log.documents(step).map { String($0.dropFirst("corpus/".count)) } }
}
