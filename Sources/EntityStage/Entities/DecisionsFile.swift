import StageKit

/// Reads the option `decisions`: which names are one, and which are not.
struct DecisionsFile {
    private(set) var merges: [HandDecisions.Group] = []
    private(set) var splits: [(form: String, from: String)] = []
    /// All names that are decided about, in the order in which they stand.
    private(set) var names: [DecidedName] = []

    private let file: FileValue
    /// For each form that is merged, the first form of those it is merged with so far.
    private var merged: [String: String] = [:]

    static func read(_ file: FileValue) throws(OptionProblem) -> DecisionsFile {
        var read = DecisionsFile(file: file)
        try read.read()
        return read
    }

    private init(file: FileValue) { self.file = file }

    private mutating func read() throws(OptionProblem) {
        guard case .mapping(let entries)? = file.tree else {
            if file.tree == nil || file.tree == .null { return }
            throw problem("decisions are a mapping with 'merge' and 'split'", line: 1)
        }
        for entry in entries where entry.key == "merge" { try readMerges(entry) }
        // what stands under the others is for the stage that links claims
        for entry in entries where !["merge", "claims", "links", "questions"].contains(entry.key) {
            guard entry.key == "split" else {
                throw problem(
                    "no key '\(entry.key)' in decisions",
                    hint: "the keys are merge, split, claims, links and questions",
                    line: entry.line)
            }
            try readSplits(entry)
        }
        names.sort { $0.line < $1.line }
    }

    // MARK: Merges

    private mutating func readMerges(_ entry: OptionEntry) throws(OptionProblem) {
        guard let items = try list(entry) else { return }
        var lines = WrittenLines(file, from: entry.line)
        for item in items {
            guard case .list(let texts) = item, texts.count >= 2 else {
                var line = entry.line
                if case .list(let texts) = item, case .string(let only)? = texts.first {
                    line = lines.line(of: only) ?? line
                } else if case .string(let text) = item {
                    line = lines.line(of: text) ?? line
                }
                throw problem(
                    "a merge is a list of two or more names", hint: "- [Port Authority, Harbour Board]", line: line)
            }
            try readMerge(texts, &lines, entry.line)
        }
    }

    private mutating func readMerge(
        _ texts: [OptionValue], _ lines: inout WrittenLines, _ fallback: Int
    ) throws(OptionProblem) {
        var forms: [String] = []
        var first = fallback
        for text in texts {
            guard case .string(let name) = text, !HandDecisions.form(of: name).isEmpty else {
                throw problem("a name in 'merge' is a string", line: first)
            }
            let line = lines.line(of: name) ?? first
            if forms.isEmpty { first = line }
            let form = HandDecisions.form(of: name)
            if forms.contains(form) { throw problem("a merge names '\(name)' twice", line: line) }
            forms.append(form)
            names.append(DecidedName(name, file: file, line: line))
        }
        let roots = Set(forms.map(root))
        guard roots.count > 1 else {
            let shown = texts.map { if case .string(let text) = $0 { "'\(text)'" } else { "" } }
            throw problem(
                "merges go in a circle: \(shown.joined(separator: " and ")) are one already", line: first)
        }
        let root = root(of: forms[0])
        for form in forms { merged[self.root(of: form)] = root }
        merges.append(HandDecisions.Group(forms: forms, reason: "merged by hand"))
    }

    /// The form that stands for all that a form is merged with.
    private func root(of form: String) -> String {
        var form = form
        while let next = merged[form], next != form { form = next }
        return form
    }

    // MARK: Splits

    private mutating func readSplits(_ entry: OptionEntry) throws(OptionProblem) {
        guard let items = try list(entry) else { return }
        for item in items { try readSplit(item, entry.line) }
    }

    private mutating func readSplit(_ item: OptionValue, _ fallback: Int) throws(OptionProblem) {
        guard case .mapping(let parts) = item else {
            throw problem("a split has a 'form' and a 'from'", line: fallback)
        }
        let line = parts.first?.line ?? fallback
        var form: String?
        var from: String?
        for part in parts {
            switch (part.key, part.value) {
            case ("form", .string(let text)): form = HandDecisions.form(of: text)
            case ("from", .string(let text)): from = HandDecisions.form(of: text)
            case ("form", _), ("from", _): throw problem("'\(part.key)' is a string", line: part.line)
            default:
                throw problem("no key '\(part.key)' in a split", hint: "keys are form, from", line: part.line)
            }
            if case .string(let text) = part.value { names.append(DecidedName(text, file: file, line: part.line)) }
        }
        guard let form, let from, !form.isEmpty, !from.isEmpty, form != from else {
            throw problem("a split has a 'form' and another 'from'", line: line)
        }
        guard root(of: form) != root(of: from) else {
            throw problem("'\(form)' and '\(from)' are merged and split (merged by hand)", line: line)
        }
        splits.append((form, from))
    }

    /// The items of a list; nil where nothing is written.
    private func list(_ entry: OptionEntry) throws(OptionProblem) -> [OptionValue]? {
        switch entry.value {
        case .list(let items): return items
        case .null: return nil
        default: throw problem("'\(entry.key)' is a list", line: entry.line)
        }
    }

    private func problem(_ summary: String, hint: String? = nil, line: Int) -> OptionProblem {
        OptionProblem(option: "decisions", summary, hint: hint, file: file.path, line: line, code: "bad-decisions")
    }
}
