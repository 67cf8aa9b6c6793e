import Engine
import ArgumentParser
import Foundation
import Model
import PipelineFile
import Project
import StageKit
import Text

/// `colophon stages`
struct Stages: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the stages, or explain one with its options.",
        discussion: """
            Lists the built-in stages and those that folders of the project describe (a stage.yaml, three folders deep at \
            most).

              colophon stages
              colophon stages tag-entities
              colophon stages ./stages/sentiment
            """)

    @Argument(
        help: "The stage to explain: its name, or its folder.", completion: .list(Catalogue.descriptions.map(\.name)))
    var name: String?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func run() throws {
        let entries = name.map(Self.isFolder) == true ? [] : (Catalogue.stages + [Catalogue.fallback]).map(Entry.init)
        let all = entries + (try Self.described(name))
        if let name, !Self.isFolder(name), !all.contains(where: { $0.description.name == name }) {
            let near = NearName.of(name, among: all.map { $0.description.name })
            Terminal.error(
                "error: no stage named '\(name)'" + (near.map { ". Did you mean '\($0)'?" } ?? "") + " [unknown-stage]")
            throw Ending.usage
        }
        let wanted = all.filter { name.map(Self.isFolder) ?? true || $0.description.name == name }
        if json {
            return Terminal.print(
                JSONOutput.line {
                    $0.key("stages")
                    $0.array(wanted) { Self.write($1, to: &$0) }
                })
        }
        for stage in wanted {
            if name == nil {
                let folder = stage.folder.map { " (\($0))" } ?? ""
                Terminal.print("\(stage.description.name)\(folder)\n    \(stage.description.summary)")
            } else {
                Terminal.print(stage.page)
            }
        }
        if name == nil { Terminal.print("\n'colophon stages NAME' explains a stage and its options.") }
    }

    private static func isFolder(_ name: String) -> Bool { name.contains("/") || name == "." }

    /// The stages that folders of the project describe; with a folder as `name`, that one. What is wrong with one of several
    /// is told, and the others are listed.
    private static func described(_ name: String?) throws -> [Entry] {
        if let name, isFolder(name) {
            let (stage, diagnostics) = DescribedStage.load(name)
            guard let stage else { throw ProjectProblem.usage(diagnostics) }
            return [Entry(stage)]
        }
        return folders(in: ".", deep: 3).compactMap { folder in
            let (stage, diagnostics) = DescribedStage.load(folder)
            if stage == nil { Terminal.report(diagnostics) }
            return stage.map { Entry($0) }
        }
    }

    /// The folders with a stage.yaml, in order of their paths; hidden ones are passed over.
    private static func folders(in folder: String, deep: Int) -> [String] {
        guard deep > 0, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
        var found: [String] = []
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) where !name.hasPrefix(".") {
            let path = Pipeline.join(folder, name)
            if FileManager.default.fileExists(atPath: "\(path)/stage.yaml") { found.append(path) }
            found += folders(in: path, deep: deep - 1)
        }
        return found
    }

    /// A stage of the catalogue, or one that a folder describes.
    struct Entry {
        let description: StageDescription
        /// The layers that it reads and does not write itself.
        let reads: [String]
        let writes: [String]
        /// Layers that another stage may give in its place.
        let takes: [String]
        /// Where it is described; nil for one of the catalogue.
        let folder: String?

        init(_ stage: any Stage.Type) {
            let contracts = stage.steps.map(\.contract)
            let written = Set(contracts.flatMap(\.writes))
            description = stage.description
            reads = Set(contracts.flatMap(\.reads)).subtracting(written).sorted().map(\.rawValue)
            writes = written.sorted().map(\.rawValue)
            takes = Set(contracts.flatMap(\.takes)).sorted().map(\.rawValue)
            folder = nil
        }

        init(_ stage: DescribedStage) {
            description = stage.description
            reads = stage.reads.map(\.rawValue)
            writes = stage.writes.map(\.rawValue)
            takes = []
            folder = stage.path
        }

        /// The page of the stage.
        var page: String {
            var lines = ["\(description.name): \(description.summary)"]
            if let folder { lines.append("in a pipeline: uses: \(folder)") }
            if !description.discussion.isEmpty { lines += ["", description.discussion] }
            lines += ["", "reads:  " + reads.joined(separator: ", ")]
            if !writes.isEmpty { lines.append("writes: " + writes.joined(separator: ", ")) }
            if !takes.isEmpty {
                lines.append(
                    "takes from a stage of your own, in place of what it finds: " + takes.joined(separator: ", "))
            }
            lines.append("")
            lines.append(description.options.isEmpty ? "no options" : "options, under 'with':")
            for option in description.options {
                var line = "  \(option.name) (\(option.type.shown)"
                if let standard = option.standard { line += ", default \(standard.shown)" }
                lines += [line + ")", "      \(option.summary)"]
            }
            return lines.joined(separator: "\n")
        }
    }

    private static func write(_ stage: Entry, to output: inout JSONOutput) {
        let description = stage.description
        output.object {
            $0.field("name", description.name)
            $0.field("summary", description.summary)
            $0.field("discussion", description.discussion)
            $0.field("reads", stage.reads)
            $0.field("writes", stage.writes)
            $0.field("takes", stage.takes)
            $0.field("folder", stage.folder)
            $0.key("options")
            $0.array(description.options) { output, option in
                output.object {
                    $0.field("name", option.name)
                    $0.field("type", option.type.shown)
                    $0.key("default")
                    if let standard = option.standard { $0.string(standard.shown) } else { $0.null() }
                    $0.field("summary", option.summary)
                }
            }
        }
    }
}

extension OptionType {
    /// What values it takes, in a few words.
    var shown: String {
        switch self {
        case .bool: "true or false"
        case .integer(let range) where range == Int.min...Int.max: "a whole number"
        case .real(let range) where range.lowerBound == -Double.greatestFiniteMagnitude: "a number"
        case .integer(let range): "a whole number, \(range.lowerBound) to \(range.upperBound)"
        case .real(let range): "a number, \(range.lowerBound) to \(range.upperBound)"
        case .string: "a string"
        case .choice(let words), .weights(let words): words.joined(separator: " | ")
        case .list(let element): "a list, each \(element.shown)"
        case .yamlFile: "a path to a YAML file"
        case .file: "a path to a file"
        }
    }
}
