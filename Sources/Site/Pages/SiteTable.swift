import Notebook
import Text

/// Tables of pages, and lists that go on over several pages.
extension SiteRun {
    /// A cell of a table.
    enum Cell {
        case text(String)
        case number(Int)
        /// A number that leads to what it counts.
        case count(Int, String)
        case link(String, String)
    }

    /// A list of all pages of a kind.
    struct List {
        let kind: SiteAddress.Kind
        let columns: [String]
        let rows: [[Cell]]
        var note: String?

        /// How many pages it takes.
        var parts: Int { max(1, (rows.count + Site.listRows - 1) / Site.listRows) }

        func rows(of part: Int) -> ArraySlice<[Cell]> {
            rows[part * Site.listRows..<min(rows.count, (part + 1) * Site.listRows)]
        }

        /// A hash of what a part shows.
        func key(of part: Int) -> UInt64 {
            var hash = StableHash()
            hash.combine(UInt64(parts))
            for row in rows(of: part) {
                for cell in row {
                    switch cell {
                    case .text(let text): hash.combine(text.utf8)
                    case .number(let number): hash.combine(UInt64(bitPattern: Int64(number)))
                    case .count(let number, let address):
                        hash.combine(address.utf8)
                        hash.combine(UInt64(bitPattern: Int64(number)))
                    case .link(let address, let text):
                        hash.combine(address.utf8)
                        hash.combine(UInt8(0))
                        hash.combine(text.utf8)
                    }
                    hash.combine(UInt8(1))
                }
            }
            return hash.value
        }
    }

    /// A page of a list.
    func page(_ part: Int, of list: List) -> [UInt8] {
        frame.page(list.kind.title, root: "") { page in
            page.html("<h1>\(list.kind.title)</h1>\n")
            if let note = list.note { page.html("<p>\(note)</p>\n") }
            Self.pager(count: list.parts, at: part, &page) { SiteAddress.list(list.kind, part: $0) }
            Self.table(list.columns, list.rows(of: part), &page)
            Self.pager(count: list.parts, at: part, &page) { SiteAddress.list(list.kind, part: $0) }
        }
    }

    static func table(_ columns: [String], _ rows: some Collection<[Cell]>, _ page: inout PageBytes) {
        page.html("<div class=\"scroll\"><table><thead><tr>")
        let isNumber = columns.indices.map { column in
            switch rows.first?[column] {
            case .number, .count: true
            default: false
            }
        }
        for (k, column) in columns.enumerated() {
            page.html("<th scope=\"col\"\(isNumber[k] ? " class=\"n\"" : "")>\(column)</th>")
        }
        page.html("</tr></thead><tbody>\n")
        for row in rows {
            page.html("<tr>")
            for cell in row {
                switch cell {
                case .text(let text):
                    page.html(text.utf8.count > 12 ? "<td dir=\"auto\">" : "<td class=\"s\" dir=\"auto\">")
                    page.text(text)
                case .number(let number): page.html("<td class=\"n\">\(SiteStyle.number(number))")
                case .count(let number, let address):
                    page.html("<td class=\"n\">")
                    page.link(address, SiteStyle.number(number))
                case .link(let address, let text):
                    page.html("<td dir=\"auto\">")
                    page.link(address, text.isEmpty ? "–" : text)
                }
                page.html("</td>")
            }
            page.html("</tr>\n")
        }
        page.html("</tbody></table></div>\n")
    }

    /// Links between the parts of what is too long for one page.
    static func pager(count: Int, at part: Int, _ page: inout PageBytes, address: (Int) -> String) {
        guard count > 1 else { return }
        page.html("<nav class=\"parts\" aria-label=\"Parts\">")
        if part > 0 { page.html("<a href=\"\(address(part - 1))\" rel=\"prev\">previous</a> ") }
        page.html("part \(part + 1) of \(count)")
        if part + 1 < count { page.html(" <a href=\"\(address(part + 1))\" rel=\"next\">next</a>") }
        page.html("</nav>\n")
    }

    /// A text cut between words.
    static func excerpt(_ text: String, _ length: Int = 160) -> String { ReportForm.excerpt(of: text, length: length) }

    /// Says how many rows a list leaves out.
    static func rest(_ count: Int, shown: Int, _ what: String, _ page: inout PageBytes) {
        guard count > shown else { return }
        page.html(
            "<p class=\"note\">\(SiteStyle.number(shown)) of \(SiteStyle.number(count)) \(what); the others are in results.sqlite.</p>\n"
        )
    }
}
