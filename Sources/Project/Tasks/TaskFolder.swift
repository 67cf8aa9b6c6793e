import Digests
import Engine
import Foundation
import Model
import StageKit
import Store

/// The folder of one array of tasks, which all machines see. It is made complete and then renamed; after that only files
/// are added to it, each under a name of its own.
struct TaskFolder: Sendable {
    let path: String

    var plan: String { "\(path)/plan" }
    var results: String { "\(path)/results" }
    /// The folder of the run that the array is part of.
    var run: String { Pipeline.folder(of: Pipeline.folder(of: path)) }
    func share(_ task: Int) -> String { "\(path)/share/\(task)" }
    /// Counts up as long as the task is alive, and has the documents of the portion that it works on.
    func pulse(_ task: Int) -> String { "\(path)/pulse/\(task)" }
    /// Why tasks refuse to work at all.
    var refusal: String { "\(path)/refusal" }
    /// The name under which a scheduler knows the array.
    private var name: String { "\(path)/name" }
    /// What the scheduler called it; there once it was submitted.
    private var number: String { "\(path)/number" }

    /// Makes the folder with all that tasks need.
    static func make(
        _ path: String, plan: TaskPlan, shares: [[TaskDocument]], name: String
    ) throws -> TaskFolder {
        // What a process left that was killed while it made the same.
        let aside = TaskFolder(path: "\(path).part")
        try? FileManager.default.removeItem(atPath: aside.path)
        for folder in ["share", "results", "pulse", "log"] { try FileWriting.makeFolder("\(aside.path)/\(folder)") }
        let bytes = plan.encoded
        let digest = ContentDigest(of: bytes)
        for (task, documents) in shares.enumerated() {
            var writer = ByteWriter()
            writer.write(digest.bytes)
            writer.write(list: documents) { $1.encode(into: &$0) }
            try SealedFile.write(writer.bytes, to: aside.share(task))
        }
        try SealedFile.write(Array(name.utf8), to: aside.name)
        try SealedFile.write(bytes, to: aside.plan)
        guard rename(aside.path, path) == 0 else { throw FileWriteProblem(path: path, number: errno) }
        return TaskFolder(path: path)
    }

    /// The documents of a task.
    func documents(of task: Int, plan: ContentDigest) throws(LayerError) -> [TaskDocument]? {
        guard let bytes = SealedFile.read(share(task)) else { return nil }
        var reader = ByteReader(bytes)
        guard ContentDigest(try reader.blob()) == plan else { throw LayerError("the share is that of another plan") }
        let documents = try reader.list { reader throws(LayerError) in try TaskDocument(decoding: &reader) }
        try reader.finish()
        return documents
    }

    var arrayName: String? { SealedFile.read(name).map { String(decoding: $0, as: UTF8.self) } }

    var submitted: String? { SealedFile.read(number).map { String(decoding: $0, as: UTF8.self) } }

    /// Whether the run has given the array up, so that nobody works on it any more.
    var isGivenUp: Bool { SealedFile.read("\(path)/given-up") != nil }

    func giveUp() { try? SealedFile.write([], to: "\(path)/given-up") }

    func note(submitted: String) throws { try SealedFile.write(Array(submitted.utf8), to: number) }

    /// Hands in what a task has done: the digest of its plan, then the results.
    func handIn(_ handed: HandedResults, plan: ContentDigest, task: Int, number: Int) throws {
        try SealedFile.write(plan.bytes + handed.encoded, to: "\(results)/\(task)-\(number)")
    }

    /// The names of the packs that were handed in. Names are listed and never guessed: a network file system remembers for
    /// a while that a file was not there.
    var packs: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: results)) ?? []
        return names.filter { !$0.hasSuffix(".part") }.sorted()
    }

    /// By digest, the layers of these names that tasks of earlier passes have handed in for `documents`; without those
    /// whose pack can't be read, which are made again. `packs` are those of the plan.
    func layers(
        of documents: [TaskDocument], in packs: [String], only names: Set<LayerName>
    ) -> [ContentDigest: [UInt8]] {
        var layers: [ContentDigest: [UInt8]] = [:]
        for place in Set(documents.flatMap(\.handed)) where packs.indices.contains(place.pack) {
            // In the file, the digest of the plan stands before what was handed in.
            let part = place.part.lowerBound + ContentDigest.count..<place.part.upperBound + ContentDigest.count
            guard let read = HandedLayers.read("\(run)/\(packs[place.pack])", part, only: names) else { continue }
            layers.merge(read) { first, _ in first }
        }
        return layers
    }

    enum Pack: Sendable {
        case sound(HandedResults)
        /// It is not whole, or what is whole of it makes no sense.
        case unsound
        /// It was made for another plan.
        case stale
    }

    func pack(_ name: String, plan: ContentDigest) -> Pack {
        guard let bytes = SealedFile.read("\(results)/\(name)"), bytes.count >= ContentDigest.count else {
            return .unsound
        }
        guard ContentDigest(bytes.prefix(ContentDigest.count)) == plan else { return .stale }
        guard let handed = try? HandedResults(encoded: Array(bytes.dropFirst(ContentDigest.count))) else {
            return .unsound
        }
        return .sound(handed)
    }

    /// The last lines of a task's log.
    func lastWords(of task: Int, lines: Int = 5) -> [String] {
        let log = FileWriting.contents(of: "\(path)/log/\(task).log") ?? []
        return log.suffix(8 << 10).split(separator: UInt8(ascii: "\n")).suffix(lines).map {
            String(decoding: $0, as: UTF8.self).printable()
        }
    }
}

/// A sign of life of a task: a number that grows, and the documents that it works on at present. No clock is in it, because
/// machines' clocks differ; whoever watches takes the time of its own.
struct TaskPulse: Equatable, Sendable {
    var count: Int
    var inHand: [String]

    func write(to path: String) throws {
        var writer = ByteWriter()
        writer.write(count)
        writer.write(list: inHand) { $0.write($1) }
        // Renewed many times: a torn one is no loss, so it is not sealed as what is kept is.
        try FileWriting.write(writer.bytes, to: path)
    }

    init(count: Int, inHand: [String]) {
        self.count = count
        self.inHand = inHand
    }

    init?(at path: String) {
        guard let bytes = FileWriting.contents(of: path) else { return nil }
        var reader = ByteReader(bytes)
        guard let count = try? reader.integer(),
            let inHand = try? reader.list({ reader throws(LayerError) in try reader.string() })
        else { return nil }
        self.init(count: count, inHand: inHand)
    }
}
