import Digests
import Engine
import Model
import StageKit
import Store

/// What every task of an array is told: the run that it is part of, and how it hands in. Which documents are its own stands
/// in a file of its own, its share.
struct TaskPlan: Sendable {
    /// What stands for the code of the program that plans; a task of another build refuses. It is the first that is read,
    /// because another build may write the rest otherwise.
    var build: String
    /// The absolute path of the project's folder, the same on every machine.
    var project: String
    /// The absolute path of the pipeline; its file is not read again.
    var pipeline: String
    var settings: [String]
    /// Every file that the pipeline was read from, by its path within the project.
    var inputs: [(path: String, bytes: [UInt8])]
    /// What stands for the code and the options of each step: a task for which any of it is another refuses.
    var steps: [(id: StepID, digest: ContentDigest)]
    var pass: Int
    var decisions: TaskDecisions
    /// Whether the user lets programs be started, as the run found.
    var startsPrograms: Bool
    var manner: Manner
    /// The packs that tasks of earlier passes have handed in, by their paths within the folder of the run. A document of a
    /// share tells which of them have its layers.
    var packs: [String] = []

    /// How the tasks of an array go through their documents.
    struct Manner: Equatable, Sendable {
        /// Which try it is.
        enum Kind: Int, Sendable {
            /// The first: large shares.
            case whole
            /// After a failure: small portions, one at a time, each noted before it begins.
            case careful
            /// One document for each task.
            case alone
        }
        var kind: Kind
        /// How many portions are computed at once.
        var jobs: Int
        /// After so many seconds a pack is handed in.
        var seconds: Int

        /// The most documents of a portion.
        var portion: Int { kind == .whole ? .max : kind == .careful ? 8 : 1 }
    }

    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(build)
        writer.write(project)
        writer.write(pipeline)
        writer.write(list: settings) { $0.write($1) }
        writer.write(list: inputs) { writer, input in
            writer.write(input.path)
            writer.write(input.bytes)
        }
        writer.write(list: steps) { writer, step in
            step.id.encode(into: &writer)
            writer.write(step.digest.bytes)
        }
        writer.write(pass)
        writer.write(decisions.encoded)
        writer.write(startsPrograms)
        writer.write(manner.kind.rawValue)
        writer.write(manner.jobs)
        writer.write(manner.seconds)
        writer.write(list: packs) { $0.write($1) }
        return writer.bytes
    }

    init(
        build: String, project: String, pipeline: String, settings: [String],
        inputs: [(path: String, bytes: [UInt8])], steps: [(id: StepID, digest: ContentDigest)], pass: Int,
        decisions: TaskDecisions, startsPrograms: Bool, manner: Manner
    ) {
        self.build = build
        self.project = project
        self.pipeline = pipeline
        self.settings = settings
        self.inputs = inputs
        self.steps = steps
        self.pass = pass
        self.decisions = decisions
        self.startsPrograms = startsPrograms
        self.manner = manner
    }

    /// The build that wrote a plan; nil for what is no plan.
    static func build(of bytes: [UInt8]) -> String? {
        var reader = ByteReader(bytes)
        return try? reader.string()
    }

    init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        build = try reader.string()
        project = try reader.string()
        pipeline = try reader.string()
        settings = try reader.list { reader throws(LayerError) in try reader.string() }
        inputs = try reader.list { reader throws(LayerError) in (try reader.string(), try reader.blob()) }
        steps = try reader.list { reader throws(LayerError) in
            let id = try StepID(decoding: &reader)
            guard let digest = ContentDigest(try reader.blob()) else { throw LayerError("no digest of a step") }
            return (id, digest)
        }
        pass = try reader.integer()
        decisions = try TaskDecisions(encoded: try reader.blob())
        startsPrograms = try reader.bool()
        guard let kind = Manner.Kind(rawValue: try reader.integer()) else { throw LayerError("no manner of a task") }
        manner = Manner(kind: kind, jobs: try reader.integer(), seconds: try reader.integer())
        packs = try reader.list { reader throws(LayerError) in try reader.string() }
        try reader.finish()
    }

    /// Which pass of which run it is about, whatever the documents and the manner: what was handed in for the same is of
    /// use.
    var subject: ContentDigest {
        var fields = KeyFields()
        fields.add("build", build)
        for step in steps { fields.add("step \(step.id)", step.digest.bytes) }
        fields.add("pass", "\(pass)")
        fields.add("decisions", decisions.encoded)
        return ContentDigest(of: fields.encoded)
    }
}
