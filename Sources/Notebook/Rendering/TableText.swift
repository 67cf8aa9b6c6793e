/// The rows of a query as a Markdown table, figures linked to what they rest on.
struct TableText {
    let result: QueryResult
    /// Links documents to their files.
    let passages: PassageText

    /// The table; `link` gives the target for the evidence of a row.
    func markdown(link: (EvidenceSet, _ label: String) -> String) -> String {
        let isEvidence = result.columns.indices.map { column in
            result.rows.contains { if case .evidence = $0[column] { true } else { false } }
                || Self.isEvidenceName(result.columns[column])
        }
        let shown = result.columns.indices.filter { !isEvidence[$0] }
        guard !shown.isEmpty else { return "" }
        let header = shown.map { MarkdownText.escaped(result.columns[$0].replacing("_", with: " ")) }
        let rule = shown.map { column in result.rows.contains { $0[column].isNumber } ? "---:" : "---" }
        var lines = [Self.line(header), Self.line(rule)]
        for row in result.rows {
            let targets = self.targets(row, shown: shown, link)
            lines.append(
                Self.line(
                    shown.map { column in
                        targets[column].map { "[\(ValueText.text(row[column]))](\($0))" } ?? cell(row, column)
                    }))
        }
        if result.further > 0 {
            lines.append("\nAnd \(NumberText.grouped(result.further)) more rows.")
        }
        return lines.joined(separator: "\n")
    }

    /// Which cells of a row lead to which evidence. A column `x_evidence` belongs to the column `x`; any other to the
    /// row's figures, or to its first cell where it has none.
    private func targets(
        _ row: [QueryValue], shown: [Int], _ link: (EvidenceSet, String) -> String
    ) -> [Int: String] {
        var targets: [Int: String] = [:]
        let label = shown.lazy.map { ValueText.plain(row[$0]) }.first { !$0.isEmpty } ?? ""
        for (column, value) in row.enumerated() {
            guard case .evidence(let set) = value else { continue }
            let target = link(set, ExcerptFunction.excerpt(of: label, length: 100))
            let owner =
                result.columns[column].hasSuffix(Self.suffix)
                ? result.columns.firstIndex(of: String(result.columns[column].dropLast(Self.suffix.count))) : nil
            let figures = shown.filter { row[$0].isNumber }
            for cell in owner.map({ [$0] }) ?? (figures.isEmpty ? Array(shown.prefix(1)) : figures) {
                targets[cell] = target
            }
        }
        return targets
    }

    private func cell(_ row: [QueryValue], _ column: Int) -> String {
        if result.columns[column] == "document", case .text(let id) = row[column] { return passages.file(id) }
        return ValueText.text(row[column])
    }

    private static let suffix = "_evidence"

    private static func isEvidenceName(_ name: String) -> Bool { name == "evidence" || name.hasSuffix(suffix) }

    private static func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
}
