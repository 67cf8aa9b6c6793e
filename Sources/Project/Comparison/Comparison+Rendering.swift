import Notebook
package import Results
import Text

extension Comparison {
    /// For a terminal: a section a subject, at most `shown` entries of each, the rest counted.
    package func text(shown: Int = 20) -> String {
        guard !isSame else { return "no difference" }
        var lines: [String] = []
        for section in sections {
            lines.append("\(section.subject.many): \(section.counts)")
            for entry in section.entries.prefix(shown) { lines.append("  \(entry.line(for: section).printable())") }
            if section.entries.count > shown {
                lines.append("  … \(Wording.grouped(section.entries.count - shown)) more")
            }
        }
        if !tables.isEmpty { lines.append("tables with other rows: " + tableList) }
        return lines.joined(separator: "\n")
    }

    /// As Markdown, under the heading `title`. With `projectFolder`, the path that leads from the text to the project,
    /// documents are links.
    package func markdown(title: String, projectFolder: String? = nil, shown: Int = 200) -> String {
        var text = "# \(title)\n"
        guard !isSame else { return text + "\nNo difference.\n" }
        for section in sections {
            let name = section.subject.many
            text += "\n## \(name.prefix(1).uppercased())\(name.dropFirst()): \(section.counts)\n\n"
            for entry in section.entries.prefix(shown) {
                let place = entry.link(in: projectFolder).map { " [→](\($0))" } ?? ""
                text += "- \(MarkdownText.escaped(entry.line(for: section).printable()))\(place)\n"
            }
            if section.entries.count > shown {
                text += "- … \(Wording.grouped(section.entries.count - shown)) more\n"
            }
        }
        if isCut {
            text +=
                "\nToo many documents have other results for questions, claims, figures and entities to be compared one by one.\n"
        }
        if !tables.isEmpty { text += "\nTables with other rows: \(MarkdownText.escaped(tableList)).\n" }
        return text
    }

    private var tableList: String {
        tables.map {
            $0.old == $0.new
                ? "\($0.name) (\(Wording.grouped($0.new)))"
                : "\($0.name) (\(Wording.grouped($0.old)) → \(Wording.grouped($0.new)))"
        }.joined(separator: ", ")
    }

    /// As a line of JSON.
    package var json: [UInt8] {
        JSONOutput.line { output in
            output.field("same", isSame)
            output.key("changes")
            output.array(sections.flatMap { section in section.entries.map { (section.subject.one, $0) } }) {
                output, item in
                output.object { output in
                    output.field("subject", item.0)
                    item.1.write(to: &output)
                }
            }
            output.key("tables")
            output.array(tables) { output, table in
                output.object {
                    $0.field("table", table.name)
                    $0.field("rows_before", table.old)
                    $0.field("rows_after", table.new)
                }
            }
        }
    }
}

extension Comparison.Section {
    /// `2 new, 1 different`.
    fileprivate var counts: String {
        ResultsChange.Kind.allCases.map { kind in (kind, entries.count { $0.kind == kind }) }.filter { $0.1 > 0 }
            .map { "\(Wording.grouped($0.1)) \($0.0.rawValue)" }.joined(separator: ", ")
    }
}

extension Comparison.Entry {
    /// `different: How many?: versions 2 → 3 (a.txt edited)`.
    fileprivate func line(for section: Comparison.Section) -> String {
        let isFact = section.subject.one == "fact"
        var text = isFact ? name : "\(kind.rawValue): \(Self.cut(name))"
        if let document, document != id { text += ", \(document)" + (line.map { ":\($0)" } ?? "") }
        let values = isFact ? [] : fields.map(\.words)
        if !values.isEmpty { text += ": " + values.joined(separator: ", ") }
        let repeats = cause == kind.rawValue || kind == .new && cause == "added" || kind == .gone && cause == "removed"
        return cause.isEmpty || repeats ? text : "\(text) (\(cause))"
    }

    /// Where its passage is; nil for what is not in a document of the project any more.
    fileprivate func link(in projectFolder: String?) -> String? {
        guard let projectFolder, let document, kind != .gone else { return nil }
        return MarkdownText.link("\(projectFolder)/\(document)") + (line.map { "?plain=1#L\($0)" } ?? "")
    }

    /// Words that fit into a line.
    private static func cut(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 120 ? line.prefix(119) + "…" : line
    }

    fileprivate func write(to output: inout JSONOutput) {
        output.field("change", kind.rawValue)
        output.field("id", id)
        output.field("name", name)
        output.key("document")
        if let document { output.string(document) } else { output.null() }
        output.key("line")
        if let line { output.integer(line) } else { output.null() }
        output.key("fields")
        output.array(fields) { output, field in
            output.object {
                $0.field("field", field.name)
                $0.key("before")
                $0.value(field.old)
                $0.key("after")
                $0.value(field.new)
            }
        }
        output.field("cause", cause)
        output.field("cause_documents", causes)
    }
}

extension ResultsChange.Field {
    /// `versions 2 → 3`; of long text, what is around the first difference.
    package var words: String {
        let (before, after) = Self.around(old.shown, new.shown)
        return "\(name) \(before) → \(after)"
    }

    /// Two texts, cut to what is around their first difference.
    private static func around(_ one: String, _ other: String) -> (String, String) {
        let common = zip(one, other).prefix { $0 == $1 }.count
        func cut(_ text: String) -> String {
            guard text.count > 60 else { return text }
            let start = max(0, common - 20)
            let part = text.dropFirst(start).prefix(60)
            return (start > 0 ? "…" : "") + part + (start + 60 < text.count ? "…" : "")
        }
        return (cut(one), cut(other))
    }
}

extension ResultsValue {
    fileprivate var shown: String {
        switch self {
        case .null: "none"
        case .integer(let number): String(number)
        case .real(let number): "\(number)"
        case .text(let text): "'\(text)'"
        }
    }
}

extension JSONOutput {
    /// A value of a results table.
    mutating func value(_ value: ResultsValue) {
        switch value {
        case .null: null()
        case .integer(let number): integer(Int(number))
        case .real(let real): number(real)
        case .text(let text): string(text)
        }
    }
}
