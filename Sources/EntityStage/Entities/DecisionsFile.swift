import StageKit

/// Reads the option `decisions`: which names are one, and which are not.
enum DecisionsFile {
    static func read(
        _ file: FileValue
    ) throws(OptionProblem) -> (merges: [HandDecisions.Group], splits: [(form: String, from: String)]) {
        guard case .mapping(let entries)? = file.tree else {
            if file.tree == nil || file.tree == .null { return ([], []) }
            throw problem(file, "decisions are a mapping with 'merge' and 'split'", line: 1)
        }
        var merges: [HandDecisions.Group] = []
        var splits: [(form: String, from: String)] = []
        for entry in entries {
            switch (entry.key, entry.value) {
            case ("merge", .list(let items)): for item in items { merges.append(try merge(item, entry, file)) }
            case ("split", .list(let items)): for item in items { splits.append(try split(item, entry, file)) }
            case ("merge", .null), ("split", .null): break
            case ("merge", _), ("split", _): throw problem(file, "'\(entry.key)' is a list", line: entry.line)
            default:
                throw problem(
                    file, "no key '\(entry.key)' in decisions", hint: "the keys are 'merge' and 'split'",
                    line: entry.line)
            }
        }
        for split in splits {
            if let merge = merges.first(where: { $0.forms.contains(split.form) && $0.forms.contains(split.from) }) {
                let line = entries.first { $0.key == "split" }?.line ?? 0
                throw problem(
                    file, "'\(split.form)' and '\(split.from)' are merged and split (\(merge.reason))", line: line)
            }
        }
        return (merges, splits)
    }

    private static func merge(
        _ item: OptionValue, _ entry: OptionEntry, _ file: FileValue
    ) throws(OptionProblem) -> HandDecisions.Group {
        guard case .list(let names) = item, names.count >= 2 else {
            throw problem(
                file, "a merge is a list of two or more names", hint: "- [Port Authority, Harbour Board]",
                line: entry.line)
        }
        var forms: [String] = []
        for name in names {
            guard case .string(let text) = name, !HandDecisions.form(of: text).isEmpty else {
                throw problem(file, "a name in 'merge' is a string", line: entry.line)
            }
            forms.append(HandDecisions.form(of: text))
        }
        return HandDecisions.Group(forms: forms, reason: "merged by hand")
    }

    private static func split(
        _ item: OptionValue, _ entry: OptionEntry, _ file: FileValue
    ) throws(OptionProblem) -> (form: String, from: String) {
        guard case .mapping(let parts) = item else {
            throw problem(file, "a split has a 'form' and a 'from'", line: entry.line)
        }
        var form: String?
        var from: String?
        for part in parts {
            switch (part.key, part.value) {
            case ("form", .string(let text)): form = HandDecisions.form(of: text)
            case ("from", .string(let text)): from = HandDecisions.form(of: text)
            case ("form", _), ("from", _): throw problem(file, "'\(part.key)' is a string", line: part.line)
            default:
                throw problem(file, "no key '\(part.key)' in a split", hint: "keys are form, from", line: part.line)
            }
        }
        guard let form, let from, !form.isEmpty, !from.isEmpty, form != from else {
            throw problem(file, "a split has a 'form' and another 'from'", line: parts.first?.line ?? entry.line)
        }
        return (form, from)
    }

    private static func problem(
        _ file: FileValue, _ summary: String, hint: String? = nil, line: Int
    ) -> OptionProblem {
        OptionProblem(option: "decisions", summary, hint: hint, file: file.path, line: line, code: "bad-decisions")
    }
}
