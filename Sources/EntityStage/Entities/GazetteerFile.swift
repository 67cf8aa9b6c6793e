import StageKit

/// Reads the option `gazetteer`.
enum GazetteerFile {
    static func read(_ file: FileValue) throws(OptionProblem) -> [HandDecisions.Group] {
        guard case .list(let items)? = file.tree else {
            if file.tree == nil || file.tree == .null { return [] }
            throw problem(file, "a gazetteer is a list of names", line: 1, code: "bad-gazetteer")
        }
        var groups: [HandDecisions.Group] = []
        var owner: [String: Int] = [:]
        var last = 1
        for item in items {
            guard case .mapping(let entries) = item else {
                var lines = WrittenLines(file, from: last)
                var line: Int?
                if case .string(let text) = item { line = lines.line(of: text) }
                throw problem(
                    file, "an entry of a gazetteer has a 'name' and a 'type'", line: line ?? last, code: "bad-gazetteer"
                )
            }
            last = entries.last?.line ?? last
            let (group, aliases) = try entry(entries, file)
            for (form, line) in aliases {
                if let other = owner[form], other != groups.count {
                    throw problem(
                        file,
                        "'\(form)' is a name of two entities, '\(groups[other].name ?? "")' and '\(group.name ?? "")'",
                        line: line, code: "ambiguous-alias")
                }
                owner[form] = groups.count
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
                var lines = WrittenLines(file, from: entry.line)
                for item in items {
                    guard case .string(let text) = item else {
                        throw problem(file, "an alias is a string", line: entry.line, code: "bad-gazetteer")
                    }
                    names.append((text, lines.line(of: text) ?? entry.line))
                }
            case ("wikidata", .string(let id)):
                guard isWikidata(id) else {
                    throw problem(
                        file, "'\(id)' is no id of Wikidata", hint: "an id is Q and a number", line: entry.line,
                        code: "bad-gazetteer")
                }
            case ("aliases", .null), ("wikidata", .null): break
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
            HandDecisions.Group(
                name: name, kind: kind, forms: forms.map(\.form), spellings: names.map(\.0),
                reason: "in the gazetteer: \(name)"),
            forms
        )
    }

    private static func isWikidata(_ id: String) -> Bool {
        let digits = id.utf8.dropFirst()
        return id.utf8.first == UInt8(ascii: "Q") && !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func problem(
        _ file: FileValue, _ summary: String, hint: String? = nil, line: Int = 0, code: String
    ) -> OptionProblem {
        OptionProblem(option: "gazetteer", summary, hint: hint, file: file.path, line: line, code: code)
    }
}
