import Foundation
import Model
import Notebook
import Results
import Site
import StageKit

/// Answers a query that somebody typed, under the limits of notebooks: it is the cell of a notebook that has nothing else.
struct QueryBox {
    let database: ResultsDatabase
    let parameters: [String: OptionValue]

    /// How long a query may be, in bytes.
    static let longest = 100_000

    /// The tables that a query may read, with their columns.
    static func tables(of database: ResultsDatabase) -> [(name: String, columns: [String])] {
        ((try? database.publicTables()) ?? []).map { ($0, (try? database.columns(of: $0)) ?? []) }
    }

    /// The cell of a query, as a notebook holds it.
    static func cell(_ sql: String) -> String {
        let runs = sql.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: max(3, runs + 1))
        let lines = sql.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        return "\(fence){table}\nsql: |\n\(lines.joined(separator: "\n"))\n\(fence)\n"
    }

    /// What the query gives, as a piece of HTML: a table with its evidence, or what is wrong.
    func answer(_ sql: String) -> String {
        do throws(NotebookProblems) {
            let notebook = try Notebook(Self.cell(sql), file: "query")
            let report = try NotebookRenderer(
                notebook, over: database, projectFolder: "/", parameters: parameters
            ).render()
            let bytes = report.files.first { $0.path == "report.html" }?.bytes ?? []
            return Self.content(of: String(decoding: bytes, as: UTF8.self))
        } catch {
            // Lines are those of the cell, which has two above the query.
            let words = error.diagnostics.map(\.rendered).joined(separator: "\n\n")
            return "<pre class=\"problem\">\(PageBytes.escaped(words))</pre>"
        }
    }

    /// What stands between the tags of the page, without its script.
    private static func content(of page: String) -> String {
        guard let start = page.range(of: "<main>"), let end = page.range(of: "<script>", options: .backwards) else {
            return ""
        }
        return String(page[start.upperBound..<end.lowerBound]).replacing("</main>", with: "")
    }
}
