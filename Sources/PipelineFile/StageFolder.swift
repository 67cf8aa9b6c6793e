import Model
import StageKit

/// A stage that is described by a folder with a `stage.yaml`: `uses: ./stages/sentiment`.
struct StageFolder {
    static let file = "stage.yaml"

    /// The keys of the file.
    static let keys =
        [
            Keys.Key(name: "summary", summary: "What the stage does, in a sentence."),
            Keys.Key(name: "discussion", summary: "More about it."),
            Keys.Key(name: "options", summary: "Its options: of each the type, the default and a summary."),
        ] + Keys.program

    /// The keys of an option.
    static let optionKeys = [
        Keys.Key(name: "type", summary: "string, integer, number, boolean, list, or a list of words to choose from."),
        Keys.Key(name: "default", summary: "The value where a pipeline gives none."),
        Keys.Key(name: "summary", summary: "What it does, in a sentence."),
    ]

    /// The folder, relative to the project.
    let folder: String
    /// The keys that a stage with `run` has, and where `run` stands.
    let program: [String: Node.Entry]
    let description: StageDescription

    /// Whether what stands under `uses` is a folder and not the name of a stage.
    static func isPath(_ name: String) -> Bool { name.utf8.contains(UInt8(ascii: "/")) || name == "." }

    /// The name of a stage: the folder's own.
    static func name(_ path: String) -> String { Pipeline.lastComponent(of: Pipeline.join(".", path)) }

    /// Reads the file of the folder at `path`; nil, with the reason reported, if that can't be.
    init?(_ path: String, _ reader: PipelineReader, at mark: Mark) {
        guard reader.isRelative(path, mark) else { return nil }
        folder = Pipeline.join(".", path)
        let place = Pipeline.join(folder, Self.file)
        guard
            let node = reader.tree(
                reader.shown(place), path: place, limit: PipelineReader.largestPipeline, mark: mark),
            let entries = reader.entries(node, "'\(Self.file)'", hint: "Write 'run: [python3, stage.py]'.")
        else { return nil }
        let known = reader.known(entries, Self.keys, of: "'\(Self.file)'")
        guard known["run"] != nil else {
            reader.problems.report(
                "'\(place)' has no 'run'", hint: "It names the program: 'run: [python3, stage.py]'.", id: "missing-key",
                at: node.mark)
            return nil
        }
        program = known.filter { Keys.program.map(\.name).contains($0.key) }
        let options = known["options"].flatMap { reader.entries($0.value, "'options'") } ?? []
        description = StageDescription(
            name: Self.name(path), summary: known["summary"].flatMap { reader.text($0.value, "'summary'") } ?? "",
            discussion: known["discussion"].flatMap { reader.text($0.value, "'discussion'") } ?? "",
            options: options.compactMap { Self.option($0, reader, of: Self.name(path)) })
    }

    private static func option(
        _ entry: Node.Entry, _ reader: PipelineReader, of stage: String
    ) -> OptionDescription? {
        guard let entries = reader.entries(entry.value, "option '\(entry.key)'", hint: "Write '{type: string}'.") else {
            return nil
        }
        let known = reader.known(entries, optionKeys, of: "an option")
        guard let written = known["type"], let type = Self.type(written.value, reader) else {
            if known["type"] == nil {
                reader.problems.report(
                    "option '\(entry.key)' has no 'type'", hint: "It is string, integer, number, boolean or list.",
                    id: "missing-key", at: entry.keyMark)
            }
            return nil
        }
        let summary = known["summary"].flatMap { reader.text($0.value, "'summary'") } ?? ""
        var option = OptionDescription(entry.key, type, summary)
        if let standard = known["default"], let value = reader.value(standard.value, for: option, of: stage) {
            option = OptionDescription(entry.key, type, default: value, summary)
        }
        return option
    }

    private static func type(_ node: Node, _ reader: PipelineReader) -> OptionType? {
        if case .sequence = node.content {
            return .choice(reader.texts(node, "'type'", entry: "a word of 'type'").map(\.text))
        }
        switch reader.text(node, "'type'") {
        case "string"?: return .string
        case "integer"?: return .integer(Int.min...Int.max)
        case "number"?: return .real(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
        case "boolean"?: return .bool
        case "list"?: return .list(.string)
        case let other?:
            reader.problems.report(
                "there is no type '\(other.shortened)'",
                hint: reader.hint(other, among: ["string", "integer", "number", "boolean", "list"]), id: "unknown-type",
                at: node.mark)
            return nil
        case nil: return nil
        }
    }
}
