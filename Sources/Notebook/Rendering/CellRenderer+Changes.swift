import Foundation
import Results

/// What differs from the results of an earlier run.
extension CellRenderer {
    /// How many things of each kind are named.
    private static let named = 20

    mutating func changes(_ cell: Cell) throws(QueryProblem) -> CellText {
        let baseline = cell.baseline(of: notebookFile) ?? ""
        let found: ResultsComparison
        do throws(ResultsError) { found = try ResultsComparison(from: baseline, to: results) } catch {
            throw CellShape.noBaseline(error)
        }
        var rows: [[QueryValue]] = []
        var further = 0
        for subject in ["document", "question", "claim", "figure", "entity"] {
            let changes = found.changes.filter { $0.subject == subject }
            further += max(0, changes.count - Self.named)
            rows += changes.prefix(Self.named).map { change in
                [
                    .text(subject == "entity" ? "name" : subject), .text(change.kind.rawValue),
                    .text(ExcerptFunction.excerpt(of: subject == "document" ? change.id : change.name, length: 100)),
                    change.detail.isEmpty ? .null : .text(change.detail),
                ]
            }
        }
        let result = QueryResult(columns: ["what", "change", "name", "detail"], rows: rows, further: 0)
        guard !rows.isEmpty else { return try empty(cell, or: "Nothing differs.") }
        let (caption, subtitle, anchor) = try heading(of: cell)
        let name = take(nameOf: cell)
        let (table, targets) = self.rows(result, name: name, title: title(caption, "Changes"))
        var notes = try notes(cell, nil)
        if further > 0 {
            notes.append(
                "Of each kind the first \(Self.named) are shown, \(NumberText.grouped(further)) more differ; 'colophon diff' lists all."
            )
        }
        return CellText(
            markdown: Self.heading(caption, subtitle, anchor) + table.markdown(targets) + Self.paragraph(notes),
            html: Self.block("t", name, Self.above(caption, subtitle, anchor), table.html(targets), notes))
    }
}

extension Cell {
    /// The path of the baseline of a cell of changes, by the way from the folder of the notebook at `file`.
    func baseline(of file: String) -> String? {
        guard let path = fields["baseline"]?.text.trimmed, !path.isEmpty else { return nil }
        let own = origin?.path ?? file
        let folder = own.lastIndex(of: "/").map { own[...$0] } ?? ""
        return path.hasPrefix("/") ? path : folder + path
    }
}
