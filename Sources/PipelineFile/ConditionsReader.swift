import Model
import StageKit

/// Reads `corpus: where:`, parameters and what was set for this run put in.
struct ConditionsReader {
    let reader: PipelineReader
    let parameters: Parameters
    let settings: Settings

    /// The conditions in the order in which they are written; then those that are only set.
    func read(_ entry: Node.Entry?) -> [DocumentCondition] {
        var entries =
            entry.flatMap { reader.entries($0.value, "'where'", hint: "Write 'COLUMN: VALUE' below it.") } ?? []
        for k in entries.indices { entries[k].value = parameters.substituted(in: entries[k].value) }
        let set = settings.conditions.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (column, setting) in set {
            let value = parameters.substituted(in: setting.value)
            let entry = Node.Entry(key: column, keyMark: setting.mark, value: value)
            if let k = entries.firstIndex(where: { $0.key.lowercased() == column }) {
                entries[k] = entry
            } else {
                entries.append(entry)
            }
        }
        return entries.compactMap(condition)
    }

    private func condition(_ entry: Node.Entry) -> DocumentCondition? {
        let column = entry.key.lowercased()
        let what = "'\(entry.key.shortened)'"
        var condition = DocumentCondition(column, at: entry.keyMark.position)
        switch entry.value.content {
        case .scalar(let scalar):
            // 'null' takes a condition away; a value that was forgotten does not
            if entry.value.isNull, !scalar.text.isEmpty { return nil }
            condition.among = values(entry.value, what)
        case .sequence: condition.among = values(entry.value, what)
        case .mapping(let entries):
            let keys = reader.known(entries, Keys.condition, of: "a condition")
            condition.among = keys["is"].map { values($0.value, "'is'") } ?? []
            condition.except = keys["not"].map { values($0.value, "'not'") } ?? []
            condition.from = bound(keys["from"], of: condition)
            condition.to = bound(keys["to"], of: condition)
            check(condition, keys)
        }
        let isEmpty =
            condition.among.isEmpty && condition.except.isEmpty && condition.from == nil && condition.to == nil
        return isEmpty ? nil : condition
    }

    private func values(_ node: Node, _ what: String) -> [DocumentCondition.Value] {
        // the empty text is the value of documents that have none
        if case .scalar(let scalar) = node.content, scalar.value == .string("") {
            return [DocumentCondition.Value("", at: node.mark.position)]
        }
        if case .sequence(let nodes) = node.content {
            if nodes.isEmpty { reader.problems.report("\(what) names no value", id: "empty-list", at: node.mark) }
            return nodes.flatMap { node -> [DocumentCondition.Value] in
                if case .sequence = node.content {
                    _ = reader.text(node, "an entry of \(what)")
                    return []
                }
                return values(node, "an entry of \(what)")
            }
        }
        return reader.text(node, what).map { [DocumentCondition.Value($0, at: node.mark.position)] } ?? []
    }

    private func bound(_ entry: Node.Entry?, of condition: DocumentCondition) -> DocumentCondition.Bound? {
        guard let entry, let text = reader.text(entry.value, "'\(entry.key)'") else { return nil }
        return DocumentCondition.Bound(text, at: entry.value.mark.position)
    }

    /// Sees to it that bounds are dates or numbers, and in order.
    private func check(_ condition: DocumentCondition, _ keys: [String: Node.Entry]) {
        for (key, bound) in [("from", condition.from), ("to", condition.to)] {
            guard let bound, let mark = keys[key]?.value.mark, let problem = condition.problem(with: bound) else {
                continue
            }
            reader.problems.report(problem.message, hint: problem.hint, id: "bad-bound", at: mark)
            return
        }
        guard condition.isReversed, let mark = keys["from"]?.value.mark else { return }
        reader.problems.report(
            "'from' lies behind 'to', so the condition selects no document", id: "empty-range", at: mark)
    }
}
