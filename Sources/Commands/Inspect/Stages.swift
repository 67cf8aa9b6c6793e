import Engine
import ArgumentParser
import Model
import Project
import StageKit
import Text

/// `colophon stages`
struct Stages: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the stages, or explain one with its options.",
        discussion: """
              colophon stages
              colophon stages tag-entities
            """)

    @Argument(help: "The stage to explain.", completion: .list(Catalogue.descriptions.map(\.name)))
    var name: String?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func run() throws {
        let stages = Catalogue.stages + [Catalogue.fallback]
        if let name, !stages.contains(where: { $0.description.name == name }) {
            let near = NearName.of(name, among: stages.map { $0.description.name })
            Terminal.error(
                "error: no stage named '\(name)'" + (near.map { ". Did you mean '\($0)'?" } ?? "") + " [unknown-stage]")
            throw Ending.usage
        }
        let wanted = stages.filter { name == nil || $0.description.name == name }
        if json {
            return Terminal.print(
                JSONOutput.line {
                    $0.key("stages")
                    $0.array(wanted) { Self.write($1, to: &$0) }
                })
        }
        for stage in wanted {
            if name == nil {
                Terminal.print("\(stage.description.name)\n    \(stage.description.summary)")
            } else {
                Terminal.print(Self.page(stage))
            }
        }
        if name == nil { Terminal.print("\n'colophon stages NAME' explains a stage and its options.") }
    }

    /// The page of one stage.
    static func page(_ stage: any Stage.Type) -> String {
        let description = stage.description
        var lines = ["\(description.name): \(description.summary)"]
        if !description.discussion.isEmpty { lines += ["", description.discussion] }
        lines += ["", "reads:  " + reads(stage).joined(separator: ", ")]
        if !writes(stage).isEmpty { lines.append("writes: " + writes(stage).joined(separator: ", ")) }
        lines.append("")
        lines.append(description.options.isEmpty ? "no options" : "options, under 'with':")
        for option in description.options {
            var line = "  \(option.name) (\(option.type.shown)"
            if let standard = option.standard { line += ", default \(standard.shown)" }
            lines += [line + ")", "      \(option.summary)"]
        }
        return lines.joined(separator: "\n")
    }

    /// The layers that a stage writes.
    private static func writes(_ stage: any Stage.Type) -> [String] {
        Set(stage.steps.flatMap(\.contract.writes)).sorted().map(\.rawValue)
    }

    /// The layers that a stage reads and does not write itself.
    private static func reads(_ stage: any Stage.Type) -> [String] {
        let contracts = stage.steps.map(\.contract)
        return Set(contracts.flatMap(\.reads)).subtracting(contracts.flatMap(\.writes)).sorted().map(\.rawValue)
    }

    private static func write(_ stage: any Stage.Type, to output: inout JSONOutput) {
        let description = stage.description
        output.object {
            $0.field("name", description.name)
            $0.field("summary", description.summary)
            $0.field("discussion", description.discussion)
            $0.field("reads", reads(stage))
            $0.field("writes", writes(stage))
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
        case .integer(let range): "a whole number, \(range.lowerBound) to \(range.upperBound)"
        case .real(let range): "a number, \(range.lowerBound) to \(range.upperBound)"
        case .string: "a string"
        case .choice(let words): words.joined(separator: " | ")
        case .list(let element): "a list, each \(element.shown)"
        case .yamlFile: "a path to a YAML file"
        case .file: "a path to a file"
        }
    }
}
