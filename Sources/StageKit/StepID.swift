/// What tells a step from every other step of a pipeline: the id of the stage that it belongs to, which is unique in the
/// pipeline, and the step's name, which is unique in the stage.
///
/// A stage may stand in a pipeline twice. Its steps then have the same names and different ids, so nothing is looked up
/// by a step's name alone.
public struct StepID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The id of the stage in the pipeline: `clean`.
    public let stage: String
    /// The name of the step within the stage: `read`; empty for a stage that is one program.
    public let name: String

    /// The step `name` of the stage whose id is `stage`.
    public init(stage: String, name: String) {
        self.stage = stage
        self.name = name
    }

    /// As people read it: `clean.read`; for a program, the id of its stage.
    public var description: String { name.isEmpty ? stage : "\(stage).\(name)" }

    /// A text that no other id has, whatever signs names hold.
    public var key: String { "\(stage.utf8.count):\(stage).\(name)" }

    /// In the order of the stages' ids, then of the steps' names, by bytes.
    public static func < (a: StepID, b: StepID) -> Bool {
        a.stage == b.stage
            ? a.name.utf8.lexicographicallyPrecedes(b.name.utf8) : a.stage.utf8.lexicographicallyPrecedes(b.stage.utf8)
    }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        writer.write(stage)
        writer.write(name)
    }

    /// Reads the canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        stage = try reader.string()
        name = try reader.string()
    }
}
