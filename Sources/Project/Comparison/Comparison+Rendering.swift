import Notebook
package import Results
import Text

extension Comparison {
    /// For a terminal: a section a subject, in it a group a cause, at most `shown` entries of a section, the rest counted.
    package func text(shown: Int = 20) -> String {
        guard !isSame else { return "no difference" }
        var lines: [String] = []
        for section in sections {
            lines.append("\(section.subject.many): \(Section.counts(section.entries))")
            var left = shown
            for group in section.groups {
                let margin = group.cause.isEmpty ? "  " : "    "
                if !group.cause.isEmpty {
                    lines.append("  \(group.cause): \(Section.counts(group.entries))".printable())
                }
                let listed = group.lines(for: section)
                for line in listed.prefix(left) { lines.append(margin + line.text.printable()) }
                let hidden = listed.dropFirst(left).reduce(0) { $0 + $1.count }
                if hidden > 0 { lines.append("\(margin)… \(Wording.grouped(hidden)) more") }
                left = max(0, left - listed.count)
            }
        }
        let (counted, others) = tableLines
        if !counted.isEmpty { lines += ["rows that differ, wherever they stand:"] + counted.map { "  \($0)" } }
        if !others.isEmpty { lines.append("other tables with other rows: " + others.joined(separator: ", ")) }
        return lines.joined(separator: "\n")
    }

    /// As Markdown, under the heading `title`. With `projectFolder`, the path that leads from the text to the project,
    /// documents are links.
    package func markdown(title: String, projectFolder: String? = nil, shown: Int = 200) -> String {
        var text = "# \(title)\n"
        guard !isSame else { return text + "\nNo difference.\n" }
        for section in sections {
            let name = section.subject.many
            text += "\n## \(name.prefix(1).uppercased())\(name.dropFirst()): \(Section.counts(section.entries))\n"
            var left = shown
            for group in section.groups {
                if !group.cause.isEmpty {
                    let cause = MarkdownText.escaped("\(group.cause): \(Section.counts(group.entries))".printable())
                    text += "\n**\(cause)**\n"
                }
                text += "\n"
                let listed = group.lines(for: section)
                for line in listed.prefix(left) {
                    let place = line.entry.link(in: projectFolder).map { " [→](\($0))" } ?? ""
                    text += "- \(MarkdownText.escaped(line.text.printable()))\(place)\n"
                }
                let hidden = listed.dropFirst(left).reduce(0) { $0 + $1.count }
                if hidden > 0 { text += "- … \(Wording.grouped(hidden)) more\n" }
                left = max(0, left - listed.count)
            }
        }
        if isCut {
            text +=
                "\nToo many documents have other results for questions, claims, figures and entities to be compared one by one.\n"
        }
        let (counted, others) = tableLines
        if !counted.isEmpty {
            text += "\n## Rows that differ, wherever they stand\n\n"
            for line in counted { text += "- \(MarkdownText.escaped(line))\n" }
        }
        if !others.isEmpty {
            text += "\nOther tables with other rows: \(MarkdownText.escaped(others.joined(separator: ", "))).\n"
        }
        return text
    }

    /// The tables of which it was counted how many rows differ, and the others with how many rows they had and have.
    private var tableLines: (counted: [String], others: [String]) {
        var lines: (counted: [String], others: [String]) = ([], [])
        for table in tables {
            guard let gone = table.rowsGone, let new = table.rowsNew else {
                let after = Wording.grouped(table.new)
                lines.others.append(
                    "\(table.name) (\(table.old == table.new ? after : "\(Wording.grouped(table.old)) → \(after)"))"
                        .printable())
                continue
            }
            let parts = [(new, "new"), (gone, "gone")].filter { $0.0 > 0 }.map { "\(Wording.grouped($0.0)) \($0.1)" }
            lines.counted.append(
                "\(table.name): \(parts.isEmpty ? "only places" : parts.joined(separator: ", ")), of "
                    + Wording.grouped(table.new))
        }
        return lines
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
                    $0.key("rows_new")
                    if let count = table.rowsNew { $0.integer(count) } else { $0.null() }
                    $0.key("rows_gone")
                    if let count = table.rowsGone { $0.integer(count) } else { $0.null() }
                }
            }
        }
    }
}

extension Comparison.Section {
    /// `2 new, 1 different`.
    fileprivate static func counts(_ entries: [Comparison.Entry]) -> String {
        ResultsChange.Kind.allCases.map { kind in (kind, entries.count { $0.kind == kind }) }.filter { $0.1 > 0 }
            .map { "\(Wording.grouped($0.1)) \($0.0.rawValue)" }.joined(separator: ", ")
    }

    /// Entries of one cause; an empty one where each entry says its own.
    fileprivate struct Group {
        let cause: String
        let entries: [Comparison.Entry]

        /// Entries as lines, those that read alike as one that is counted.
        func lines(for section: Comparison.Section) -> [(text: String, count: Int, entry: Comparison.Entry)] {
            var lines: [(text: String, count: Int, entry: Comparison.Entry)] = []
            var known: [String: Int] = [:]
            for entry in entries {
                let text = entry.line(for: section, in: self)
                if let place = known[text] {
                    lines[place].count += 1
                } else {
                    known[text] = lines.count
                    lines.append((text, 1, entry))
                }
            }
            return lines.map { $0.count == 1 ? $0 : ("\($0.text) (\($0.count) times)", $0.count, $0.entry) }
        }
    }

    /// Documents, settings and facts are causes themselves; everything else stands with its cause, in the order of documents
    /// and lines.
    fileprivate var groups: [Group] {
        guard !["document", "setting", "fact"].contains(subject.one) else {
            return [Group(cause: "", entries: entries)]
        }
        return Dictionary(grouping: entries, by: \.cause).sorted { one, other in
            let ranks = (one.value[0].causes.isEmpty ? 1 : 0, other.value[0].causes.isEmpty ? 1 : 0)
            return ranks.0 != ranks.1
                ? ranks.0 < ranks.1 : one.key.utf8.lexicographicallyPrecedes(other.key.utf8)
        }.map { cause, entries in
            Group(
                cause: cause,
                entries: entries.enumerated().sorted { one, other in
                    let (a, b) = (one.element, other.element)
                    return (a.document ?? "", a.line ?? 0, one.offset) < (b.document ?? "", b.line ?? 0, other.offset)
                }.map(\.element))
        }
    }
}

extension Comparison.Entry {
    /// `different: How many?: versions 2 → 3`; where it stands, unless the cause of its group says so.
    fileprivate func line(for section: Comparison.Section, in group: Comparison.Section.Group) -> String {
        let isFact = section.subject.one == "fact"
        var text = isFact ? name : "\(kind.rawValue): \(Self.cut(name))"
        if let source, kind != .different { text += " (\(Self.cut(source)))" }
        if let document, document != id {
            text +=
                causes == [document]
                ? line.map { ", line \($0)" } ?? "" : ", \(document)" + (line.map { ":\($0)" } ?? "")
        }
        let values = isFact ? [] : fields.map(\.words)
        if !values.isEmpty { text += ": " + values.joined(separator: ", ") }
        let repeats = cause == kind.rawValue || kind == .new && cause == "added" || kind == .gone && cause == "removed"
        return !group.cause.isEmpty || cause.isEmpty || repeats ? text : "\(text) (\(cause))"
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
        output.key("source")
        if let source { output.string(source) } else { output.null() }
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
