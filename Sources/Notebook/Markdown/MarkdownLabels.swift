/// Footnotes and link targets of Markdown, which have their labels for a whole report: `[^1]: …` and `[wire]: https://…`.
enum MarkdownLabels {
    /// A label as it is compared: without regard to capitals and to how many blanks there are. That of a footnote begins with
    /// `^`.
    static func folded(_ label: some StringProtocol) -> String {
        label.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The label that a line defines; nil for any other line.
    static func defined(by line: some StringProtocol) -> String? {
        let body = line.drop { $0 == " " }
        guard body.first == "[", line.count - body.count <= 3, let end = closing(Array(body), from: 1) else {
            return nil
        }
        let rest = body.dropFirst(end + 1)
        let label = folded(body.dropFirst().prefix(end - 1))
        return rest.first == ":" && !label.isEmpty && label != "^" ? label : nil
    }

    /// Labels under new names where `taken` has them; all of them are taken then.
    static func renamed(_ labels: some Sequence<String>, taken: inout Set<String>) -> [String: String] {
        var names: [String: String] = [:]
        for label in Set(labels).sorted() {
            let name = label.firstFree { taken.contains($0) }
            if name != label { names[label] = name }
            taken.insert(name)
        }
        return names
    }

    /// `text` with other labels; those that `names` does not have stay. Code, and what stands behind a backslash, is left alone.
    static func renaming(_ names: [String: String], in text: String) -> String {
        guard !names.isEmpty, text.contains("[") else { return text }
        let signs = Array(text)
        var output = ""
        var at = 0
        while at < signs.count {
            let sign = signs[at]
            if sign == "\\" {
                output += String(signs[at..<min(signs.count, at + 2)])
                at += 2
            } else if sign == "`" {
                let end = endOfCode(signs, from: at)
                output += String(signs[at..<end])
                at = end
            } else if sign == "[", let end = closing(signs, from: at + 1) {
                at = rename(names, signs, from: at, to: end, &output)
            } else {
                output.append(sign)
                at += 1
            }
        }
        return output
    }

    /// Writes what stands in brackets, and gives the place behind it.
    private static func rename(
        _ names: [String: String], _ signs: [Character], from start: Int, to end: Int, _ output: inout String
    ) -> Int {
        let label = String(signs[start + 1..<end])
        let next = end + 1 < signs.count ? signs[end + 1] : nil
        guard let name = names[folded(label)] else {
            // the text of a link may itself have a label: [see [1]][2]
            output.append("[")
            return start + 1
        }
        if label.hasPrefix("^") || start > 0 && signs[start - 1] == "]" || next == ":" && isLineStart(signs, start) {
            output += "[\(name)]"
            return end + 1
        }
        switch next {
        // the text of a link with a target or a label of its own
        case "(": output += "[\(label)]"
        case "[":
            let isEmpty = end + 2 < signs.count && signs[end + 2] == "]"
            output += "[\(label)]" + (isEmpty ? "[\(name)]" : "")
            return isEmpty ? end + 3 : end + 1
        default: output += "[\(label)][\(name)]"
        }
        return end + 1
    }

    /// Where the bracket that was opened before `start` closes, if no other one is opened before.
    private static func closing(_ signs: [Character], from start: Int) -> Int? {
        var at = start
        while at < signs.count, at - start < 1000 {
            switch signs[at] {
            case "]": return at
            case "[": return nil
            case "\\": at += 2
            default: at += 1
            }
        }
        return nil
    }

    private static func isLineStart(_ signs: [Character], _ place: Int) -> Bool {
        var at = place
        while at > 0, signs[at - 1] == " " { at -= 1 }
        return place - at <= 3 && (at == 0 || signs[at - 1].isNewline)
    }

    private static func endOfCode(_ signs: [Character], from start: Int) -> Int {
        func run(_ place: Int) -> Int { signs[place...].prefix { $0 == "`" }.count }
        let marks = run(start)
        var at = start + marks
        while at < signs.count {
            guard signs[at] == "`" else {
                if signs[at].isNewline, at + 1 < signs.count, signs[at + 1].isNewline { break }
                at += 1
                continue
            }
            let found = run(at)
            if found == marks { return at + marks }
            at += found
        }
        return start + marks
    }
}

extension Notebook.Part {
    /// The labels that it defines, those of its sections with it. Fences are no prose.
    var definedLabels: [String] {
        switch self {
        case .markdown(let text) where !isFence(text):
            text.split(whereSeparator: \.isNewline).compactMap { MarkdownLabels.defined(by: $0) }
        case .section(let section): section.parts.flatMap(\.definedLabels)
        case .markdown, .frontMatter, .value, .cell: []
        }
    }

    /// The same with other labels.
    func renaming(_ names: [String: String]) -> Notebook.Part {
        guard !names.isEmpty else { return self }
        func own(_ cell: Cell) -> Cell {
            var cell = cell
            cell.prose = cell.prose.mapValues { $0.map { $0.renaming(names) } }
            return cell
        }
        return switch self {
        case .markdown(let text) where !isFence(text): .markdown(MarkdownLabels.renaming(names, in: text))
        case .markdown, .frontMatter: self
        case .value(let cell): .value(own(cell))
        case .cell(let cell): .cell(own(cell))
        case .section(let section):
            .section(Notebook.Section(cell: own(section.cell), parts: section.parts.map { $0.renaming(names) }))
        }
    }

    private func isFence(_ text: String) -> Bool { Fence(text.prefix { !$0.isNewline }.description) != nil }
}
