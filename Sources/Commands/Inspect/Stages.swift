import Engine
import ArgumentParser
import Model
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

    @Argument(help: "The stage to explain.")
    var name: String?

    @Flag(help: "Print as JSON.")
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
            var output = JSONOutput()
            output.array(wanted) { Self.write($1, to: &$0) }
            output.endLine()
            return Terminal.print(output.bytes)
        }
        for stage in wanted {
            if name == nil {
                Terminal.print("\(stage.description.name)\n    \(stage.description.summary)")
            } else {
                Terminal.print(Self.page(stage))
            }
        }
        if name == nil { Terminal.print("\n'colophon stages NAME' explains one with its options.") }
    }

    /// The page of one stage.
    static func page(_ stage: any Stage.Type) -> String {
        let description = stage.description
        var lines = ["\(description.name): \(description.summary)"]
        if !description.discussion.isEmpty { lines += ["", description.discussion] }
        let contracts = stage.steps.map(\.contract)
        let writes = contracts.flatMap(\.writes)
        let reads = contracts.flatMap(\.reads).filter { !writes.contains($0) }
        lines += ["", "reads:  " + Set(reads).sorted().map(\.rawValue).joined(separator: ", ")]
        if !writes.isEmpty { lines.append("writes: " + Set(writes).sorted().map(\.rawValue).joined(separator: ", ")) }
        lines.append("")
        lines.append(description.options.isEmpty ? "no options" : "options, under 'with':")
        for option in description.options {
            var line = "  \(option.name) (\(option.type.shown)"
            if let standard = option.standard { line += ", default \(standard.shown)" }
            lines += [line + ")", "      \(option.summary)"]
        }
        return lines.joined(separator: "\n")
    }

    private static func write(_ stage: any Stage.Type, to output: inout JSONOutput) {
        let description = stage.description
        output.object {
            $0.key("name")
            $0.string(description.name)
            $0.key("summary")
            $0.string(description.summary)
            $0.key("options")
            $0.array(description.options) { output, option in
                output.object {
                    $0.key("name")
                    $0.string(option.name)
                    $0.key("type")
                    $0.string(option.type.shown)
                    $0.key("default")
                    if let standard = option.standard { $0.string(standard.shown) } else { $0.null() }
                    $0.key("summary")
                    $0.string(option.summary)
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
