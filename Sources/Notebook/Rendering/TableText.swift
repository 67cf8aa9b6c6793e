/// The rows of a query as a Markdown table, figures linked to their evidence.
struct TableText {
    let result: QueryResult
    /// Links documents to their files.
    let passages: PassageText
    var formats = TableFormats()
    /// Rows whose first column has one of these texts are in bold.
    var highlighted: Set<String> = []
    /// Two columns of texts in which the words that only one has are marked.
    var compared: [String] = []

    /// A column whose text is left out where the row above has the same.
    var grouped: String?

    /// The columns that are shown; the others are evidence.
    var shownColumns: [Int] { result.columns.indices.filter { !result.isEvidence($0) } }

    /// The table; `targets` are those of ``targets(link:)``.
    func markdown(_ targets: [[Int: String]]) -> String {
        let shown = shownColumns
        guard !shown.isEmpty else { return "" }
        let header = shown.map { MarkdownText.escaped(result.columns[$0].replacing("_", with: " ")) }
        let rule = shown.map { column in result.rows.contains { $0[column].isNumber } ? "---:" : "---" }
        var lines = [Self.line(header), Self.line(rule)]
        for (number, (row, targets)) in zip(result.rows, targets).enumerated() {
            let isHighlighted = isHighlighted(row)
            lines.append(
                Self.line(
                    shown.map { column in
                        if isRepeated(number, column) { return "" }
                        let text = targets[column].map { "[\(self.text(row, column))](\($0))" } ?? cell(row, column)
                        return isHighlighted && !text.isEmpty && pieces(row, column) == nil ? "**\(text)**" : text
                    }))
        }
        return lines.joined(separator: "\n")
    }

    /// By row, the target of each cell that leads to evidence; `link` gives it for a set of ids.
    func targets(link: (EvidenceSet, _ label: String) -> String) -> [[Int: String]] {
        let shown = shownColumns
        return result.rows.enumerated().map { number, row in
            targets(row, shown: shown.filter { !isRepeated(number, $0) }, link)
        }
    }

    /// Whether a cell says what the cell above it says, in the column by which rows are grouped.
    func isRepeated(_ row: Int, _ column: Int) -> Bool {
        result.columns[column] == grouped && row > 0 && result.rows[row][column] == result.rows[row - 1][column]
            && !ValueText.plain(result.rows[row][column]).isEmpty
    }

    /// Which cells of a row lead to which evidence. A column `x_evidence` belongs to the column `x`; any other to the
    /// row's figures, or to its first cell where it has none.
    private func targets(
        _ row: [QueryValue], shown: [Int], _ link: (EvidenceSet, String) -> String
    ) -> [Int: String] {
        var targets: [Int: String] = [:]
        let first = shown.lazy.map { ValueText.plain(row[$0]) }.first { !$0.isEmpty } ?? ""
        for (column, value) in row.enumerated() {
            guard case .evidence(let set) = value else { continue }
            let owner =
                result.columns[column].hasSuffix(Self.suffix)
                ? result.columns.firstIndex(of: String(result.columns[column].dropLast(Self.suffix.count))) : nil
            // A figure is named by its row, a text by itself.
            let label = owner.flatMap { row[$0].isNumber ? nil : ValueText.plain(row[$0]) } ?? first
            let target = link(set, ExcerptFunction.excerpt(of: label, length: 100))
            let figures = shown.filter { row[$0].isNumber }
            for cell in owner.map({ [$0] }) ?? (figures.isEmpty ? Array(shown.prefix(1)) : figures) {
                targets[cell] = target
            }
        }
        return targets
    }

    private func cell(_ row: [QueryValue], _ column: Int) -> String {
        if result.columns[column] == "document", case .text(let id) = row[column] { return passages.file(id) }
        return text(row, column)
    }

    /// The text of a cell in pieces, where it is one of two that are compared and have words in common.
    func pieces(_ row: [QueryValue], _ column: Int) -> [WordDifference.Piece]? {
        guard compared.count == 2, compared.contains(result.columns[column]) else { return nil }
        let texts = compared.map { name -> String in
            guard let place = result.columns.firstIndex(of: name), case .text(let text) = row[place] else { return "" }
            return text
        }
        let difference = WordDifference(texts[0], texts[1])
        return result.columns[column] == compared[0] ? difference?.one : difference?.other
    }

    /// The value as Markdown, in its format.
    private func text(_ row: [QueryValue], _ column: Int) -> String {
        if let pieces = pieces(row, column) {
            return pieces.map { piece in
                let text = MarkdownText.escaped(piece.text.trimmed)
                return piece.differs && !text.isEmpty ? "**\(text)**" : text
            }.joined(separator: " ")
        }
        return formats.text(row[column], in: result.columns[column]).map(MarkdownText.escaped)
            ?? ValueText.text(row[column])
    }

    /// Whether a row is to be seen at once.
    func isHighlighted(_ row: [QueryValue]) -> Bool {
        !highlighted.isEmpty && shownColumns.first.map { highlighted.contains(ValueText.plain(row[$0])) } ?? false
    }

    private static let suffix = "_evidence"

    private static func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
}
