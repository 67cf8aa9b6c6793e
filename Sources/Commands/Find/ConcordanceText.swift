import Project
import Words

/// A concordance for a terminal or a file: one line a passage, the node in one column.
struct ConcordanceText {
    let concordance: Concordance
    /// How many columns a line may have; nil for as many as it takes.
    let columns: Int?
    let colour: Bool

    /// The lines with what is said before and behind them. `command` shows all of them.
    func rendered(allBy command: String) -> String {
        var parts: [String] = []
        for group in concordance.groups {
            if let name = group.name {
                parts.append(
                    emphasised(name.isEmpty ? "(none)" : name.printable())
                        + "  \(counts(group.occurrences, group.documents)), \(rate(group.occurrences, group.words))")
            }
            if !group.lines.isEmpty { parts.append(lines(group.lines).joined(separator: "\n")) }
            if group.name != nil, group.lines.count < group.occurrences, !group.lines.isEmpty {
                parts.append("\(Wording.grouped(group.lines.count)) of \(Wording.grouped(group.occurrences)) shown")
            }
            if group.name != nil { parts.append("") }
        }
        parts.append(summary(allBy: command))
        return parts.joined(separator: "\n")
    }

    private func summary(allBy command: String) -> String {
        let shown = concordance.groups.reduce(0) { $0 + $1.lines.count }
        let all =
            "\(Wording.count(concordance.occurrences, "occurrence")) in \(Wording.grouped(concordance.documents)) of "
            + "\(Wording.count(concordance.documentsSearched, "document")), "
            + rate(concordance.occurrences, concordance.wordsSearched)
        guard shown < concordance.occurrences else { return all }
        return "\(all); \(Wording.grouped(shown)) shown, all with '\(command)'"
    }

    private func counts(_ occurrences: Int, _ documents: Int) -> String {
        "\(Wording.count(occurrences, "occurrence")) in \(Wording.count(documents, "document"))"
    }

    private func rate(_ occurrences: Int, _ words: Int) -> String {
        let tenths = Int((Concordance.perMillion(occurrences, of: words) * 10).rounded())
        return "\(Wording.grouped(tenths / 10)).\(tenths % 10) per million words"
    }

    private func lines(_ lines: [ConcordanceLine]) -> [String] {
        let places = lines.map(place)
        let rows = lines.map { (Self.trimmed($0.left), $0.node.printable(), Self.trimmed($0.right)) }
        var left = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
        var node = rows.map { DisplayWidth.of($0.1) }.max() ?? 0
        var right = rows.map { DisplayWidth.of($0.2) }.max() ?? 0
        var place = places.map { DisplayWidth.of($0) }.max() ?? 0
        if let columns {
            // the place takes a quarter at most, the node a third; the contexts share what is left
            place = min(place, columns / 4)
            node = min(node, columns / 3)
            let rest = max(2, columns - place - node - 4)
            let half = rest / 2
            (left, right) = (min(left, max(half, rest - right)), min(right, max(rest - half, rest - left)))
        }
        return rows.indices.map { k in
            let before = DisplayWidth.padded(left: DisplayWidth.suffix(rows[k].0, columns: left), to: left)
            let word = DisplayWidth.prefix(rows[k].1, columns: node)
            let after = DisplayWidth.padded(
                right: DisplayWidth.prefix(rows[k].2, columns: right + node - DisplayWidth.of(word)),
                to: right + node - DisplayWidth.of(word))
            let source = DisplayWidth.suffix(places[k], columns: place)
            return "\(before) \(coloured(word)) \(after)  \(faint(source))"
        }
    }

    /// Without the blank beside the node, which stands there in any case.
    private static func trimmed(_ context: String) -> String {
        String(context.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()).printable()
    }

    private func place(_ line: ConcordanceLine) -> String {
        line.document.printable() + (line.line.map { ":\($0)" } ?? "")
    }

    private func coloured(_ text: String) -> String { colour ? "\u{1B}[1;36m\(text)\u{1B}[0m" : text }
    private func emphasised(_ text: String) -> String { colour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    private func faint(_ text: String) -> String { colour ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
