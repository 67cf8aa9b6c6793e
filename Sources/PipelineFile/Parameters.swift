import Model
import StageKit

/// The parameters of a pipeline, set ones put in, and their use in options: a text that is exactly `$name` stands for
/// the parameter's value; a text that begins with `$$` begins with `$`.
final class Parameters {
    /// In the order in which they are written.
    let values: [(name: String, value: Node)]
    private let byName: [String: Node]
    /// Those that stand in an option.
    private var used: Set<String> = []
    private let problems: ProblemList

    init(_ entries: [Node.Entry], settings: Settings, problems: ProblemList) {
        self.problems = problems
        values = entries.map { entry in
            let value = settings.parameters[entry.key]?.value ?? entry.value
            if !Self.isSimple(value), !value.isBroken {
                let found = value.isNull ? "but has no value" : "not \(value.found)"
                problems.report(
                    "parameter '\(entry.key)' is a text, a number, true, false, or a list or mapping of these, \(found)",
                    id: "wrong-type", at: value.mark)
            }
            return (entry.key, value)
        }
        byName = Dictionary(values.map { ($0.name, $0.value) }) { $1 }
        let names = entries.map(\.key)
        for (name, setting) in settings.parameters.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        where byName[name] == nil {
            let hint =
                names.isEmpty
                ? "An option is set with '--set STAGE.OPTION=VALUE'."
                : NearName.hint(name, among: names)
                    ?? "There are: \(names.map { "'\($0)'" }.joined(separator: ", "))."
            problems.report(
                "the pipeline has no parameter '\(name.shortened)'", hint: hint, id: "unknown-parameter",
                at: setting.mark)
        }
    }

    /// Reports what was set but stands in no option: it would change nothing.
    func reportUnused(in settings: Settings) {
        for (name, setting) in settings.parameters.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        where byName[name] != nil && !used.contains(name) {
            problems.report(
                "no option of the pipeline uses parameter '\(name)'", hint: "An option takes it as '$\(name)'.",
                id: "unused-parameter", at: setting.mark)
        }
    }

    private static func isSimple(_ node: Node) -> Bool {
        switch node.content {
        case .scalar: !node.isNull
        case .sequence(let nodes): nodes.allSatisfy { $0.height == 0 && !$0.isNull }
        case .mapping(let entries): entries.allSatisfy { $0.value.height == 0 && !$0.value.isNull }
        }
    }

    /// `node` with the parameters' values in it; each stands at the place where it is used.
    func substituted(in node: Node) -> Node {
        var cost = 0
        return substituted(in: node, &cost)
    }

    private func substituted(in node: Node, _ cost: inout Int) -> Node {
        switch node.content {
        case .sequence(let nodes): return Node(sequence: nodes.map { substituted(in: $0, &cost) }, node.mark)
        case .mapping(let entries):
            let entries = entries.map { entry in
                var entry = entry
                entry.value = substituted(in: entry.value, &cost)
                return entry
            }
            return Node(mapping: entries, node.mark)
        case .scalar(let scalar):
            guard case .string(let text) = scalar.value, text.utf8.first == UInt8(ascii: "$") else { return node }
            if text.utf8.starts(with: "$$".utf8) {
                let rest = String(text.dropFirst())
                return Node(Node.Scalar(text: rest, value: .string(rest)), node.mark)
            }
            let name = text.utf8.dropFirst()
            guard let first = name.first, PipelineReader.isLetter(first), name.allSatisfy(PipelineReader.isNameByte)
            else {
                return node
            }
            return value(String(decoding: name, as: UTF8.self), for: node, &cost)
        }
    }

    private func value(_ name: String, for node: Node, _ cost: inout Int) -> Node {
        guard var value = byName[name] else {
            problems.report(
                "there is no parameter '\(name.shortened)'",
                hint: NearName.hint(name, among: values.map(\.name)) ?? "A text that begins with '$' is written '$$'.",
                id: "unknown-parameter", at: node.mark)
            var broken = node
            broken.isBroken = true
            return broken
        }
        used.insert(name)
        cost += value.cost
        guard cost <= NodeReader.mostAliased else {
            problems.report(
                "the parameters in this option expand to too much data", id: "alias-expansion", at: node.mark)
            return node
        }
        value.mark = node.mark
        return value
    }
}
