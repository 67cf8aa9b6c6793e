import Model
import StageKit
import Text

/// Reads `variants`: a mapping is a matrix, of which every combination is a variant; a list has a name and settings in each
/// entry.
struct VariantsReader {
    let reader: PipelineReader

    /// A report by more variants than this is nobody's; each is a run of its own.
    private static let most = 100

    func read(_ entry: Node.Entry?) -> [Pipeline.Variant] {
        guard let entry else { return [] }
        let variants: [Pipeline.Variant]
        switch entry.value.content {
        case .mapping(let keys): variants = matrix(keys, entry.keyMark)
        case .sequence(let nodes):
            variants = nodes.compactMap(named)
            checkNames(variants, at: entry.keyMark)
        case .scalar:
            _ = reader.entries(
                entry.value, "'variants'", hint: "Write 'NAME: [VALUE, VALUE]' below it, or a list of '- name:'.")
            return []
        }
        if variants.isEmpty, !reader.problems.hasErrors {
            reader.problems.report("'variants' names no variant", id: "empty-list", at: entry.keyMark)
        }
        return variants
    }

    private func matrix(_ keys: [Node.Entry], _ mark: Mark) -> [Pipeline.Variant] {
        var variants = [Pipeline.Variant(name: "", settings: [])]
        for key in keys {
            var values = [key.value]
            if case .sequence(let nodes) = key.value.content { values = nodes }
            if values.isEmpty {
                reader.problems.report("'\(key.key.shortened)' has no values", id: "empty-list", at: key.value.mark)
                return []
            }
            guard variants.count * values.count <= Self.most else {
                reader.problems.report(
                    "'variants' makes more than \(Self.most) variants", hint: "Take values away, or keys.",
                    id: "too-many-variants", at: mark)
                return []
            }
            variants = variants.flatMap { variant in
                values.map { value in
                    var variant = variant
                    let setting = Self.setting(key.key, value)
                    variant.name += (variant.name.isEmpty ? "" : ", ") + setting
                    variant.settings.append(setting)
                    variant.positions[setting] = value.mark.position
                    return variant
                }
            }
        }
        checkNames(variants, at: keys.map(\.keyMark).first ?? mark)
        return keys.isEmpty ? [] : variants.map(Self.ordered)
    }

    private func named(_ node: Node) -> Pipeline.Variant? {
        guard let entries = reader.entries(node, "a variant", hint: "Write '- name: NAME' and 'set:' below it.") else {
            return nil
        }
        let keys = reader.known(entries, Keys.variant, of: "a variant")
        guard let name = keys["name"] else {
            reader.problems.report("a variant needs a 'name'", id: "missing-key", at: node.mark)
            return nil
        }
        guard let text = reader.text(name.value, "'name'"), let set = keys["set"] else {
            if keys["set"] == nil {
                reader.problems.report(
                    "a variant needs 'set'", hint: "It names parameters and options: 'set: { window: 3 }'.",
                    id: "missing-key", at: node.mark)
            }
            return nil
        }
        guard let settings = reader.entries(set.value, "'set'") else { return nil }
        guard text.contains(where: { !$0.isWhitespace }) else {
            reader.problems.report("a variant needs a 'name' that can be read", id: "missing-key", at: name.value.mark)
            return nil
        }
        var variant = Pipeline.Variant(name: text, settings: [])
        for entry in settings {
            let setting = Self.setting(entry.key, entry.value)
            variant.settings.append(setting)
            variant.positions[setting] = entry.value.mark.position
        }
        return Self.ordered(variant)
    }

    /// Two variants of one name could not be told apart in a table.
    private func checkNames(_ variants: [Pipeline.Variant], at mark: Mark) {
        var seen: Set<String> = []
        for variant in variants where !seen.insert(variant.name).inserted {
            reader.problems.report(
                "there are two variants '\(variant.name.shortened)'", id: "duplicate-variant", at: mark)
        }
    }

    private static func ordered(_ variant: Pipeline.Variant) -> Pipeline.Variant {
        var variant = variant
        variant.settings.sort { $0.precedes($1) }
        return variant
    }

    /// `NAME=VALUE`, by which ``Settings`` reads the same value again.
    private static func setting(_ name: String, _ node: Node) -> String {
        switch node.content {
        case .scalar(let scalar):
            guard case .string(let text) = scalar.value else { return "\(name)=\(scalar.text)" }
            let isPlain =
                CoreSchema.value(of: text) == scalar.value && !"[{'\"".utf8.contains(text.utf8.first ?? 0x5B)
                && !text.utf8.contains(0x0A)
            return isPlain ? "\(name)=\(text)" : "\(name)=\(json(.string(text)))"
        case .sequence, .mapping: return "\(name)=\(json(node.value))"
        }
    }

    /// JSON is YAML.
    private static func json(_ value: OptionValue) -> String {
        var output = JSONOutput()
        JSONValue(value).write(to: &output)
        return String(decoding: output.bytes, as: UTF8.self)
    }
}
