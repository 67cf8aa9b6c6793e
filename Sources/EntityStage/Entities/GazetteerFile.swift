import StageKit

/// Reads the option `gazetteer`.
enum GazetteerFile {
    static func read(_ file: FileValue) throws(OptionProblem) -> [HandDecisions.Group] {
        guard case .list(let items)? = file.tree else {
            if file.tree == nil || file.tree == .null { return [] }
            throw problem(file, "a gazetteer is a list of names", line: 1, code: "bad-gazetteer")
        }
        var groups: [HandDecisions.Group] = []
        var owner: [String: String] = [:]
        for item in items {
            guard case .mapping(let entries) = item else {
                throw problem(file, "an entry of a gazetteer has a 'name' and a 'type'", code: "bad-gazetteer")
            }
            let (group, aliases) = try entry(entries, file)
            for (form, line) in aliases {
                if let other = owner[form], other != group.name {
                    throw problem(
                        file, "'\(form)' is a name of two entities, '\(other)' and '\(group.name ?? "")'", line: line,
                        code: "ambiguous-alias")
                }
                owner[form] = group.name
            }
            groups.append(group)
        }
        return groups
    }

    private static let keys = ["name", "type", "aliases", "wikidata"]

    private static func entry(
        _ entries: [OptionEntry], _ file: FileValue
    ) throws(OptionProblem) -> (group: HandDecisions.Group, aliases: [(form: String, line: Int)]) {
        var name: String?
        var kind: Mention.Kind?
        var names: [(String, Int)] = []
        let line = entries.first?.line ?? 0
        for entry in entries {
            switch (entry.key, entry.value) {
            case ("name", .string(let text)) where !HandDecisions.form(of: text).isEmpty:
                name = text
                names.append((text, entry.line))
            case ("type", .string(let text)):
                guard let known = Mention.Kind(label: text), known.isName else {
                    let kinds = Mention.Kind.allCases.filter(\.isName).map(\.label).joined(separator: ", ")
                    throw problem(
                        file, "no type named '\(text)'", hint: "types are \(kinds)", line: entry.line, code: "bad-type")
                }
                kind = known
            case ("aliases", .list(let items)):
                for item in items {
                    guard case .string(let text) = item else {
                        throw problem(file, "an alias is a string", line: entry.line, code: "bad-gazetteer")
                    }
                    names.append((text, entry.line))
                }
            case ("aliases", .null), ("wikidata", .string), ("wikidata", .null): break
            default:
                let known = keys.contains(entry.key)
                throw problem(
                    file, known ? "'\(entry.key)' has a value of the wrong type" : "no key '\(entry.key)'",
                    hint: known ? nil : "keys are \(keys.joined(separator: ", "))", line: entry.line,
                    code: "bad-gazetteer")
            }
        }
        guard let name, let kind else {
            throw problem(
                file, "an entry lacks its '\(name == nil ? "name" : "type")'", line: line, code: "bad-gazetteer")
        }
        let forms = names.map { (form: HandDecisions.form(of: $0.0), line: $0.1) }.filter { !$0.form.isEmpty }
        return (
            HandDecisions.Group(name: name, kind: kind, forms: forms.map(\.form), reason: "in the gazetteer: \(name)"),
            forms
        )
    }

    private static func problem(
        _ file: FileValue, _ summary: String, hint: String? = nil, line: Int = 0, code: String
    ) -> OptionProblem {
        OptionProblem(option: "gazetteer", summary, hint: hint, file: file.path, line: line, code: code)
    }
}
