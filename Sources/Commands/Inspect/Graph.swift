import Engine
import ArgumentParser
import Project
import StageKit

/// `colophon graph`
struct Graph: ParsableCommand {
    /// How the graph is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case mermaid, dot
    }

    static let configuration = CommandConfiguration(
        abstract: "Print the steps of a pipeline and the layers between them as Mermaid or DOT.",
        discussion: """
            GitHub and GitLab draw Mermaid in a fenced code block; Graphviz draws DOT.

              colophon graph pipelines/harbour.yaml
              colophon graph pipelines/harbour.yaml --format dot | dot -Tsvg > graph.svg
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Option(help: "The output format: \(Format.allCases.map(\.rawValue).joined(separator: " or ")).")
    var format = Format.mermaid

    func run() throws {
        let graph = try pipeline.analysis().plan.graph
        Terminal.print(format == .mermaid ? Self.mermaid(graph) : Self.dot(graph))
    }

    /// An arrow from one step to another, with the layers that it stands for.
    private struct Arrow {
        var from: String
        var to: String
        var label: String
    }

    private static func arrows(_ graph: StepGraph) -> [Arrow] {
        var writers: [LayerName: String] = [:]
        for step in graph.steps { for layer in step.contract.writes { writers[layer] = step.id.description } }
        return graph.steps.flatMap { step in
            var layers: [String: [String]] = [:]
            for layer in step.contract.reads {
                layers[writers[layer] ?? "documents", default: []].append(layer.rawValue)
            }
            var arrows = layers.sorted { $0.key < $1.key }.map {
                Arrow(from: $0.key, to: step.id.description, label: $0.value.sorted().joined(separator: ", "))
            }
            if let after = step.after {
                let label = if case .finish = step.shape { "rows" } else { "decisions" }
                arrows.append(Arrow(from: after.description, to: step.id.description, label: label))
            }
            return arrows
        }
    }

    static func mermaid(_ graph: StepGraph) -> String {
        var lines = ["flowchart TD", "  documents[(documents)]"]
        for (number, pass) in graph.passes.enumerated() {
            lines.append("  subgraph pass\(number + 1)[pass \(number + 1)]")
            for step in pass.documentSteps + pass.folds + pass.finishes {
                lines.append("    \(identifier(step.id.description))\(box(step))")
            }
            lines.append("  end")
        }
        for arrow in arrows(graph) {
            lines.append("  \(identifier(arrow.from)) -->|\(arrow.label)| \(identifier(arrow.to))")
        }
        return lines.joined(separator: "\n")
    }

    private static func box(_ step: Step) -> String {
        switch step.shape {
        case .map, .program: "[\"\(step.id)\"]"
        case .fold: "[/\"\(step.id)\"\\]"
        case .finish: "{{\"\(step.id)\"}}"
        case .join: "[[\"\(step.id)\"]]"
        }
    }

    private static func identifier(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    static func dot(_ graph: StepGraph) -> String {
        var lines = ["digraph colophon {", "  rankdir=TB; node [shape=box, fontname=\"sans-serif\"];"]
        lines.append("  \"documents\" [shape=cylinder];")
        for (number, pass) in graph.passes.enumerated() {
            lines.append("  subgraph cluster_\(number + 1) { label=\"pass \(number + 1)\";")
            for step in pass.documentSteps + pass.folds + pass.finishes {
                let shape =
                    switch step.shape {
                    case .map, .program: "box"
                    case .fold: "invtrapezium"
                    case .finish: "hexagon"
                    case .join: "box3d"
                    }
                lines.append("    \"\(step.id)\" [shape=\(shape)];")
            }
            lines.append("  }")
        }
        for arrow in arrows(graph) {
            lines.append("  \"\(arrow.from)\" -> \"\(arrow.to)\" [label=\"\(arrow.label)\"];")
        }
        return (lines + ["}"]).joined(separator: "\n")
    }
}
